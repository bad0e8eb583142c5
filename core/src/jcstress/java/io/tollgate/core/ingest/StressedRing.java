package io.tollgate.core.ingest;

import io.tollgate.api.Outcome;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.operation.PointOperation;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** A ring with its publisher, and a consumer that sums up the points and batches that it takes. */
final class StressedRing {
    static final FlowSeries SERIES = new FlowSeries(0, SeriesDefinition.flow("series", Unit.COUNT, 0));
    private static final int RING_LENGTH = 1_024;

    final RingPublisher publisher;
    private final ManyToOneRingBuffer ring = RingPublisher.newRing(RING_LENGTH);
    private final BatchSlots slots = new BatchSlots(3, 2, Long.MAX_VALUE);
    private final PointOperation point = new PointOperation();
    private boolean isLeft;
    private boolean isMoreToTake;
    private int pointSum;
    private int batchSum;

    StressedRing() {
        // Slot 0 stays open and uncommitted. A consumer that reads a slot number before it is written reads 0 and gets
        // this slot.
        slots.open();
        publisher = new RingPublisher(
                ring,
                series -> true,
                number -> true,
                slots,
                new ValidTimeCheck(true),
                new IntakeGate(),
                (type, series, validAt, value, knownAt, reference) -> Outcome.FORGOTTEN);
    }

    /** Drains the ring like the engine. The consumer leaves each message once, as without space, and reads it again. */
    void drain() {
        do {
            isMoreToTake = false;
            ring.controlledRead(this::onMessage);
        } while (isMoreToTake);
    }

    private Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        isLeft = !isLeft;
        if (isLeft) {
            isMoreToTake = true;
            return Action.ABORT;
        }
        if (type == RingPublisher.OPERATION_MESSAGE) {
            pointSum += (int) point.wrap(buffer, index).value();
            return Action.CONTINUE;
        }
        // A null slot would end the test: the consumer must see the slot of a message as committed.
        final BatchSlot slot = slots.committed(buffer.getInt(index), index);
        for (int i = 0; i < slot.pointCount(); i++) {
            batchSum += (int) point.wrap(slot.points(), BatchSlot.offset(i)).value();
        }
        slots.end(slot, false);
        isMoreToTake = true;
        return Action.BREAK;
    }

    int pointSum() {
        return pointSum;
    }

    int batchSum() {
        return batchSum;
    }
}
