package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.log.LogExtent;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.ForeignStore;
import io.tollgate.core.store.SeriesSummary;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a data directory holds, looked at from outside: while an engine of another process writes it, after that has
 * died, or after it was closed. Nothing is locked, mapped or changed. What is told of a series is one state of it; the
 * whole is not one instant.
 */
public final class DirectoryInspection {
    private final DataFolder folder;
    private final FileAccess files = new SystemFileAccess();
    private final List<Shard> shards = new ArrayList<>();
    private final List<Damage> missing;
    private final List<Counter> counters;
    private final List<String> errors;

    /** In what state a data directory is. */
    public enum State {
        /** It was closed cleanly. */
        CLOSED,
        /** An engine has it open. */
        OPEN,
        /** The process that had it open has ended without closing it, or shards of it are missing. */
        NOT_CLOSED
    }

    /**
     * A counter of an engine.
     *
     * @param label what it counts.
     * @param value of it.
     */
    public record Counter(String label, long value) {}

    /**
     * The log and the store of a shard.
     *
     * @param index           of the shard.
     * @param isClosed        whether it was closed cleanly.
     * @param segmentCount    segments of its log, one that is prepared ahead included.
     * @param logBytes        length of these in bytes.
     * @param firstSequence   of its log, 0 if it cannot be read.
     * @param appliedSequence the last operation applied, -1 if nothing tells.
     * @param durableSequence the last operation that is known to be on disk, -1 if nothing tells.
     * @param storeBytes      length of the files of its store in bytes.
     */
    public record Shard(
            int index,
            boolean isClosed,
            int segmentCount,
            long logBytes,
            long firstSequence,
            long appliedSequence,
            long durableSequence,
            long storeBytes) {}

    private DirectoryInspection(final DataFolder folder) {
        this.folder = folder;
        final byte[] bytes = counterBytes();
        counters = readCounters(bytes);
        errors = readErrors(bytes);
        folder.shardIndexes().forEach(index -> shards.add(inspect(index, folder.shard(index))));
        missing = missingOf(folder, shards.isEmpty());
    }

    /**
     * Looks at a data directory.
     *
     * @param directory to look at.
     * @return what it holds.
     * @throws IllegalStateException        if there is no data directory, or another version has written it.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public static DirectoryInspection of(final Path directory) {
        return Uninterrupted.putOff(() -> new DirectoryInspection(DataFolder.existing(directory)));
    }

    /**
     * Into how many shards a data directory is divided, for who is about to open it. No shard is read.
     *
     * @param directory that may not be there yet.
     * @return the count, empty if there is no header that says it, or one that was only begun.
     * @throws IllegalStateException        if the header is damaged, or of another version, or there is what would keep
     *                                      us waiting.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public static OptionalInt shardCount(final Path directory) {
        DataFolder.requireFiles(directory);
        return Uninterrupted.putOff(() -> new DataFolder(directory).isHeaderBegun()
                ? OptionalInt.empty()
                : DirectoryHeader.shardCount(directory));
    }

    /** Where there is no shard, and nothing tells how many there should be, that is. */
    private static List<Damage> missingOf(final DataFolder folder, final boolean isWithoutShards) {
        final List<Damage> missing = folder.missingShards();
        return isWithoutShards && missing.isEmpty() ? folder.divisionDamages() : missing;
    }

    private byte[] counterBytes() {
        final Path file = folder.path().resolve(EngineCounters.FILE_NAME);
        try {
            return Presence.isThere(file) ? WholeFile.read(file, EngineCounters.MAX_LENGTH) : new byte[0];
        } catch (final NoSuchFileException e) {
            // An opening is just making it anew.
            return new byte[0];
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /** The bytes may be damaged: then there are no counters. */
    private static List<Counter> readCounters(final byte[] bytes) {
        try {
            return EngineCounters.values(bytes).stream()
                    .map(value -> new Counter(value.label(), value.value()))
                    .toList();
        } catch (final RuntimeException e) {
            return List.of();
        }
    }

    private static List<String> readErrors(final byte[] bytes) {
        try {
            return EngineCounters.errors(bytes);
        } catch (final RuntimeException e) {
            return List.of("the error log is damaged");
        }
    }

    private Shard inspect(final int index, final ShardFolder shard) {
        final OptionalLong clean = StoreDirectory.cleanSequence(shard.path());
        long applied = clean.orElse(-1);
        long durable = applied;
        try {
            final Optional<LogPositions.Found> found = LogPositions.read(shard.positions());
            if (clean.isEmpty() && found.isPresent()) {
                applied = found.get().appliedSequence();
                durable = found.get().durableSequence();
            }
        } catch (final OtherVersionException e) {
            throw e;
        } catch (final IllegalStateException e) {
            // Damaged, as verify says: nothing is told.
            applied = clean.orElse(-1);
        }
        final LogExtent log =
                Presence.isDirectory(shard.log()) ? LogExtent.of(files, shard.log()) : new LogExtent(0, 0, 0);
        return new Shard(
                index,
                clean.isPresent(),
                log.segmentCount(),
                log.byteCount(),
                log.firstSequence(),
                applied,
                durable,
                storeBytes(shard.path()));
    }

    private static long storeBytes(final Path shard) {
        long bytes = 0;
        try {
            for (final Path file : FileTree.entries(shard, FileTree.ALL)) {
                bytes += length(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + shard + ": cannot be read", e);
        }
        return bytes;
    }

    /** Of a regular file, 0 of all others, and of one that has just got another name. */
    private static long length(final Path file) throws IOException {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (final NoSuchFileException e) {
            return 0;
        }
    }

    /** {@return the directory, by a path without links} */
    public Path directory() {
        return folder.path();
    }

    /** {@return in what state it is: CLOSED if it was when it was looked at, also where it was opened since} */
    public State state() {
        final boolean isClosed = !shards.isEmpty() && shards.stream().allMatch(Shard::isClosed);
        return isClosed && missing.isEmpty() ? State.CLOSED : folder.state();
    }

    /** {@return the process that has opened the directory, empty if it has ended} */
    public Optional<String> owner() {
        return DirectoryLock.livingOwner(folder.path());
    }

    /** {@return the shards} */
    public List<Shard> shards() {
        return List.copyOf(shards);
    }

    /** {@return the shards that should be there and are not; what should tell their number, where all are missing} */
    public List<Damage> missing() {
        return missing;
    }

    /** {@return the counters of the engine that has it open, or that had it open last; none if there are none} */
    public List<Counter> counters() {
        return counters;
    }

    /** {@return the distinct errors of that engine, the first line of each} */
    public List<String> errors() {
        return errors;
    }

    /**
     * The engine clock: as counted up to this moment, or as it stood at the last clean close.
     *
     * @return nanoseconds since the epoch, empty if nothing tells.
     */
    public OptionalLong now() {
        return DirectoryClock.now(folder);
    }

    /**
     * Reads all series, shard by shard. What is pending is counted against the engine clock as it stands then: a live
     * engine goes on. Where nothing tells the clock, nothing tells what is pending.
     *
     * @param consumer of each.
     * @return why the series of a shard cannot be read, a line each; none if all can. So it is where a shard is
     *     missing, and where only a rebuild makes its store whole: there none is told, or some where that has begun
     *     meanwhile.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public List<String> forEachSeries(final Consumer<SeriesSummary> consumer) {
        final boolean isOpen = state() == State.OPEN;
        final OptionalLong first = now();
        final Supplier<OptionalLong> now =
                isOpen ? () -> first.isPresent() ? later(first.getAsLong()) : now() : () -> first;
        final List<String> faults =
                new ArrayList<>(missing.stream().map(Damage::toString).toList());
        try (ForeignLinks links = new ForeignLinks(folder.shardCount(), index -> storeOf(index, isOpen))) {
            for (final Shard shard : shards) {
                try (ForeignStore store = storeOf(shard.index(), isOpen)) {
                    final long count = store.seriesCount();
                    for (long position = 0; position < count; position++) {
                        consumer.accept(links.both(store.read(position, now)));
                    }
                    // Once more: what was given up while it was read is not of one piece.
                    ShardLook.at(folder, shard.index()).requireWhole();
                } catch (final IllegalStateException e) {
                    faults.add(e.getMessage());
                }
            }
        }
        return faults;
    }

    /**
     * Finds the key of a series by its number.
     *
     * @param number of the series.
     * @return the key, empty if there is no such series or its key cannot be read.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public Optional<String> keyOf(final long number) {
        final int shardCount = folder.shardCount();
        final int index = ShardPlace.indexOf(number, shardCount);
        final long position = ShardPlace.position(number, shardCount);
        try (ForeignStore store = storeOf(index, false)) {
            return position < store.seriesCount()
                    ? Optional.of(store.keyAt(position)).filter(key -> !key.isEmpty())
                    : Optional.empty();
        } catch (final IllegalStateException e) {
            return Optional.empty();
        }
    }

    private ForeignStore storeOf(final int index, final boolean isWritten) {
        if (shards.stream().noneMatch(shard -> shard.index() == index)) {
            throw new IllegalStateException("shard=" + index + ", expected one of " + shards.size());
        }
        final ShardLook look = ShardLook.at(folder, index);
        look.requireUndamaged(StoreCheck::lengths);
        look.requireWhole();
        try {
            return new ForeignStore(look.store(), isWritten);
        } catch (final IllegalStateException e) {
            // What an engine has begun to rebuild meanwhile fits nothing.
            look.requireWhole();
            throw e;
        }
    }

    /** The clock never goes back, though its file may just be made anew. */
    private OptionalLong later(final long instantNs) {
        return OptionalLong.of(Math.max(instantNs, now().orElse(Long.MIN_VALUE)));
    }
}
