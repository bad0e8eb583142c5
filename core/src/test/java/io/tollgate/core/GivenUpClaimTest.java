package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.StepSeries;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer stands still between a claim and its commit, and goes on when a close has given the claim up. */
class GivenUpClaimTest {
    private static final int MOST_CYCLES = 20_000;
    private static final long LONG_NS = 6_000_000_000L;
    private static final int RING_LENGTH = 1 << 16;

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

    /**
     * The first shard is told of a batch, and is busy before it; its producer stands still before the others, of which
     * the second gives its part up.
     */
    @Test
    void shouldEndCleanlyWithoutABatchOfWhichAShardHasGivenItsPartUp() {
        final PausedMemory paused = new PausedMemory(RING_LENGTH);
        final List<ManyToOneRingBuffer> rings = new ArrayList<>(RingPublisher.newRings(3, RING_LENGTH));
        rings.set(0, new ManyToOneRingBuffer(paused));
        try (HeldShards shards = new HeldShards(context(3), rings)) {
            final List<StepSeries> levels =
                    IntStream.range(0, 3).mapToObj(shards::levelOn).toList();
            assertTrue(shards.publisher().offer(levels.get(0), 1, 1) > 0);
            final Batch batch = shards.publisher().newBatch();
            batch.begin();
            levels.forEach(level -> batch.offer(level, 2, 2));
            paused.atCommit = () -> {
                shards.closePublisher();
                shards.requestStop();
                shards.workAlone(1);
                shards.elapse(2 * LONG_NS);
                shards.workAlone(1);
                shards.workAlone(1);
                assertTrue(shards.hasEnded(1));
            };
            assertEquals(Publisher.CLOSED, batch.commit());
            assertEquals(0, batch.pointCount());
            assertTrue(shards.stop(MOST_CYCLES));
            assertFalse(shards.isFailed());
            for (int shard = 0; shard < 3; shard++) {
                assertTrue(shards.worker(shard).isLogApplied());
                assertEquals(shard == 0 ? 1 : Publisher.UNKNOWN, value(shards, levels.get(shard), 2));
            }
        }
        try (HeldShards again = new HeldShards(context(3))) {
            for (int shard = 0; shard < 3; shard++) {
                assertEquals(shard == 0 ? 1 : Publisher.UNKNOWN, value(again, again.levelOn(shard), 2));
            }
        }
    }

    /** Memory of a ring on which something happens once behind the next commit. */
    private static final class PausedMemory extends UnsafeBuffer {
        private Runnable atCommit = () -> {};

        PausedMemory(final int ringLength) {
            super(ByteBuffer.allocateDirect(ringLength + RingBufferDescriptor.TRAILER_LENGTH));
        }

        @Override
        public void putIntRelease(final int index, final int value) {
            super.putIntRelease(index, value);
            // The length of what is claimed is negative until it is committed.
            if (value > 0) {
                final Runnable pending = atCommit;
                atCommit = () -> {};
                pending.run();
            }
        }
    }
}
