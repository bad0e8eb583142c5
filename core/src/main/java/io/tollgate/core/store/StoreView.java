package io.tollgate.core.store;

import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.length;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.chain.ChainFiles;
import io.tollgate.core.store.chain.ChainView;
import io.tollgate.core.store.chain.NameWord;
import io.tollgate.core.store.memory.AreaTable;
import io.tollgate.core.store.memory.LongTable;
import io.tollgate.core.store.memory.MappedArea;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.registration.Registrations;
import io.tollgate.core.store.registration.WindowSets;
import io.tollgate.core.store.seal.StoreDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.UnsafeApi;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A read-only view of the store of an engine, for another process. The engine may be writing the store, or may have
 * closed it, or may have crashed. The files are mapped read-only. The view opens no Chronicle map, takes no lock and
 * writes no file.
 *
 * <p>If a reference to an addition of the engine is visible, the addition is visible too. An unknown address is looked
 * up in the number tables. Any thread. Addresses must not be used after {@link #close()}.
 */
public final class StoreView extends ReadableStore implements AutoCloseable {
    private static final int NONE = -1;

    private final MappedArea headerArea;
    private final StoreHeader header;
    private final BooleanSupplier isReplaced;
    private final ChainView<AreaTable> series;
    private final ChainView<LongTable> names;
    private final List<ChainView<AreaTable>> chains;
    private final ReadableBlocks blocks;
    private final Int2IntHashMap lastOfHash = new Int2IntHashMap(NONE);
    private final IntArrayList beforeOfHash = new IntArrayList(16, NONE);

    private StoreView(
            final MappedArea headerArea,
            final StoreHeader header,
            final BooleanSupplier isReplaced,
            final ChainView<AreaTable> series,
            final ChainView<LongTable> names,
            final List<ChainView<AreaTable>> chains) {
        super(series.entries());
        this.headerArea = headerArea;
        this.header = header;
        this.isReplaced = isReplaced;
        this.series = series;
        this.names = names;
        this.chains = chains;
        blocks = new Blocks(chains);
    }

    /** Blocks that may have grown since the last lookup. */
    private static final class Blocks extends ReadableBlocks {
        private final List<ChainView<AreaTable>> chains;

        private Blocks(final List<ChainView<AreaTable>> chains) {
            super(chains.stream().map(ChainView::entries).toArray(AreaTable[]::new));
            this.chains = chains;
        }

        @Override
        public long search(final int sizeClass, final long index) {
            return index < 0 ? 0 : chains.get(sizeClass).search(index);
        }

        @Override
        public void refresh() {
            chains.forEach(ChainView::refresh);
        }
    }

    /**
     * Opens a view of the store in a directory.
     *
     * @param directory of the store.
     * @return the view.
     * @throws IllegalStateException if there is no store, or its layout differs, or its files do not match. The message
     *     names the cause.
     * @throws java.io.UncheckedIOException if a file cannot be read.
     */
    public static StoreView open(final Path directory) {
        final List<AutoCloseable> opened = new ArrayList<>();
        final Optional<String> headerKey = StoreDirectory.headerKey(directory);
        final BooleanSupplier isReplaced = () -> {
            final Optional<String> found = StoreDirectory.headerKey(directory);
            return found.isPresent() && !found.equals(headerKey);
        };
        try {
            final MappedArea headerArea =
                    keep(opened, MappedArea.readOnly(directory.resolve(ChainFiles.HEADER_FILE), StoreHeader.LENGTH));
            final StoreHeader header = new StoreHeader(headerArea);
            final BooleanSupplier isAbandoned = () -> header.isAbandoned() || isReplaced.getAsBoolean();
            final List<ChainView<AreaTable>> chains = new ArrayList<>();
            for (int i = 0; i < SIZE_CLASS_COUNT; i++) {
                chains.add(
                        keep(opened, ChainView.records(directory, SeriesStore.BLOCK_NAMES[i], length(i), isAbandoned)));
            }
            // The keys are opened after the records, so that each key that is found has a record.
            return new StoreView(
                    headerArea,
                    header,
                    isReplaced,
                    keep(opened, ChainView.records(directory, "series", SeriesRecordDescriptor.LENGTH, isAbandoned)),
                    keep(opened, ChainView.names(directory, "names", isAbandoned)),
                    chains);
        } catch (final RuntimeException | Error e) {
            CloseHelper.closeAll(e::addSuppressed, opened);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T keep(final List<AutoCloseable> opened, final T resource) {
        opened.add(resource);
        return resource;
    }

    @Override
    public long search(final long seriesNumber) {
        return series.search(seriesNumber);
    }

    /** {@return true if an engine has discarded this store after the view was opened, to rebuild it from its log} */
    public boolean isAbandoned() {
        return header.isAbandoned();
    }

    /** {@return true if the directory now has another store, because the store was rebuilt, or deleted and restored} */
    public boolean isReplaced() {
        return isReplaced.getAsBoolean();
    }

    @Override
    public ReadableBlocks blocks() {
        return blocks;
    }

    @Override
    public long namedCount() {
        return names.refresh();
    }

    @Override
    public String keyOf(final long seriesNumber) {
        final long word = names.entries().get(seriesNumber);
        final byte[] bytes = new byte[NameWord.length(word)];
        if (bytes.length == 0) {
            throw new DirectoryDamagedException(
                    "seriesNumber=" + seriesNumber + " has no key, expected one; restore the data directory");
        }
        new UnsafeBuffer(NameWord.place(word), bytes.length).getBytes(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized long find(final String key) {
        final long number = indexed(key);
        if (number >= 0) {
            return number;
        }
        index();
        return indexed(key);
    }

    private long indexed(final String key) {
        int position = lastOfHash.get(key.hashCode());
        while (position != NONE) {
            if (keyOf(position).equals(key)) {
                return position;
            }
            position = beforeOfHash.getInt(position);
        }
        return NONE;
    }

    /** Indexes the keys that were added since the last call. Reads their hashes from the records. */
    private void index() {
        final int count = Math.toIntExact(namedCount());
        for (int position = beforeOfHash.size(); position < count; position++) {
            final long address = requireRecord(position);
            final int hash = UnsafeApi.getInt(address + SeriesRecordDescriptor.KEY_HASH_OFFSET);
            beforeOfHash.addInt(lastOfHash.get(hash));
            lastOfHash.put(hash, position);
        }
    }

    /**
     * Returns the windows that a series has registered or adopted.
     *
     * @param record of the series.
     * @return its windows.
     */
    public List<Window> windowsOf(final SeriesRecord record) {
        return WindowSets.windowsOf(blocks, record.windowSetBlock());
    }

    /** {@return windows and shapes by pattern, sorted by pattern; a concurrent registration may be missing} */
    public Map<String, Registered> registrations() {
        return Registrations.read(blocks, header);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(series, names, headerArea, () -> CloseHelper.closeAll(chains));
    }
}
