package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.core.ingest.RingPublisher;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call waits behind what a producer that is gone has left on the rings: a close comes to its end all the same. */
class StopBehindCallTest {
    private static final int MOST_CYCLES = 100_000;

    private static EngineContext context(final int shardCount) {
        return new EngineContext().shardCount(shardCount).stepped(true).clockMode(ClockMode.EVENT);
    }

    /** It has claimed a place, and does not commit. */
    @Test
    void shouldEndBehindAClaimThatIsNeverCommitted() {
        try (HeldShards shards = new HeldShards(context(1))) {
            assertTrue(shards.ring(0).tryClaim(RingPublisher.OPERATION_MESSAGE, Long.BYTES) > 0);
            final EngineCommand<Integer> call = new EngineCommand<>(() -> true, () -> 1);
            shards.worker(0).agent().submit(call);
            assertTrue(shards.stop(MOST_CYCLES));
            assertEquals(1, call.await());
        }
    }

    /** It has told the first shard of its batch, and the second not: a place there is claimed, or given up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndBehindABatchThatOneShardIsNotToldOf(final boolean isClaimed) {
        try (HeldShards shards = new HeldShards(context(2))) {
            final Batch batch = shards.publisher().newBatch();
            batch.begin();
            for (int shard = 0; shard < 2; shard++) {
                batch.offer(shards.levelOn(shard), 1, 1);
            }
            assertTrue(batch.commit() > 0);
            leaveOut(shards.ring(1), isClaimed);
            final JointPreparation joint = new JointPreparation(2);
            final List<EngineCommand<Integer>> calls = new ArrayList<>();
            for (int shard = 0; shard < 2; shard++) {
                calls.add(new EngineCommand<>(joint.start(), joint.with(() -> true), () -> 1));
                shards.worker(shard).agent().submit(calls.get(shard));
            }
            assertTrue(shards.stop(MOST_CYCLES));
            calls.forEach(call -> assertThrows(IllegalStateException.class, call::await));
        }
    }

    private static void leaveOut(final ManyToOneRingBuffer ring, final boolean isClaimed) {
        if (isClaimed) {
            final int at = RecordDescriptor.lengthOffset(0);
            ring.buffer().putInt(at, -ring.buffer().getInt(at));
        } else {
            ring.buffer().putInt(RecordDescriptor.typeOffset(0), ManyToOneRingBuffer.PADDING_MSG_TYPE_ID);
        }
    }
}
