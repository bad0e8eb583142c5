package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.BlockDescriptor.length;

import io.tollgate.api.Window;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.FileAccess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All series and points of one shard: in files of its directory, or in memory.
 *
 * <pre>
 *   shard-N/header                          how the shard was made, free lists
 *           names-K.map    names-K.numbers   key -> series number
 *           series-K.map   series-K.numbers  series number -> record
 *           small-K.map    small-K.numbers   block number -> block, a size class each
 *           medium-K.map   medium-K.numbers
 *           large-K.map    large-K.numbers
 *           subscriptions                    what was subscribed to when it was closed
 *           clean                            there while the shard is closed cleanly
 *           open                             there while the files are all of it, though it is not closed
 *           log/                             the operation log
 * </pre>
 *
 * <p>Changed by the writer only; addresses and keys may be asked for by any thread while the store is open.
 */
public final class ShardStore extends ReadableStore implements AutoCloseable {
    static final String[] BLOCK_NAMES = {"small", "medium", "large"};

    private final MappedArea headerArea;
    private final ShardHeader header;
    private final RecordChain series;
    private final NameMap names;
    private final BlockStore blocks;
    private final List<AutoCloseable> parts;
    private final WindowSets windowSets;
    private final Registrations registrations;
    private final SeriesRecord record = new SeriesRecord();
    private String addedKey = "";

    private ShardStore(
            final ShardPlace place,
            final MappedArea headerArea,
            final ShardHeader header,
            final RecordChain series,
            final NameMap names,
            final RecordChain[] chains) {
        super(place, series.addresses());
        this.headerArea = headerArea;
        this.header = header;
        this.series = series;
        this.names = names;
        if (names.size() != series.size()) {
            throw new IllegalStateException("nameCount=" + names.size() + " seriesCount=" + series.size()
                    + ", expected as many of both; restore the data directory");
        }
        this.blocks = new BlockStore(chains, header);
        parts = List.of(blocks, series, names, headerArea);
        this.windowSets = new WindowSets(blocks, header);
        this.registrations = new Registrations(blocks, header, windowSets);
    }

    /**
     * A store of a single shard in memory.
     *
     * @param firstMapEntries series, and blocks of each size, that the first maps hold, see {@link RecordChain}.
     * @return an empty store.
     */
    public static ShardStore anonymous(final int firstMapEntries) {
        return anonymous(ShardPlace.SINGLE, firstMapEntries);
    }

    /**
     * A store in memory.
     *
     * @param place           of the shard.
     * @param firstMapEntries series, and blocks of each size, that the first maps hold, see {@link RecordChain}.
     * @return an empty store.
     */
    public static ShardStore anonymous(final ShardPlace place, final int firstMapEntries) {
        final RecordChain[] chains = new RecordChain[SIZE_CLASS_COUNT];
        for (int i = 0; i < SIZE_CLASS_COUNT; i++) {
            chains[i] = RecordChain.anonymous(BLOCK_NAMES[i], length(i), firstMapEntries);
        }
        final MappedArea headerArea = MappedArea.anonymous(ShardHeader.LENGTH);
        return new ShardStore(
                place,
                headerArea,
                new ShardHeader(headerArea, place),
                RecordChain.anonymous("series", SeriesRecordDescriptor.LENGTH, firstMapEntries),
                NameMap.anonymous("names", firstMapEntries),
                chains);
    }

    /**
     * The store in a directory, as it was closed; an empty one where there is none.
     *
     * @param files           to make files through.
     * @param directory       of the shard, locked by this process.
     * @param place           of the shard.
     * @param firstMapEntries series, and blocks of each size, that the first maps hold, see {@link RecordChain}.
     * @return the store.
     * @throws IllegalStateException if the files have another layout, or are those of another shard.
     * @throws UncheckedIOException  if a file cannot be read or made.
     */
    public static ShardStore persisted(
            final FileAccess files, final Path directory, final ShardPlace place, final int firstMapEntries) {
        final List<AutoCloseable> opened = new ArrayList<>();
        try {
            final MappedArea headerArea = keep(
                    opened,
                    MappedArea.persisted(files, directory.resolve(StoreDirectory.HEADER_FILE), ShardHeader.LENGTH));
            // First of all: what another version has made differs in every file.
            final ShardHeader header = new ShardHeader(headerArea, place);
            final RecordChain[] chains = new RecordChain[SIZE_CLASS_COUNT];
            for (int i = 0; i < SIZE_CLASS_COUNT; i++) {
                chains[i] = keep(
                        opened, RecordChain.persisted(files, directory, BLOCK_NAMES[i], length(i), firstMapEntries));
            }
            return new ShardStore(
                    place,
                    headerArea,
                    header,
                    keep(
                            opened,
                            RecordChain.persisted(
                                    files, directory, "series", SeriesRecordDescriptor.LENGTH, firstMapEntries)),
                    keep(opened, NameMap.persisted(files, directory, "names", firstMapEntries)),
                    chains);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, opened);
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

    @Override
    public long namedCount() {
        return names.size();
    }

    @Override
    public long find(final String key) {
        final long position = names.find(key);
        return position < 0 ? position : seriesNumber(position);
    }

    @Override
    public String keyOf(final long seriesNumber) {
        return names.keyOf(position(seriesNumber));
    }

    /** {@return what is registered by pattern} */
    public Registrations registrations() {
        return registrations;
    }

    /** {@return all windows that any series or pattern has registered, each once; writer only} */
    public Set<Window> allWindows() {
        return windowSets.all();
    }

    /**
     * What is registered of a series, by its definitions and by pattern. Writer only.
     *
     * @param record of the series.
     * @return windows and shapes, whether their sums are made already or at the next point.
     */
    public Registered registeredOf(final SeriesRecord record) {
        final Registered own = new Registered(windowSets.windowsOf(record.windowSetBlock()), record.keepsShapes());
        return record.registrationCount() == registrations.count()
                ? own
                : own.with(registrations.of(keyOf(record.seriesNumber())));
    }

    /**
     * Whether a series more finds room; makes room where there is none. Writer only.
     *
     * @param key         that it will have.
     * @param windowCount how many windows it registers.
     * @return false if the store cannot grow any more.
     */
    public boolean hasRoomForSeries(final String key, final int windowCount) {
        try {
            if (series.capacity() == series.size()) {
                series.prepareNext();
            }
            if (!names.hasRoom(key)) {
                names.prepareNext();
            }
        } catch (final UncheckedIOException e) {
            return false;
        }
        return blocks.hasRoom(windowCount + 1);
    }

    /**
     * Adds an empty series without windows, which nobody finds before {@link #nameSeries()}. Writer only.
     *
     * @param key       of the series, not yet in use.
     * @param kind      code of its kind.
     * @param scale     digits behind the decimal point.
     * @param unitName  name of its unit.
     * @param lifeStart start of its life, {@code Long.MIN_VALUE} for none.
     * @return its record, valid until the next call.
     */
    public SeriesRecord addSeries(
            final String key, final byte kind, final int scale, final String unitName, final long lifeStart) {
        final long position = series.append();
        addedKey = key;
        record.wrap(series.address(position));
        NewRecord.initialise(record.buffer(), seriesNumber(position), key, kind, scale, unitName, lifeStart);
        return record;
    }

    /**
     * Gives the series that was added last its key, once all else of its definition is written: from now on it is
     * found, in other processes too. Writer only.
     */
    public void nameSeries() {
        names.put(addedKey, series.size() - 1);
    }

    /**
     * Registers windows of a series. Its window states go: they are made anew with the next point. Writer only, between
     * {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
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
     * Takes what is registered by pattern into a series that does not include it yet. Writer only, between
     * {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
     *
     * @param record of the series.
     * @return whether its summaries are to keep shapes.
     */
    public boolean takeRegistrationsIn(final SeriesRecord record) {
        final boolean isNamed = position(record.seriesNumber()) < names.size();
        final Registered registered = registrations.of(isNamed ? keyOf(record.seriesNumber()) : addedKey);
        addWindows(record, registered.windows());
        record.registrationCount(registrations.count());
        return registered.keepsShapes();
    }

    /** {@return the engine clock at the last clean close, {@code Long.MIN_VALUE} before the first} */
    public long now() {
        return header.now();
    }

    /** {@return the last operation of the log that the store included at the last clean close} */
    public long appliedSequence() {
        return header.appliedSequence();
    }

    /** {@return the code of what moved the engine clock at the last clean close, 0 before the first} */
    public int clockModeCode() {
        return header.clockModeCode();
    }

    /** {@return whether maps should be made ahead of need; any thread} */
    public boolean growthDue() {
        return blocks.growthDue() || series.growthDue() || names.growthDue();
    }

    /** Makes maps ahead of need; background thread. */
    public void prepareGrowth() {
        blocks.prepareGrowth();
        if (series.growthDue()) {
            series.prepareNext();
        }
        if (names.growthDue()) {
            names.prepareNext();
        }
    }

    /** {@return how often the writer had to wait for a map to be made} */
    public long stallCount() {
        return blocks.stallCount() + series.stalls() + names.stalls();
    }

    /** {@return the bytes outside the heap that this store holds} */
    public long bytes() {
        return blocks.bytes() + series.bytes() + names.bytes() + ShardHeader.LENGTH;
    }

    /**
     * How much room a copy of this store takes that is made by taking an earlier copy further: the files that hold
     * something, and those that the earlier one has. Any thread, while the store is open.
     *
     * @param earlier the directory of that copy, which was closed cleanly; it may not be there.
     * @return bytes of the files together: not of those that this store has made ahead of need.
     * @throws UncheckedIOException if the mark of the earlier copy cannot be read.
     */
    public long copyBytes(final Path earlier) {
        final Map<String, Long> lengths = new HashMap<>();
        for (final StoreFile file : StoreDirectory.closedFiles(earlier)) {
            lengths.put(file.name(), file.length());
        }
        for (final StoreFile file : files(false)) {
            lengths.put(file.name(), file.length());
        }
        return lengths.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<StoreFile> files(final boolean withAhead) {
        final List<StoreFile> files = new ArrayList<>();
        files.add(new StoreFile(StoreDirectory.HEADER_FILE, ShardHeader.LENGTH, ShardHeader.LENGTH, new int[0]));
        blocks.addFilesTo(files, withAhead);
        series.addFilesTo(files, withAhead);
        names.addFilesTo(files, withAhead);
        return files;
    }

    /**
     * Writes everything to disk, closes, and marks the store as closed cleanly. Writers and readers have left; the log
     * is on disk and closed, and so is the file of {@link StoreDirectory#subscriptions}.
     *
     * @param files           to force them through.
     * @param directory       of the shard.
     * @param now             the engine clock.
     * @param clockModeCode   what moves it.
     * @param directoryId           which data directory it is of.
     * @param appliedSequence the last operation of that which the store includes.
     * @throws UncheckedIOException if the disk refuses.
     */
    public void closeCleanly(
            final FileAccess files,
            final Path directory,
            final long now,
            final int clockModeCode,
            final long directoryId,
            final long appliedSequence) {
        header.closedAt(now, clockModeCode, appliedSequence);
        force(files, directory);
        final List<StoreFile> parts = files(true);
        close();
        CleanMark.of(directory, appliedSequence, directoryId, parts)
                .write(files, directory.resolve(StoreDirectory.CLEAN_FILE));
        OpenMark.remove(files, directory);
    }

    /** What the disk has refused may be gone from memory too: then nobody is to read the files from outside. */
    private void force(final FileAccess files, final Path directory) {
        try {
            headerArea.force();
            blocks.force();
            series.force();
            names.force();
        } catch (final UncheckedIOException e) {
            try {
                OpenMark.remove(files, directory);
            } catch (final UncheckedIOException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Closing.each(parts);
    }
}
