package io.tollgate.core;

import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogBegin;
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
import io.tollgate.core.store.StoreCopy;
import io.tollgate.core.store.StoreDamage;
import io.tollgate.core.store.StoreDirectory;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;

/**
 * Opens one shard of a data directory: as it was closed, or, where it was not closed, rebuilt from the log. What is damaged is refused by name: {@link DirectoryRecovery} makes the best of it.
 *
 * <p>Where the shard was closed cleanly, all bytes of its store that can be read are checked against their checksums
 * first: one pass over the files, so that no damaged map is ever opened. Of the log only the segment with its end is
 * read then. Where it was not, the same is done with its checkpoint, and the log is read from the segment on that the
 * checkpoint ends in. What the log has before is for {@link DirectoryCheck}.
 *
 * <p>A store that was closed cleanly is still one behind it, whatever becomes of the opening of the other shards: see
 * {@link EngineShard#begin()}.
 */
final class ShardOpening {
    private static final int OPERATIONS_OF_PROGRESS = 1 << 16;
    private static final String ALSO_ADVICE = ", run recover, or restore the directory from a backup";
    private static final String ADVICE = ";" + ALSO_ADVICE.substring(1);

    private final EngineContext context;
    private final ShardFolder folder;
    private final long directoryId;
    private final ShardPlace place;
    private final EngineTime time;
    private final SharedBatches sharedBatches;

    ShardOpening(
            final EngineContext context,
            final ShardFolder folder,
            final long directoryId,
            final ShardPlace place,
            final EngineTime time,
            final SharedBatches sharedBatches) {
        this.context = context;
        this.folder = folder;
        this.directoryId = directoryId;
        this.place = place;
        this.time = time;
        this.sharedBatches = sharedBatches;
    }

    /** What was opened. */
    record Opened(ShardState state, OperationLog log, LogPositions positions, OpeningReport report) {}

    Opened open() {
        final long startNs = System.nanoTime();
        requireOneDirectory();
        final int entries = firstMapEntries();
        final Start start = findStart();
        if (start.origin() != OpeningReport.Origin.CLOSED) {
            giveUpStore(start);
        }
        if (start.origin() == OpeningReport.Origin.CHECKPOINT) {
            StoreCopy.restore(context.fileAccess(), folder.checkpoint(), folder.path());
        }
        final ShardStore store = ShardStore.persisted(context.fileAccess(), folder.path(), place, entries);
        try {
            final ShardState state = ShardState.of(store, context.clockMode(), context.clock(), time);
            if (start.origin() != OpeningReport.Origin.LOG) {
                state.resume(folder.path());
            }
            final ReplayResult end =
                    start.origin() == OpeningReport.Origin.CLOSED ? start.end() : rebuild(state.applier(), start);
            state.clock().show();
            final OpeningReport report = new OpeningReport(
                    place.index(),
                    start.origin(),
                    start.origin() == OpeningReport.Origin.CHECKPOINT ? start.sequence() : 0,
                    end.nextSequence() - 1,
                    end.records(),
                    System.nanoTime() - startNs);
            return withLog(state, end, report);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, store);
            throw e;
        }
    }

    /** Also where the log begins is not guessed at: what is before it would be missed, or what was before it not. */
    private void requireOneDirectory() {
        final long found = folder.directoryId(context.fileAccess());
        Stream.of(
                        folder.marks().foreign(found).stream(),
                        folder.marks().misplaced().stream(),
                        folder.beginDamage(context.fileAccess(), found).stream())
                .flatMap(damages -> damages)
                .findFirst()
                .ifPresent(damage -> {
                    throw new IllegalStateException(damage + "; put the right file in its place" + ALSO_ADVICE);
                });
    }

    /** As the store was made, or a checkpoint of one that is gone; else as the options say. */
    private int firstMapEntries() {
        return Stream.of(folder.path(), folder.checkpoint())
                .map(StoreDirectory::firstMapEntries)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.of(context.firstMapEntries()))
                .getAsInt();
    }

    /** A state to start from, the last operation that it includes, and what the log has behind it. */
    private record Start(OpeningReport.Origin origin, long sequence, ReplayResult end) {}

    /**
     * Finds what is there to start from, and looks whether it and the log behind it are whole, before the store is
     * given up: where no mark is left, the header of that alone tells how far the log went.
     */
    private Start findStart() {
        final LogBegin begin = LogBegin.of(context.fileAccess(), folder.log());
        final OptionalLong closed = StoreDirectory.cleanSequence(folder.path());
        if (closed.isPresent()) {
            final ReplayResult end = readBehind(closed.getAsLong(), ShardOpening::ignore);
            if (end.records() == 0) {
                requireUndamaged(end);
                // For the time when the store is not closed any more.
                requireNeeded(begin, folder.checkpointSequence());
                return new Start(OpeningReport.Origin.CLOSED, closed.getAsLong(), end);
            }
        }
        final long checkpointed = ShardCheckpoint.sequence(folder.checkpoint());
        requireNeeded(begin, checkpointed);
        final OpeningReport.Origin origin =
                checkpointed == ShardCheckpoint.NONE ? OpeningReport.Origin.LOG : OpeningReport.Origin.CHECKPOINT;
        final HalfBatch half = new HalfBatch();
        final ReplayResult end = readBehind(checkpointed, half);
        requireMark(end);
        requireAllButEnd(end);
        return new Start(origin, checkpointed, withoutHalf(end, half));
    }

    /** Cuts off a batch that is not all there, before anything comes behind it. */
    private ReplayResult withoutHalf(final ReplayResult end, final HalfBatch half) {
        final long last = half.lastBefore(end.lastSequence(), folder.marks().promisedSequence(directoryId));
        if (last == end.lastSequence()) {
            return end;
        }
        tellOfTornEnd(end);
        TornTail.cut(context.fileAccess(), folder.log(), end);
        TornTail.cutBehind(context.fileAccess(), folder.log(), last);
        return readBehind(end.fromSequence() - 1, ShardOpening::ignore);
    }

    private void tellOfTornEnd(final ReplayResult end) {
        for (final LogDamage damage : end.damages()) {
            context.errorHandler()
                    .onError(new IllegalStateException("log=" + folder.log() + " lastSequence=" + end.lastSequence()
                            + " damage=" + damage + ", expected none; it is cut off: nobody was told of it"));
        }
    }

    /**
     * Deletes the store, and the mark of its close before it: nobody takes what is made in its place for closed, should
     * this process be killed meanwhile. How far the log goes is told by the positions from then on.
     */
    private void giveUpStore(final Start start) {
        final boolean isLogged = start.end().lastSequence() > 0;
        if (folder.isClosed() || isLogged && !Presence.isThere(folder.positions())) {
            folder.promise(
                    context.fileAccess(),
                    folder.directoryId(context.fileAccess()),
                    folder.marks().promisedSequence(directoryId));
        }
        StoreDirectory.removeCleanMark(context.fileAccess(), folder.path());
        StoreDirectory.discard(context.fileAccess(), folder.path());
    }

    /** A log that lacks something needs a checkpoint that has it. */
    private void requireNeeded(final LogBegin begin, final long checkpointed) {
        if (begin.neededSequence() > checkpointed) {
            throw new IllegalStateException("log=" + folder.log() + " " + begin.lack() + " checkpointedSequence="
                    + checkpointed + ", expected a checkpoint that has it" + ADVICE);
        }
    }

    private ReplayResult readBehind(final long sequence, final OperationHandler handler) {
        final ReplayResult end = replay(sequence + 1, handler);
        requireNothingLost(end);
        if (sequence > 0 && end.segmentIndex() < 0) {
            throw new IllegalStateException(
                    "log=" + folder.log() + " segments=0, expected one that holds sequence=" + sequence + ADVICE);
        }
        return end;
    }

    private ReplayResult rebuild(final OperationApplier applier, final Start start) {
        final BatchReplay applying = new BatchReplay(folder.log(), place, applier, sharedBatches);
        final OpeningProgress progress = context.openingProgress();
        final long lastSequence = start.end().lastSequence();
        final ReplayResult end = replay(start.sequence() + 1, (buffer, offset, length, sequence) -> {
            applying.onOperation(buffer, offset, length, sequence);
            if (sequence == lastSequence || sequence % OPERATIONS_OF_PROGRESS == 0) {
                progress.onProgress(place.index(), sequence, lastSequence);
            }
        });
        applying.end();
        requireNothingLost(end);
        requireAllButEnd(end);
        tellOfTornEnd(end);
        // What is logged from here on rests on what is there.
        applier.tolerateLoss(false);
        final long leftOut = applier.counts().orphanedCount();
        if (applying.hasLostBatch() && leftOut > 0) {
            context.errorHandler()
                    .onError(new IllegalStateException("log=" + folder.log() + " operationsLeftOut=" + leftOut
                            + ", expected none; they rest on a batch that the log of another shard has not"));
        }
        final ReplayResult cut = TornTail.cut(context.fileAccess(), folder.log(), end);
        // From here on it is promised: the positions of this opening call it durable.
        TornTail.force(context.fileAccess(), folder.log());
        return cut;
    }

    private Opened withLog(final ShardState state, final ReplayResult end, final OpeningReport report) {
        final long found = folder.directoryId(context.fileAccess());
        final long logged = found == DirectoryIdentity.UNKNOWN ? directoryId : found;
        final LogPositions positions = LogPositions.create(
                context.fileAccess(),
                folder.positions(),
                BootId.current(),
                logged,
                place.index(),
                end.nextSequence() - 1);
        OperationLog log = null;
        try {
            log = OperationLog.open(context.fileAccess(), folder.log(), context.logSegmentLength(), logged, end);
            finishDeletion();
            return new Opened(state, log, positions, report);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, log, positions);
            throw e;
        }
    }

    /** Nobody reads the segments that a process has left which was killed: the next checkpoint tries again. */
    private void finishDeletion() {
        try {
            LogBegin.finish(context.fileAccess(), folder.log(), place.index());
        } catch (final UncheckedIOException e) {
            context.errorHandler().onError(e);
        }
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
            promised = folder.marks().promisedSequence(directoryId);
        } catch (final IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + ADVICE, e);
        }
        if (end.lastSequence() < promised) {
            throw new IllegalStateException("log=" + folder.log() + " lastSequence=" + end.lastSequence()
                    + ", expected " + promised + " as the marks beside it say" + ADVICE);
        }
    }

    private void requireMark(final ReplayResult end) {
        folder.missingMark(end.lastSequence() > 0).ifPresent(missing -> {
            throw new IllegalStateException(missing + ADVICE);
        });
    }

    private void requireAllButEnd(final ReplayResult end) {
        if (!TornTail.isAllDamage(end)) {
            throw damaged(end.damages());
        }
    }

    private void requireUndamaged(final ReplayResult end) {
        if (end.end() != LogEnd.CLEAN || !end.damages().isEmpty()) {
            throw damaged(end.damages());
        }
        final List<StoreDamage> damages = context.isStepped()
                ? StoreCheck.used(folder.path())
                : StoreCheck.used(folder.path(), context.threadFactory());
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
