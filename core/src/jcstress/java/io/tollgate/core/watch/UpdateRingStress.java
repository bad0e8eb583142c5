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
 * A queue with space for two updates is offered four while they are polled. The consumer gets each one whole and in
 * order, or learns that it is lost, once.
 */
@JCStressTest
@Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all four handed over, none torn, none twice, none out of order")
@Outcome(expect = FORBIDDEN, desc = "an update torn, lost without a report, handed over twice, or out of order")
@State
public class UpdateRingStress {
    private final StressedUpdates updates = new StressedUpdates(OverflowPolicy.DROP_OLDEST);

    /** Called by jcstress. */
    public UpdateRingStress() {}

    /** The writer. */
    @Actor
    public void offer() {
        updates.offer();
    }

    /** The consumer. */
    @Actor
    public void poll() {
        updates.poll(StressedUpdates.UPDATES);
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
