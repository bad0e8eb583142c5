package io.tollgate.core;

import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.JvmAccess;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.read.WriterReader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.JvmAccess;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.watch.ShardUpdates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.CloseHelper;

/**
 * The store, log and clock of one shard, opened together: as they were closed, or, where they were not closed, or by an
 * earlier version, rebuilt from the log. Control threads, one at a time.
 */
final class EngineShard implements AutoCloseable {
    private static final String SHARD_DIRECTORY = "shard-0";

    private final Optional<DirectoryLock> lock;
    private final Optional<ShardFolder> folder;
    private final ShardStore store;
    private final Optional<OperationLog> log;
    private final Optional<LogPositions> positions;
    private final EngineClock clock;
    private final OperationApplier applier;
    private final ShardUpdates updates;

    private EngineShard(final ShardStore store, final EngineClock clock, final OperationApplier applier) {
        this.lock = Optional.empty();
        this.folder = Optional.empty();
    private EngineShard(
            final Optional<DirectoryLock> lock,
            final Optional<Path> directory,
            final ShardStore store,
            final Optional<OperationLog> log,
            final EngineClock clock,
            final OperationApplier applier,
            final ShardUpdates updates) {
        this.lock = lock;
        this.directory = directory;
        this.store = store;
        this.log = Optional.empty();
        this.positions = Optional.empty();
        this.clock = clock;
        this.applier = applier;
        this.updates = updates;
    }

    private EngineShard(
            final Optional<DirectoryLock> lock, final Optional<ShardFolder> folder, final ShardOpening.Opened opened) {
        this.lock = lock;
        this.folder = folder;
        this.store = opened.store();
        this.log = Optional.of(opened.log());
        this.positions = Optional.of(opened.positions());
        this.clock = opened.clock();
        this.applier = opened.applier();
    }

    /** Opens the shard that the options describe. */
    static EngineShard open(final EngineContext context) {
        JvmAccess.requireOpen();
        return context.directory().isPresent()
                ? openDirectory(context, context.directory().get())
                : openInMemory(context);
    }

    private static EngineShard openInMemory(final EngineContext context) {
        final ShardStore store = ShardStore.anonymous(context.firstMapEntries());
        final EngineClock clock = new EngineClock(context.clockMode(), context.clock(), store.now());
        final OperationApplier applier = new OperationApplier(store, clock);
        return new EngineShard(store, clock, applier);
        final ShardUpdates updates = new ShardUpdates(() -> new WriterReader(store));
        final OperationApplier applier = new OperationApplier(store, clock, updates);
        return new EngineShard(Optional.empty(), Optional.empty(), store, Optional.empty(), clock, applier, updates);
    }

    private static EngineShard openDirectory(final EngineContext context, final Path dataDirectory) {
        final ShardFolder folder = new ShardFolder(dataDirectory.resolve(SHARD_DIRECTORY));
        folder.make();
        final DirectoryLock lock = DirectoryLock.acquire(dataDirectory);
        try {
            return new EngineShard(Optional.of(lock), Optional.of(folder), new ShardOpening(context, folder).open());
        } catch (final RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static EngineShard openLocked(
            final EngineContext context, final DirectoryLock lock, final Path directory, final Path logDirectory) {
        final OptionalLong cleanSequence = ShardStore.cleanSequence(directory);
        ReplayResult end = replay(context, logDirectory, cleanSequence.orElse(0) + 1, EngineShard::ignore);
        if (cleanSequence.isPresent() && end.lastSequence() < cleanSequence.getAsLong()) {
            throw new IllegalStateException("log=" + logDirectory + " lastSequence=" + end.lastSequence()
                    + ", expected " + cleanSequence.getAsLong()
                    + " as in the store beside it; restore the log from a backup");
        }
        final boolean isClean = cleanSequence.isPresent() && end.records() == 0 && !ShardStore.isOutdated(directory);
        if (!isClean) {
            ShardStore.discard(directory);
        }
        final ShardStore store = ShardStore.persisted(directory, context.firstMapEntries());
        try {
            final EngineClock clock = new EngineClock(context.clockMode(), context.clock(), store.now());
            final ShardUpdates updates = new ShardUpdates(() -> new WriterReader(store));
            final OperationApplier applier = new OperationApplier(store, clock, updates);
            if (!isClean) {
                end = replay(context, logDirectory, 1, applier);
                clock.publish();
            }
            final OperationLog log =
                    OperationLog.open(context.fileAccess(), logDirectory, context.logSegmentLength(), end);
            ShardStore.removeCleanMark(directory);
            report(context, logDirectory, end);
            return new EngineShard(
                    Optional.of(lock), Optional.of(directory), store, Optional.of(log), clock, applier, updates);
        } catch (final RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Damage that cost nothing that replay could have read, as a torn tail, is no reason to refuse; but it is told. */
    private static void report(final EngineContext context, final Path logDirectory, final ReplayResult end) {
        for (final LogDamage damage : end.damages()) {
            context.errorHandler()
                    .onError(new IllegalStateException("log=" + logDirectory + " lastSequence=" + end.lastSequence()
                            + " damage=" + damage + ", expected none; what stands before it was read"));
        }
    }

    private static ReplayResult replay(
            final EngineContext context,
            final Path logDirectory,
            final long fromSequence,
            final OperationHandler handler) {
        final ReplayResult end = LogReader.replay(context.fileAccess(), logDirectory, fromSequence, handler);
        if (end.end() == LogEnd.GAP) {
            throw new IllegalStateException("log=" + logDirectory + " damages=" + end.damages()
                    + ", expected no gap; restore the damaged segment from a backup");
        }
        return end;
    }

    private static void ignore(
            final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        // Already applied: only the end of the log is looked for.
    }

    ShardStore store() {
        return store;
    }

    Optional<OperationLog> log() {
        return log;
    }

    EngineClock clock() {
        return clock;
    }

    OperationApplier applier() {
        return applier;
    }

    Optional<LogPositions> positions() {
        return positions;
    ShardUpdates updates() {
        return updates;
    }

    /** Closes log and store without the mark of a clean close: at the next opening the store is rebuilt. */
    void abandon() {
        CloseHelper.closeAll(log.orElse(null), positions.orElse(null), store, lock.orElse(null));
    }

    /** Writes everything and closes; where that fails, without the mark of a clean close. */
    @Override
    public void close() {
        try {
            if (folder.isPresent() && log.isPresent() && positions.isPresent()) {
                final long appliedSequence = log.get().force();
                CloseHelper.closeAll(log.get(), positions.get());
                store.closeCleanly(folder.get().path(), clock.now(), applier.modeCode(), appliedSequence);
                folder.get().removePositions();
            if (log.isPresent() && directory.isPresent()) {
                final long appliedSequence = log.get().nextSequence() - 1;
                log.get().force();
                store.prepareCleanClose(clock.now(), appliedSequence);
                CloseHelper.closeAll(log.get(), store);
                if (updates.subscriptions().isEmpty()) {
                    // What subscriptions have told so far stands in the log alone: with them, the log is replayed.
                    ShardStore.writeCleanMark(directory.get(), appliedSequence);
                }
            }
        } finally {
            abandon();
        }
    }
}
