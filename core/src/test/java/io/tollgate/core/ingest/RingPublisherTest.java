package io.tollgate.core.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.operation.PointOperation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;

/** A producer fails at one step between a claim and its commit, for each step. Other producers continue. */
class RingPublisherTest {
    private static final int RING_LENGTH = 4_096;
    private static final FlowSeries FIRST = new FlowSeries(0, SeriesDefinition.flow("first", Unit.COUNT, 0));
    private static final FlowSeries SECOND = new FlowSeries(1, SeriesDefinition.flow("second", Unit.COUNT, 0));

    private final IntakeGate gate = new IntakeGate();
    private final BatchSlots slots = new BatchSlots(1, 2, Long.MAX_VALUE);
    private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(new SteppedBuffer());
    private final PointOperation point = new PointOperation();
    private final List<Long> taken = new ArrayList<>();
    private long stepsLeft = Long.MAX_VALUE;
    private Runnable atStep = () -> {
        throw new StackOverflowError("planted");
    };

    @Test
    void shouldLeaveNoClaimOfAPointThatCouldNotBeWritten() {
        final RingPublisher publisher = publisher();
        int step = 0;
        while (failsAt(step, () -> publisher.offer(FIRST, 1, -1))) {
            step++;
            assertTrue(publisher.offer(FIRST, 1, step) > 0);
            drain();
            assertEquals(List.of((long) step), taken, "the later operations");
            taken.clear();
        }
        assertTrue(step >= 3, "steps=" + step);
    }

    @Test
    void shouldLeaveNoClaimOfABatchThatCouldNotBeHandedOver() {
        final Batch batch = publisher().newBatch();
        batch.begin();
        batch.offer(FIRST, 1, 10);
        batch.offer(SECOND, 1, 20);
        int step = 0;
        while (failsAt(step, batch::commit)) {
            step++;
            drain();
            assertEquals(List.of(), taken);
            assertEquals(2, batch.pointCount(), "open as before");
        }
        drain();
        assertEquals(List.of(10L, 20L), taken);
        assertTrue(step >= 3, "steps=" + step);
    }

    /** An engine that ends does not wait for ever, and drops later operations of its producer. */
    @Test
    void shouldSayThatTheEngineIsClosedIfThePlaceOfAPointWasGivenUp() {
        for (int step = 1; step <= 2; step++) {
            final RingPublisher publisher = publisher();
            abandonAt(step, publisher);
            assertEquals(Publisher.CLOSED, publisher.offer(FIRST, 1, 7), "step=" + step);
            requireEmptyRing();
        }
        assertEquals(List.of(), taken);
    }

    @Test
    void shouldSayThatTheEngineIsClosedIfThePlaceOfABatchWasGivenUp() {
        final RingPublisher publisher = publisher();
        final Batch batch = publisher.newBatch();
        batch.begin();
        batch.offer(FIRST, 1, 10);
        batch.offer(SECOND, 1, 20);
        abandonAt(1, publisher);
        assertEquals(Publisher.CLOSED, batch.commit());
        assertEquals(0, batch.pointCount());
        requireEmptyRing();
        assertEquals(List.of(), taken);
    }

    private void abandonAt(final int step, final RingPublisher publisher) {
        stepsLeft = step;
        atStep = () -> {
            gate.close();
            assertTrue(ring.unblock());
            ring.read((type, buffer, index, length) -> {
                throw new AssertionError("type=" + type);
            });
        };
    }

    /** Requires that no claim is left uncommitted. */
    private void requireEmptyRing() {
        drain();
        assertEquals(ring.producerPosition(), ring.consumerPosition());
    }

    /** Returns true if a call fails at the given step, false if it has fewer steps and succeeds. */
    private boolean failsAt(final int step, final LongSupplier call) {
        stepsLeft = step;
        try {
            assertTrue(call.getAsLong() > 0);
            return false;
        } catch (final StackOverflowError e) {
            return true;
        } finally {
            stepsLeft = Long.MAX_VALUE;
        }
    }

    private void step() {
        if (stepsLeft-- == 0) {
            atStep.run();
        }
    }

    private void drain() {
        ring.read((type, buffer, index, length) -> onMessage(type, buffer, index));
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index) {
        if (type == RingPublisher.OPERATION_MESSAGE) {
            taken.add(point.wrap(buffer, index).value());
            return;
        }
        final BatchSlot slot = slots.committed(buffer.getInt(index), index);
        for (int i = 0; i < slot.pointCount(); i++) {
            taken.add(point.wrap(slot.points(), BatchSlot.offset(i)).value());
        }
    }

    private RingPublisher publisher() {
        return new RingPublisher(
                ring,
                series -> true,
                number -> true,
                slots,
                new ValidTimeCheck(true),
                gate,
                (type, series, validAt, value, knownAt, reference) -> Outcome.FORGOTTEN);
    }

    /** The memory of a ring that counts steps: each claim, the write of each record, and each commit. */
    private final class SteppedBuffer extends UnsafeBuffer {
        SteppedBuffer() {
            super(ByteBuffer.allocateDirect(RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH));
        }

        @Override
        public boolean compareAndSetLong(final int index, final long expectedValue, final long updateValue) {
            step();
            return super.compareAndSetLong(index, expectedValue, updateValue);
        }

        @Override
        public void boundsCheck(final int index, final int length) {
            step();
            super.boundsCheck(index, length);
        }

        @Override
        public void putInt(final int index, final int value) {
            // The type is part of the claim.
            if (index % RecordDescriptor.ALIGNMENT == 0) {
                step();
            }
            super.putInt(index, value);
        }

        @Override
        public void putIntRelease(final int index, final int value) {
            // The length of a claim is negative until its commit.
            if (value > 0) {
                step();
            }
            super.putIntRelease(index, value);
        }
    }
}
