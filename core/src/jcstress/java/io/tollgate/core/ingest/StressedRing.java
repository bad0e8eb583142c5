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

/** A ring with its publisher, and a consumer that adds up what it takes: points, and batches as a whole. */
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
        // Taken and never committed: a slot that is read as 0, as nobody has written which one yet, is not the right
        // one.
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

    /** Takes what is there, as an engine does: each message is left once, as if it found no room, and read again. */
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
        // Null would end the test: what a message names is seen as committed there.
        final BatchSlot slot = slots.committed(buffer.getInt(index), index);
        for (int i = 0; i < slot.pointCount(); i++) {
            batchSum += (int) point.wrap(slot.points(), BatchSlot.offset(i)).value();
        }
        slots.end(slot, false);
        isMoreToTake = true;
        return Action.BREAK;
    }

    /** The sum of the values of single points taken so far. */
    int pointSum() {
        return pointSum;
    }

    /** The sum of the values of the points of batches taken so far. */
    int batchSum() {
        return batchSum;
    }
}
