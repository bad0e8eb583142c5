package io.tollgate.core.watch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tollgate.api.QueueOptions;
import io.tollgate.api.Update;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.WhenFull;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The queue of updates that loses none, with room for two, that is closed while four are put into it without a wait:
 * what is taken behind that are the first of them, in order.
 */
@JCStressTest
@Outcome(id = "[0-4], 0", expect = ACCEPTABLE, desc = "the first of them, none torn, none twice, none out of order")
@Outcome(expect = FORBIDDEN, desc = "an update torn, told twice, or out of order, or a gap")
@State
public class ClosedUpdatesStress implements UpdateHandler {
    private static final int UPDATES = 4;

    private final UpdateRing ring = new UpdateRing(0, new QueueOptions(2, WhenFull.BLOCK), false, UPDATES);
    private final UnsafeBuffer offered = new UnsafeBuffer(new byte[UpdateDescriptor.LENGTH]);
    private int told;
    private int faults;

    /** Made by jcstress. */
    public ClosedUpdatesStress() {}

    /** The writer of the shard. */
    @Actor
    public void offer() {
        for (int i = 1; i <= UPDATES; i++) {
            offered.putLong(UpdateDescriptor.NUMBER_OFFSET, i);
            offered.putLong(UpdateDescriptor.SEQUENCE_OFFSET, i);
            offered.putLong(UpdateDescriptor.NEW_SCALED_OFFSET, i);
            ring.offer(offered);
        }
    }

    /** The consumer. */
    @Actor
    public void close() {
        ring.poll(this, 2);
        ring.close();
    }

    /**
     * The consumer again, when all are in.
     *
     * @param result how many updates were told of, and how many faults were found in that.
     */
    @Arbiter
    public void pollRest(final II_Result result) {
        ring.poll(this, UPDATES);
        result.r1 = told;
        result.r2 = faults;
    }

    @Override
    public void onUpdate(final Update update) {
        final long number = update.number();
        faults += number == told + 1 && update.sequence() == number && update.newScaledValue() == number ? 0 : 1;
        told = (int) number;
    }

    @Override
    public void onGap(final int shard, final long firstNumber, final long lastNumber) {
        faults++;
    }
}
