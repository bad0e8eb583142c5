package io.tollgate.core.watch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tollgate.api.watch.OverflowPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A BLOCK queue with space for two updates is closed while four are put into it without a wait. The consumer then takes
 * the first ones in order.
 */
@JCStressTest
@Outcome(id = "[0-4], 0", expect = ACCEPTABLE, desc = "the first of them, none torn, none twice, none out of order")
@Outcome(expect = FORBIDDEN, desc = "an update torn, handed over twice, or out of order, or a gap")
@State
public class ClosedUpdatesStress {
    private final StressedUpdates updates = new StressedUpdates(OverflowPolicy.BLOCK);

    /** Called by jcstress. */
    public ClosedUpdatesStress() {}

    /** The writer. */
    @Actor
    public void offer() {
        updates.offer();
    }

    /** The consumer. */
    @Actor
    public void close() {
        updates.poll(2);
        updates.close();
    }

    /**
     * The consumer again, after both.
     *
     * @param result how many updates it got, and how many faults it found.
     */
    @Arbiter
    public void pollRemaining(final II_Result result) {
        updates.pollRemaining(result);
    }
}
