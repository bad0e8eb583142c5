package io.tollgate.core;

import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.store.BootId;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreDamage;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.MutableDirectBuffer;

/**
 * Opens one shard of a data directory: as it was closed, or, where it was not closed, or by an earlier version, rebuilt
 * from the log. What is damaged is refused by name: {@link DirectoryRecovery} makes the best of it.
 *
 * <p>Where the shard was closed cleanly, all bytes of its store that can be read are checked against their checksums
 * first: one pass over the files, so that no damaged map is ever opened. Of the log only the segment with its end is
 * read then.
 */
final class ShardOpening {
    private static final String ADVICE = "; run recover, or restore the directory from a backup";

    private final EngineContext context;
    private final ShardFolder folder;
    private final ShardPlace place;
    private final EngineTime time;
    private final SharedBatches sharedBatches;

    ShardOpening(
            final EngineContext context,
            final ShardFolder folder,
            final ShardPlace place,
            final EngineTime time,
            final SharedBatches sharedBatches) {
        this.context = context;
        this.folder = folder;
        this.place = place;
        this.time = time;
        this.sharedBatches = sharedBatches;
    }

    /** What was opened. */
    record Opened(ShardState state, OperationLog log, LogPositions positions) {}

    Opened open() {
        final int entries = StoreDirectory.firstMapEntries(folder.path()).orElse(context.firstMapEntries());
        final OptionalLong cleanSequence = StoreDirectory.cleanSequence(folder.path());
        final ReplayResult cleanEnd = replay(cleanSequence.orElse(0) + 1, ShardOpening::ignore);
        final boolean isClean =
                cleanSequence.isPresent() && cleanEnd.records() == 0 && !StoreDirectory.isOutdated(folder.path());
        // Before the store is given up: where no mark is left, its header alone tells how far the log went.
        requireNothingLost(cleanEnd);
        if (isClean) {
            requireUndamaged(cleanEnd);
        } else {
            StoreDirectory.discard(folder.path());
        }
        final boolean isFromCheckpoint = !isClean && restoreCheckpoint();
        final ShardStore store = ShardStore.persisted(folder.path(), place, entries);
        try {
            final ShardState state = ShardState.of(store, context.clockMode(), context.clock(), time);
            if (isClean || isFromCheckpoint) {
                state.resume(folder.path());
            }
            final ReplayResult end =
                    isClean ? cleanEnd : rebuild(state.applier(), isFromCheckpoint ? store.appliedSequence() : 0);
            state.clock().show();
            return withLog(state, end);
        } catch (final RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private ReplayResult rebuild(final OperationApplier applier, final long appliedSequence) {
        final ReplayResult end = replay(appliedSequence + 1, new BatchReplay(applier, sharedBatches));
        requireNothingLost(end);
        if (!TornTail.isAllDamage(end)) {
            throw damaged(end.damages());
        }
        for (final LogDamage damage : end.damages()) {
            context.errorHandler()
                    .onError(new IllegalStateException("log=" + folder.log() + " lastSequence=" + end.lastSequence()
                            + " damage=" + damage + ", expected none; it is cut off: nobody was told of it"));
        }
        final ReplayResult cut = TornTail.cut(context.fileAccess(), folder.log(), end);
        // From here on it is promised: the positions of this opening call it durable.
        TornTail.force(context.fileAccess(), folder.log());
        return cut;
    }

    private Opened withLog(final ShardState state, final ReplayResult end) {
        final LogPositions positions =
                LogPositions.create(context.fileAccess(), folder.positions(), BootId.current(), end.nextSequence() - 1);
        try {
            final OperationLog log =
                    OperationLog.open(context.fileAccess(), folder.log(), context.logSegmentLength(), end);
            StoreDirectory.removeCleanMark(folder.path());
            return new Opened(state, log, positions);
        } catch (final RuntimeException | Error e) {
            positions.close();
            throw e;
        }
    }

    /** Puts the checkpoint in the place of the store; false if there is none to start from. */
    private boolean restoreCheckpoint() {
        final Path checkpoint = folder.checkpoint();
        if (ShardCheckpoint.sequence(checkpoint) == ShardCheckpoint.NONE) {
            return false;
        }
        StoreDirectory.copy(checkpoint, folder.path());
        // From here on it is changed.
        StoreDirectory.removeCleanMark(folder.path());
        return true;
    }

    private ReplayResult replay(final long fromSequence, final OperationHandler handler) {
        return LogReader.replay(context.fileAccess(), folder.log(), fromSequence, handler);
    }

    private void requireNothingLost(final ReplayResult end) {
        if (end.end() == LogEnd.GAP) {
            throw damaged(end.damages());
        }
        final long promised;
        try {
            promised = folder.promisedSequence();
        } catch (final IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + ADVICE, e);
        }
        if (end.lastSequence() < promised) {
            throw new IllegalStateException("log=" + folder.log() + " lastSequence=" + end.lastSequence()
                    + ", expected " + promised + " as the marks beside it say" + ADVICE);
        }
    }

    private void requireUndamaged(final ReplayResult end) {
        if (end.end() != LogEnd.CLEAN || !end.damages().isEmpty()) {
            throw damaged(end.damages());
        }
        final List<StoreDamage> damages = StoreCheck.used(folder.path());
        if (!damages.isEmpty()) {
            throw new IllegalStateException(Damage.of(damages.get(0)) + " damages=" + damages.size() + ADVICE);
        }
    }

    private IllegalStateException damaged(final List<LogDamage> damages) {
        return new IllegalStateException("log=" + folder.log() + " damages=" + damages + ", expected none" + ADVICE);
    }

    private static void ignore(
            final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        // Already applied: only the end of the log is looked for.
    }
}
