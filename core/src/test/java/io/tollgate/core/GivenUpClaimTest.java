package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.StepSeries;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.nio.file.Path;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer stands still between a claim and its commit, and goes on when a close has given the claim up. */
class GivenUpClaimTest {
    private static final int MOST_CYCLES = 20_000;
    private static final long LONG_NS = 6_000_000_000L;

    @TempDir
    private Path directory;

    private EngineContext context(final int shardCount) {
        return new EngineContext()
                .directory(directory)
                .shardCount(shardCount)
                .stepped(true)
                .clockMode(ClockMode.EVENT)
                .logSegmentLength(1 << 16);
    }

    /** Claims a point without committing it; where it lies. */
    private static int claim(final ManyToOneRingBuffer ring, final StepSeries level, final long time) {
        final int index = ring.tryClaim(RingPublisher.OPERATION_MESSAGE, PointOperation.LENGTH);
        PointOperation.put(
                ring.buffer(),
                index,
                OperationDescriptor.POINT,
                OperationDescriptor.NO_BATCH,
                level.number(),
                time,
                time,
                time,
                OperationDescriptor.MISSING);
        return index;
    }

    private static long value(final HeldShards shards, final StepSeries level, final long time) {
        final MetricReader reader = shards.newReader();
        final LevelReading reading = reader.newLevelReading();
        reader.readLevel(level, time, reading);
        return reading.scaledValue();
    }

    /** It has looked at its claim before that was given up, and stores the length behind. */
    @Test
    void shouldNotTellThatAPointIsAppliedThatWasCommittedTooLate() {
        try (HeldShards shards = new HeldShards(context(1))) {
            final StepSeries level = shards.levelOn(0);
            final EngineAgent agent = shards.worker(0).agent();
            final long before = shards.publisher().offer(level, 1, 1);
            final int late = claim(shards.ring(0), level, 2);
            final long ticket = shards.ring(0).producerPosition();
            assertTrue(shards.publisher().offer(level, 3, 3) > ticket);
            assertTrue(shards.stop(MOST_CYCLES));
            final int lengthOffset = RecordDescriptor.lengthOffset(late - RecordDescriptor.HEADER_LENGTH);
            shards.ring(0).buffer().putIntRelease(lengthOffset, RecordDescriptor.HEADER_LENGTH + PointOperation.LENGTH);
            assertTrue(agent.isStopped());
            assertEquals(before, agent.appliedPosition());
            assertEquals(3, value(shards, level, 3), "applied all the same");
            assertEquals(1, value(shards, level, 2));
            force(shards.worker(0).durability().orElseThrow());
            assertEquals(before, shards.worker(0).durability().orElseThrow().durableTicket());
        }
        try (HeldShards again = new HeldShards(context(1))) {
            assertEquals(3, value(again, again.levelOn(0), 3));
            assertEquals(1, value(again, again.levelOn(0), 2));
        }
    }

    private static void force(final ShardDurability durability) {
        durability.takeTicket();
        durability.takeSequence();
        assertEquals(1, durability.force());
        durability.publish();
    }

    /** However fast cycles go. */
    @Test
    void shouldWaitForAProducerAsLongAsTimeSays() {
        try (HeldShards shards = new HeldShards(context(1))) {
            final StepSeries level = shards.levelOn(0);
            final int first = claim(shards.ring(0), level, 1);
            final int second = claim(shards.ring(0), level, 2);
            final long ticket = shards.ring(0).producerPosition();
            shards.requestStop();
            requireWaiting(shards);
            shards.elapse(LONG_NS);
            requireWaiting(shards);
            shards.ring(0).commit(first);
            shards.workAlone(0);
            assertEquals(1, value(shards, level, 2));
            // For the next one it waits as long.
            requireWaiting(shards);
            shards.elapse(LONG_NS);
            requireWaiting(shards);
            shards.ring(0).commit(second);
            assertTrue(shards.stop(4));
            assertEquals(2, value(shards, level, 2));
            assertEquals(ticket, shards.worker(0).agent().appliedPosition());
        }
    }

    private static void requireWaiting(final HeldShards shards) {
        for (int i = 0; i < MOST_CYCLES; i++) {
            shards.workAlone(0);
        }
        assertFalse(shards.hasEnded(0));
    }
}
