package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Makes the store of a shard as it was at a position of its log, beside whoever appends to that log: the operations up
 * to there are applied to a store of its own. What follows from the log needs nothing but the log. Control threads.
 */
final class StoreReplay {
    private final FileAccess files;
    private final EpochNanoClock systemClock;
    private final SharedBatches sharedBatches;

    /**
     * @param files         to reach logs through.
     * @param systemClock   of the engine; it moves nothing here.
     * @param sharedBatches in the logs of all shards.
     */
    StoreReplay(final FileAccess files, final EpochNanoClock systemClock, final SharedBatches sharedBatches) {
        this.files = files;
        this.systemClock = systemClock;
        this.sharedBatches = sharedBatches;
    }

    /**
     * Makes a store, closed cleanly and on disk.
     *
     * @param directory    of it; where there is nothing to start from, what it has of a store goes.
     * @param log          to read.
     * @param place        of the shard.
     * @param entries      that the first maps are made for.
     * @param fromSequence of the store in it, which was checked: it is taken further; 0 if there is none.
     * @param toSequence   the last operation that it is to include; it is in the log.
     * @return how many series it has.
     * @throws IllegalStateException        if the log is damaged, or the store is ahead of what is wanted, or has not
     *                                      what the log lacks.
     * @throws java.io.UncheckedIOException if the disk refuses or is full.
     */
    long make(
            final Path directory,
            final Path log,
            final ShardPlace place,
            final int entries,
            final long fromSequence,
            final long toSequence) {
        if (fromSequence > toSequence) {
            throw new IllegalStateException("log=" + log + " lastSequence=" + toSequence + ", expected " + fromSequence
                    + " as the checkpoint says; close the engine and run recover");
        }
        final LogBegin begin = LogBegin.of(files, log);
        if (fromSequence < begin.neededSequence()) {
            throw new IllegalStateException("log=" + log + " " + begin.lack() + " checkpointedSequence=" + fromSequence
                    + ", expected a checkpoint that has it; close the engine and run recover");
        }
        StoreDirectory.removeCleanMark(files, directory);
        if (fromSequence == ShardCheckpoint.NONE) {
            StoreDirectory.discard(files, directory);
        }
        final ShardStore store = ShardStore.persisted(files, directory, place, entries);
        try {
            // A time of its own: nobody is to see the clock of the past. The log says what moves it.
            final ShardState state =
                    ShardState.of(store, ClockMode.KNOWLEDGE, systemClock, new EngineTime(place.count()));
            if (fromSequence > 0) {
                state.resume(directory);
            }
            replay(state, log, place, fromSequence, toSequence);
            final long seriesCount = store.seriesCount();
            state.closeCleanly(files, directory, DirectoryIdentity.ofNewest(files, log), toSequence);
            return seriesCount;
        } finally {
            store.close();
        }
    }

    private void replay(
            final ShardState state,
            final Path log,
            final ShardPlace place,
            final long fromSequence,
            final long toSequence) {
        if (fromSequence == toSequence) {
            return;
        }
        final BatchReplay applying = new BatchReplay(log, place, state.applier(), sharedBatches);
        final ReplayResult end = LogReader.replay(files, log, fromSequence + 1, toSequence, applying);
        applying.end();
        if (end.lastSequence() < toSequence) {
            throw new IllegalStateException("log=" + log + " lastSequence=" + end.lastSequence() + " damages="
                    + end.damages() + ", expected " + toSequence + "; close the engine and run recover");
        }
    }
}
