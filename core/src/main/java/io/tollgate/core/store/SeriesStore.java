package io.tollgate.core.store;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.length;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Window;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.NewRecord;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.chain.ChainFiles;
import io.tollgate.core.store.chain.MapChain;
import io.tollgate.core.store.chain.NameMap;
import io.tollgate.core.store.chain.RecordChain;
import io.tollgate.core.store.memory.MappedArea;
import io.tollgate.core.store.memory.StoreFile;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.registration.Registrations;
import io.tollgate.core.store.registration.WindowSets;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.store.seal.StoreSeal;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * The store of all series and points of an engine. It is kept in files of a directory, or in memory.
 * <pre>
 *   store/  header                           layout settings, free lists
 *           names-K.map    names-K.numbers   key -> series number
 *           series-K.map   series-K.numbers  series number -> record
 *           tiny-K.map     tiny-K.numbers    block number -> block; one chain a size class:
 *           ...                              small, half, medium, double, large
 * </pre>
 *
 * <p>Only the writer changes the store. Any thread may read addresses and keys while the store is open.
 */
public final class SeriesStore extends ReadableStore implements AutoCloseable {
    static final String[] BLOCK_NAMES = {"tiny", "small", "half", "medium", "double", "large"};

    private final MappedArea headerArea;
    private final StoreHeader header;
    private final RecordChain series;
    private final NameMap names;
    private final BlockStore blocks;
    private final List<MapChain<?>> chains;
    private final WindowSets windowSets;
    private final Registrations registrations;
    private final SeriesRecord record = new SeriesRecord();
    private String addedKey = "";

    private SeriesStore(
            final MappedArea headerArea,
            final StoreHeader header,
            final RecordChain series,
            final NameMap names,
            final RecordChain[] chains,
            final ErrorHandler errorHandler) {
        super(series.areas());
        this.headerArea = headerArea;
        this.header = header;
        this.series = series;
        this.names = names;
        if (names.size() != series.size()) {
            throw new DirectoryDamagedException("nameCount=" + names.size() + " seriesCount=" + series.size()
                    + ", expected as many of both; restore the data directory");
        }
        this.blocks = new BlockStore(chains, header, errorHandler);
        this.chains = Stream.concat(Arrays.stream(chains), Stream.of(series, names))
                .<MapChain<?>>map(chain -> chain)
                .toList();
        this.windowSets = new WindowSets(blocks, header);
        this.registrations = new Registrations(blocks, header, windowSets);
    }

    /**
     * Creates a store in memory.
     *
     * @param firstMapEntries number of series, and of blocks of each size class, that fit into the first maps; see
     *     {@link RecordChain}.
     * @param errorHandler    receives the reason if the store cannot grow; see {@link BlockStore}.
     * @return an empty store.
     */
    public static SeriesStore anonymous(final int firstMapEntries, final ErrorHandler errorHandler) {
        final RecordChain[] chains = new RecordChain[SIZE_CLASS_COUNT];
        for (int i = 0; i < SIZE_CLASS_COUNT; i++) {
            chains[i] = RecordChain.anonymous(BLOCK_NAMES[i], length(i), firstMapEntries);
        }
        final MappedArea headerArea = MappedArea.anonymous(StoreHeader.LENGTH);
        return new SeriesStore(
                headerArea,
                new StoreHeader(headerArea),
                RecordChain.anonymous("series", SeriesRecordDescriptor.LENGTH, firstMapEntries),
                NameMap.anonymous("names", firstMapEntries),
                chains,
                errorHandler);
    }

    /**
     * Opens the store in a directory with its contents at the last close. Creates an empty store if there is none.
     *
     * @param files           to create files with.
     * @param directory       of the store, locked by this process.
     * @param firstMapEntries number of series, and of blocks of each size class, that fit into the first maps; see
     *     {@link RecordChain}.
     * @param errorHandler    receives the reason if the store cannot grow; see {@link BlockStore}.
     * @return the store.
     * @throws IllegalStateException if the files have another layout.
     * @throws UncheckedIOException if a file cannot be read or created.
     */
    public static SeriesStore persisted(
            final FileAccess files, final Path directory, final int firstMapEntries, final ErrorHandler errorHandler) {
        final List<AutoCloseable> opened = new ArrayList<>();
        try {
            final MappedArea headerArea = keep(
                    opened, MappedArea.persisted(files, directory.resolve(ChainFiles.HEADER_FILE), StoreHeader.LENGTH));
            // The header is checked first, because every file differs if another version made the store.
            final StoreHeader header = new StoreHeader(headerArea);
            final RecordChain[] chains = new RecordChain[SIZE_CLASS_COUNT];
            for (int i = 0; i < SIZE_CLASS_COUNT; i++) {
                chains[i] = keep(
                        opened, RecordChain.persisted(files, directory, BLOCK_NAMES[i], length(i), firstMapEntries));
            }
            return new SeriesStore(
                    headerArea,
                    header,
                    keep(
                            opened,
                            RecordChain.persisted(
                                    files, directory, "series", SeriesRecordDescriptor.LENGTH, firstMapEntries)),
                    keep(opened, NameMap.persisted(files, directory, "names", firstMapEntries)),
                    chains,
                    errorHandler);
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
    public BlockStore blocks() {
        return blocks;
    }

    /** {@return the number of series} */
    public long seriesCount() {
        return series.size();
    }

    /** {@return the number of series whose life has ended; writer only} */
    public long closedCount() {
        final SeriesRecord closed = new SeriesRecord();
        long count = 0;
        for (long number = 0; number < series.size(); number++) {
            count += closed.wrap(series.address(number)).isClosed() ? 1 : 0;
        }
        return count;
    }

    @Override
    public long namedCount() {
        return names.size();
    }

    @Override
    public long find(final String key) {
        return names.find(key);
    }

    @Override
    public String keyOf(final long seriesNumber) {
        return names.keyOf(seriesNumber);
    }

    /** {@return the registrations by pattern} */
    public Registrations registrations() {
        return registrations;
    }

    /** {@return all distinct windows that any series or pattern has registered; writer only} */
    public Set<Window> allWindows() {
        return windowSets.all();
    }

    /**
     * Returns the registrations of a series, from its definitions and from patterns. Writer only.
     *
     * @param record of the series.
     * @return windows and shapes, including those that the record has not adopted yet; their sums start with the next
     *     point.
     */
    public Registered registeredOf(final SeriesRecord record) {
        final Registered own = new Registered(windowSets.windowsOf(record.windowSetBlock()), record.keepsShapes());
        return record.registrationCount() == registrations.count()
                ? own
                : own.with(registrations.of(keyOf(record.seriesNumber())));
    }

    /**
     * Returns true if there is space for another series. Grows the store if necessary. Writer only.
     *
     * @param key         of the new series.
     * @param windowCount number of windows that the series registers.
     * @return false if there is no space and the store cannot grow.
     */
    public boolean hasSpaceForSeries(final String key, final int windowCount) {
        try {
            if (series.capacity() == series.size()) {
                series.prepareNext();
            }
            if (!names.hasSpace(key)) {
                names.prepareNext();
            }
        } catch (final UncheckedIOException e) {
            return false;
        }
        return blocks.hasSpace(windowCount + 1);
    }

    /**
     * Adds an empty series without windows. It is not visible before {@link #nameSeries()} is called. Writer only.
     *
     * @param key       of the series, not yet in use.
     * @param kind      code of its kind.
     * @param scale     number of decimal places.
     * @param unitName  name of its unit.
     * @param lifeStart start of its life; {@code Long.MIN_VALUE} for none.
     * @return its record, valid until the next call.
     */
    public SeriesRecord addSeries(
            final String key, final byte kind, final int scale, final String unitName, final long lifeStart) {
        final long number = series.append();
        addedKey = key;
        record.wrap(series.address(number));
        NewRecord.initialise(record.buffer(), number, key, kind, scale, unitName, lifeStart);
        return record;
    }

    /**
     * Publishes the key of the series that was added last. The rest of its definition must be written before. After
     * this call the series is visible, also in other processes. Writer only.
     */
    public void nameSeries() {
        names.put(addedKey, series.size() - 1);
    }

    /**
     * Registers windows of a series. If a window is new, the window states of the series are discarded. They are
     * rebuilt with the next point. Writer only, between {@link SeriesRecord#beginChange(long)} and
     * {@link SeriesRecord#endChange(long)}.
     *
     * @param record  of the series.
     * @param windows to register in addition.
     */
    public void addWindows(final SeriesRecord record, final Collection<Window> windows) {
        final long windowSet = windowSets.extended(record.windowSetBlock(), windows);
        if (windowSet == record.windowSetBlock()) {
            return;
        }
        record.windowSetBlock(windowSet);
        if (record.stateBlock() != NO_BLOCK) {
            blocks.free(record.stateBlock());
            record.stateBlock(NO_BLOCK);
        }
    }

    /**
     * Applies the registrations by pattern to a series that has not adopted all of them yet. Writer only, between
     * {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
     *
     * @param record of the series.
     * @return true if its summaries must keep the sums for shapes.
     */
    public boolean applyRegistrations(final SeriesRecord record) {
        final boolean isNamed = record.seriesNumber() < names.size();
        final Registered registered = registrations.of(isNamed ? keyOf(record.seriesNumber()) : addedKey);
        addWindows(record, registered.windows());
        record.registrationCount(registrations.count());
        return registered.keepsShapes();
    }

    /** {@return the engine clock at the last clean close; {@code Long.MIN_VALUE} before the first clean close} */
    public long now() {
        return header.now();
    }

    /** {@return the last operation of the log that the store included at the last clean close} */
    public long appliedSequence() {
        return header.appliedSequence();
    }

    /** {@return the code of the engine's clock mode at the last clean close; 0 before the first clean close} */
    public int clockModeCode() {
        return header.clockModeCode();
    }

    /** {@return true if maps should be preallocated; any thread} */
    public boolean growthDue() {
        boolean isDue = blocks.isReserveDue();
        for (int i = 0; !isDue && i < chains.size(); i++) {
            isDue = chains.get(i).growthDue();
        }
        return isDue;
    }

    /** Preallocates maps. Background thread only. */
    public void prepareGrowth() {
        for (final MapChain<?> chain : chains) {
            if (chain.growthDue()) {
                chain.prepareNext();
            }
        }
        blocks.prepareSpaceAhead();
    }

    /** {@return the number of times that the writer had to wait for the creation of a map} */
    public long stallCount() {
        long count = blocks.stallCount();
        for (int i = 0; i < chains.size(); i++) {
            count += chains.get(i).stalls();
        }
        return count;
    }

    /** {@return the off-heap memory that this store holds, in bytes} */
    public long bytes() {
        long bytes = StoreHeader.LENGTH;
        for (int i = 0; i < chains.size(); i++) {
            bytes += chains.get(i).bytes();
        }
        return bytes;
    }

    /** {@return the number of maps, including preallocated maps} */
    public int mapCount() {
        int count = 0;
        for (int i = 0; i < chains.size(); i++) {
            count += chains.get(i).mapCount();
        }
        return count;
    }

    /**
     * Returns the size of a copy of this store. Any thread, while the store is open.
     *
     * @return the total length in bytes of the files in use, without preallocated maps.
     */
    public long copyBytes() {
        return files(false).stream().mapToLong(StoreFile::length).sum();
    }

    private List<StoreFile> files(final boolean withPreallocated) {
        final List<StoreFile> files = new ArrayList<>();
        files.add(new StoreFile(ChainFiles.HEADER_FILE, StoreHeader.LENGTH, StoreHeader.LENGTH, new int[0]));
        chains.forEach(chain -> chain.addFilesTo(files, withPreallocated));
        return files;
    }

    /**
     * Forces the store to disk, closes it, and writes its seal. Before the call, all writers and readers must have
     * stopped using the store. The log must be durable and closed. The file {@link StoreDirectory#subscriptions} must
     * be written.
     *
     * @param files           to write and delete files with.
     * @param directory       of the store.
     * @param now             the engine clock.
     * @param clockModeCode   the code of its mode.
     * @param directoryId     the identity of the data directory.
     * @param appliedSequence the last operation that the store includes.
     * @return the CRC-32C of the seal.
     * @throws UncheckedIOException if a write fails.
     */
    public int closeCleanly(
            final FileAccess files,
            final Path directory,
            final long now,
            final int clockModeCode,
            final long directoryId,
            final long appliedSequence) {
        header.closedAt(now, clockModeCode, appliedSequence);
        headerArea.force();
        chains.forEach(MapChain::force);
        final List<StoreFile> parts = files(true);
        close();
        return StoreSeal.of(directory, appliedSequence, directoryId, parts).write(files, directory);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(() -> CloseHelper.closeAll(chains), headerArea);
    }
}
