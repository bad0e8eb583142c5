package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.EngineContext;
import io.tollgate.core.HeldEngine;
import io.tollgate.core.TestReader;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.writer.EngineAgent;
import java.nio.file.Path;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer stalls between a claim and its commit, and continues after a close has aborted the claim. */
class AbandonedClaimTest {
    private static final int MOST_CYCLES = 20_000;
    private static final long LONG_NS = 6_000_000_000L;

    @TempDir
    private Path directory;

    private EngineContext context() {
        return TestContext.stepped(ClockMode.EVENT, directory).logSegmentLength(1 << 16);
    }

    /** Claims a point without a commit. Returns its index in the ring. */
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

    private static long value(final HeldEngine engine, final StepSeries level, final long time) {
        final TestReader reader = new TestReader(engine.newReader());
        final LevelReading reading = reader.level(level, time);
        return reading.scaledValue();
    }

    /** The producer checked its claim before the abort, and stores the length after it. */
    @Test
    void shouldNotReportAPointCommittedTooLateAsApplied() {
        try (HeldEngine engine = new HeldEngine(context())) {
            final StepSeries level = engine.level();
            final EngineAgent agent = engine.worker().agent();
            final long before = engine.publisher().offer(level, 1, 1);
            final int late = claim(engine.ring(), level, 2);
            final long ticket = engine.ring().producerPosition();
            assertTrue(engine.publisher().offer(level, 3, 3) > ticket);
            assertTrue(engine.stop(MOST_CYCLES));
            final int lengthOffset = RecordDescriptor.lengthOffset(late - RecordDescriptor.HEADER_LENGTH);
            engine.ring().buffer().putIntRelease(lengthOffset, RecordDescriptor.HEADER_LENGTH + PointOperation.LENGTH);
            assertTrue(agent.isStopped());
            assertEquals(before, agent.appliedPosition());
            assertEquals(3, value(engine, level, 3), "applied all the same");
            assertEquals(1, value(engine, level, 2));
            force(engine.worker().durability().orElseThrow());
            assertEquals(before, engine.worker().durability().orElseThrow().durableTicket());
        }
        try (HeldEngine again = new HeldEngine(context())) {
            assertEquals(3, value(again, again.level(), 3));
            assertEquals(1, value(again, again.level(), 2));
        }
    }

    private static void force(final LogDurability durability) {
        assertEquals(1, durability.force());
    }

    /** The wait depends on time only, not on the number of cycles. */
    @Test
    void shouldWaitForAProducerAsLongAsTimeSays() {
        try (HeldEngine engine = new HeldEngine(context())) {
            final StepSeries level = engine.level();
            final int first = claim(engine.ring(), level, 1);
            final int second = claim(engine.ring(), level, 2);
            final long ticket = engine.ring().producerPosition();
            engine.requestStop();
            requireWaiting(engine);
            engine.elapse(LONG_NS);
            requireWaiting(engine);
            engine.ring().commit(first);
            engine.workOff();
            assertEquals(1, value(engine, level, 2));
            // The wait for the next claim takes as long.
            requireWaiting(engine);
            engine.elapse(LONG_NS);
            requireWaiting(engine);
            engine.ring().commit(second);
            assertTrue(engine.stop(4));
            assertEquals(2, value(engine, level, 2));
            assertEquals(ticket, engine.worker().agent().appliedPosition());
        }
    }

    private static void requireWaiting(final HeldEngine engine) {
        for (int i = 0; i < MOST_CYCLES; i++) {
            engine.workOff();
        }
        assertFalse(engine.hasEnded());
    }
}
