package io.tollgate.core.watch;

import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.infra.results.II_Result;

/** A queue with space for two updates that is offered four, and its consumer. */
final class StressedUpdates implements UpdateHandler {
    static final int UPDATES = 4;

    private final OverflowPolicy whenFull;
    private final UpdateRing ring;
    private final UnsafeBuffer offered = new UnsafeBuffer(new byte[UpdateDescriptor.LENGTH]);
    private int recorded;
    private int faults;

    StressedUpdates(final OverflowPolicy whenFull) {
        this.whenFull = whenFull;
        ring = new UpdateRing(new QueueOptions(2, whenFull), false, UPDATES, (round, isListened) -> false);
    }

    void offer() {
        for (int i = 1; i <= UPDATES; i++) {
            offered.putLong(UpdateDescriptor.NUMBER_OFFSET, i);
            offered.putLong(UpdateDescriptor.SEQUENCE_OFFSET, i);
            offered.putLong(UpdateDescriptor.NEW_SCALED_OFFSET, i);
            ring.offer(offered);
        }
    }

    void poll(final int limit) {
        ring.poll(this, limit);
    }

    void close() {
        ring.close();
    }

    /** Polls the rest, and returns how many updates the consumer got and how many faults it found. */
    void pollRemaining(final II_Result result) {
        poll(UPDATES);
        result.r1 = recorded;
        result.r2 = faults;
    }

    @Override
    public void onUpdate(final Update update) {
        final long number = update.number();
        faults += number == recorded + 1 && update.sequence() == number && update.newScaledValue() == number ? 0 : 1;
        recorded = (int) number;
    }

    @Override
    public void onGap(final long firstNumber, final long lastNumber) {
        final boolean isRight = firstNumber == recorded + 1 && lastNumber >= firstNumber;
        faults += whenFull == OverflowPolicy.DROP_OLDEST && isRight ? 0 : 1;
        recorded = (int) lastNumber;
    }
}
