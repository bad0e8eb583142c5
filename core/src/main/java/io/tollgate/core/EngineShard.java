package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.MappedArea;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.store.StoreDirectory;
import io.tollgate.core.watch.ShardUpdates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The store, log and clock of one shard, opened together: as they were closed, or, where they were not closed,
 * rebuilt from the log. Whoever opens it has locked the data directory. Control threads, one at a
 * time.
 */
final class EngineShard implements AutoCloseable {
    private final FileAccess files;
    private final Optional<ShardFolder> folder;
    private final ShardState state;
    private final Optional<OperationLog> log;
    private final Optional<LogPositions> positions;
    private final Optional<OpeningReport> opening;
    /** What is given back at the end; made ahead, as there may be no memory left then. */
    private final List<AutoCloseable> parts = new ArrayList<>();

    private final List<AutoCloseable> ends = List.of(this::closeCleanly, this::abandon);
    private OptionalLong forced = OptionalLong.empty();
    private boolean isBegun;

    private EngineShard(
            final FileAccess files,
            final Optional<ShardFolder> folder,
            final ShardState state,
            final Optional<OperationLog> log,
            final Optional<LogPositions> positions,
            final Optional<OpeningReport> opening) {
        this.files = files;
        this.folder = folder;
        this.state = state;
        this.log = log;
        this.positions = positions;
        this.opening = opening;
        log.ifPresent(parts::add);
        positions.ifPresent(parts::add);
        parts.add(state.store());
    }

    /** Opens a shard of the engine that the options describe, in its directory, or in memory. */
    static EngineShard open(
            final EngineContext context,
            final Optional<Path> directory,
            final long directoryId,
            final ShardPlace place,
            final EngineTime time,
            final SharedBatches sharedBatches) {
        return directory.isPresent()
                ? openDirectory(context, directoryId, place, time, sharedBatches, new DataFolder(directory.get()))
                : openInMemory(context, place, time);
    }

    private static EngineShard openInMemory(
            final EngineContext context, final ShardPlace place, final EngineTime time) {
        final ShardStore store = ShardStore.anonymous(place, context.firstMapEntries());
        return new EngineShard(
                context.fileAccess(),
                Optional.empty(),
                ShardState.of(store, context.clockMode(), context.clock(), time),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static EngineShard openDirectory(
            final EngineContext context,
            final long directoryId,
            final ShardPlace place,
            final EngineTime time,
            final SharedBatches sharedBatches,
            final DataFolder data) {
        final ShardFolder folder = data.shard(place.index());
        final ShardOpening.Opened opened =
                new ShardOpening(context, folder, directoryId, place, time, sharedBatches).open();
        return new EngineShard(
                context.fileAccess(),
                Optional.of(folder),
                opened.state(),
                Optional.of(opened.log()),
                Optional.of(opened.positions()),
                Optional.of(opened.report()));
    }

    ShardStore store() {
        return state.store();
    }

    Optional<OperationLog> log() {
        return log;
    }

    EngineClock clock() {
        return state.clock();
    }

    OperationApplier applier() {
        return state.applier();
    }

    /** {@return what it was made from, empty in memory} */
    Optional<OpeningReport> opening() {
        return opening;
    }

    /** {@return whether it was made from its log, and is not as it was closed} */
    boolean isRebuilt() {
        return opening.isPresent() && opening.get().origin() != OpeningReport.Origin.CLOSED;
    }

    /** {@return where the shard lies, empty in memory} */
    Optional<ShardFolder> folder() {
        return folder;
    }

    /** {@return where the log lies, empty in memory} */
    Optional<Path> logDirectory() {
        return folder.map(ShardFolder::log);
    }

    /**
     * Where the clock stands when a mode begins to move it, or goes on to. That of EVENT is behind no point that there
     * is, whatever moved it before. While nothing is applied.
     */
    long beginOf(final ClockMode mode) {
        return mode == ClockMode.EVENT && applier().modeCode() != mode.code()
                ? Math.max(clock().now(), lastTime())
                : clock().now();
    }

    /** The largest valid time over all series, {@code Long.MIN_VALUE} without a point. */
    private long lastTime() {
        final SeriesRecord record = new SeriesRecord();
        long lastTime = Long.MIN_VALUE;
        for (long position = 0; position < store().seriesCount(); position++) {
            record.wrap(store().recordAddress(store().seriesNumber(position)));
            lastTime = Math.max(lastTime, record.lastTime());
        }
        return lastTime;
    }

    /** How many of the series are closed; engine thread. */
    long closedCount() {
        final SeriesRecord record = new SeriesRecord();
        long count = 0;
        for (long position = 0; position < store().seriesCount(); position++) {
            record.wrap(store().recordAddress(store().seriesNumber(position)));
            count += record.isClosed() ? 1 : 0;
        }
        return count;
    }

    ShardUpdates updates() {
        return state.updates();
    }

    /** What forces the log of this shard, empty for one in memory. */
    Optional<ShardDurability> durability(final LongSupplier appliedTicket, final LongSupplier appliedSequence) {
        return log.isEmpty() || positions.isEmpty()
                ? Optional.empty()
                : Optional.of(new ShardDurability(log.get(), positions.get(), appliedTicket, appliedSequence));
    }

    Optional<LogPositions> positions() {
        return positions;
    }

    /** Memory outside the heap, zero, for whoever works on the shard: it goes with the shard. */
    UnsafeBuffer newBuffer(final int length) {
        final MappedArea area = MappedArea.anonymous(length);
        parts.add(area);
        return area.buffer();
    }

    /** Says that the store is open, which the disk may have no room for: it is closed all the same until it begins. */
    void markOpen() {
        folder.map(ShardFolder::path).ifPresent(path -> StoreDirectory.markOpen(files, path));
    }

    /**
     * Takes the mark of the clean close away. Before the first change of the store, and not before nothing is left to
     * be opened or made that may be refused: a shard whose log is damaged has nothing else in which what that lacks is
     * proved to be whole.
     */
    void begin() {
        isBegun = true;
        folder.map(ShardFolder::path).ifPresent(path -> StoreDirectory.removeCleanMark(files, path));
    }

    /** Waits until all that was appended to the log is on disk; nothing is appended any more. */
    void force() {
        if (log.isPresent() && positions.isPresent()) {
            final long appliedSequence = log.get().force();
            positions.get().durable(appliedSequence);
            forced = OptionalLong.of(appliedSequence);
        }
    }

    /** Closes log and store without the mark of a clean close: at the next opening the store is rebuilt. */
    void abandon() {
        Closing.each(parts);
    }

    /**
     * Writes the store and closes; where that fails, or the log was not forced, without the mark of a clean close. One
     * that has not begun stays as it was.
     */
    @Override
    public void close() {
        Closing.each(ends);
    }

    private void closeCleanly() {
        if (isBegun && folder.isPresent() && log.isPresent() && positions.isPresent() && forced.isPresent()) {
            Closing.each(log.get(), positions.get());
            // It is still there where the disk has refused to take it away when the shard began.
            StoreDirectory.removeCleanMark(files, folder.get().path());
            state.closeCleanly(files, folder.get().path(), log.get().directoryId(), forced.getAsLong());
            folder.get().removePositions(files);
        }
    }
}
