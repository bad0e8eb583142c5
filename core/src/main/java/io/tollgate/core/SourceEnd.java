package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Up to where the log of a shard is to be copied, as its files say: all that was applied, where an engine may be
 * appending to it; else its end, as it is when that is read.
 *
 * @param source the directory.
 * @param files  to reach the log through.
 * @param shard  of the directory.
 */
record SourceEnd(Path source, FileAccess files, ShardFolder shard) {
    private static final int MAX_POSITIONS_READS = 5;

    /**
     * The last operation that is to be copied. Where an engine begins to append while the end is looked for, what is
     * found may be no log: then it is looked for anew.
     *
     * @throws IllegalStateException if the log is damaged, or ends before what the marks beside it promise.
     */
    long sequence() {
        return new SourceAttempts(source).read(this::marks, () -> isAppendedTo() ? promisedSequence() : lastSequence());
    }

    /** Others wherever something was appended; who has only read the log leaves them as they are. */
    private Object marks() {
        return List.of(untorn(() -> LogPositions.read(shard.positions())), StoreDirectory.cleanSequence(shard.path()));
    }

    /**
     * Whether an engine may be appending: it has the lock, and has made its positions before. Who checks or repairs the
     * directory, or is opening it still, has the lock alone, or beside it the positions of an engine that was killed
     * since the machine was started: these promise all that was applied, too.
     */
    private boolean isAppendedTo() {
        return untorn(() -> shard.marks().isOfThisBoot())
                && DirectoryLock.livingOwner(source).isPresent();
    }

    /** Twice, as the one mark may go just before the other is looked for, where the engine is being closed. */
    private long promisedSequence() {
        final Supplier<Long> promised = () -> shard.marks().promisedSequence(shard.directoryId(files));
        return Math.max(untorn(promised), untorn(promised));
    }

    /** The positions of an engine that is running are written all the time: what is read may be torn. */
    private static <T> T untorn(final Supplier<T> reading) {
        for (int i = 1; ; i++) {
            try {
                return reading.get();
            } catch (final IllegalStateException e) {
                if (i == MAX_POSITIONS_READS) {
                    throw e;
                }
            }
        }
    }

    /** The end of a log that nobody is known to append to: what is there in part was never acknowledged. */
    private long lastSequence() {
        final long promised = promisedSequence();
        final HalfBatch half = new HalfBatch();
        final ReplayResult end = Presence.isDirectory(shard.log())
                ? LogReader.replay(
                        files, shard.log(), LogBegin.of(files, shard.log()).firstSequence(), half)
                : new ReplayResult(LogEnd.CLEAN, 1, 0, 0, 0, -1, 0, List.of());
        if (end.lastSequence() < promised || !TornTail.isAllDamage(end)) {
            throw damaged(shard, end, promised);
        }
        return half.lastBefore(end.lastSequence(), promised);
    }

    /** A log that has not what was wanted of it. */
    static IllegalStateException damaged(final ShardFolder shard, final ReplayResult end, final long wanted) {
        return new IllegalStateException("log=" + shard.log() + " lastSequence=" + end.lastSequence() + " damages="
                + end.damages() + ", expected " + wanted + " and none; run recover first");
    }
}
