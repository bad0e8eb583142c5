package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A producer that a close overtakes commits a batch while some shards have nothing left already, and the first one goes
 * on until the others have ended, as there are watches: the close comes to its end all the same.
 */
class LateBatchTest {
    private static final int MOST_CYCLES = 100_000;

    private static HeldShards watched(final int shardCount) {
        final HeldShards shards = new HeldShards(
                new EngineContext().shardCount(shardCount).stepped(true).clockMode(ClockMode.EVENT));
        shards.turn().inUse(true);
        shards.worker(0).agent().follower(() -> {});
        return shards;
    }

    private static void commit(final HeldShards shards, final int... places) {
        final Batch batch = shards.publisher().newBatch();
        batch.begin();
        for (final int place : places) {
            batch.offer(shards.levelOn(place), 1, 1);
        }
        assertTrue(batch.commit() > 0);
    }

    /** The second shard meets it, and does not wait for the first one. */
    @Test
    void shouldEndWhereTheFirstShardHasNothingLeftBeforeABatch() {
        try (HeldShards shards = watched(2)) {
            shards.requestStop();
            shards.workAlone(0);
            commit(shards, 0, 1);
            shards.workAlone(1);
            assertTrue(shards.stop(MOST_CYCLES));
        }
    }

    /** What lies behind a batch that the first shard gives up it never meets, and the others must know. */
    @Test
    void shouldEndWhereTheFirstShardHasMetABatchOfOneThatHasEnded() {
        try (HeldShards shards = watched(3)) {
            shards.requestStop();
            shards.workAlone(2);
            commit(shards, 0, 2);
            shards.workAlone(0);
            commit(shards, 0, 1);
            assertTrue(shards.stop(MOST_CYCLES));
        }
    }

    /** Nobody waits for its part either. */
    @Test
    void shouldRefuseACallAtOnceWhereTheFirstShardHasNothingLeft() {
        try (HeldShards shards = watched(2)) {
            shards.requestStop();
            shards.workAlone(0);
            final JointPreparation joint = new JointPreparation(2);
            final List<EngineCommand<Integer>> calls = new ArrayList<>();
            for (int shard = 0; shard < 2; shard++) {
                calls.add(new EngineCommand<>(joint.start(), joint.with(() -> true), () -> 1));
                shards.worker(shard).agent().submit(calls.get(shard));
            }
            assertTrue(shards.stop(4));
            calls.forEach(call -> assertThrows(IllegalStateException.class, call::await));
        }
    }
}
