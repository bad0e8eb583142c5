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
 * The queue of updates, with room for two, into which four are put while they are taken: each is handed over whole, in
 * order, or told as lost, and once.
 */
@JCStressTest
@Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all four told of, none torn, none twice, none out of order")
@Outcome(expect = FORBIDDEN, desc = "an update torn, lost untold, told twice, or out of order")
@State
public class UpdateRingStress implements UpdateHandler {
    private static final int UPDATES = 4;

    private final UpdateRing ring = new UpdateRing(0, new QueueOptions(2, WhenFull.DROP_OLDEST), false, 1);
    private final UnsafeBuffer offered = new UnsafeBuffer(new byte[UpdateDescriptor.LENGTH]);
    private int told;
    private int faults;

    /** Made by jcstress. */
    public UpdateRingStress() {}

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
    public void poll() {
        ring.poll(this, UPDATES);
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
        faults += firstNumber == told + 1 && lastNumber >= firstNumber ? 0 : 1;
        told = (int) lastNumber;
    }
}
