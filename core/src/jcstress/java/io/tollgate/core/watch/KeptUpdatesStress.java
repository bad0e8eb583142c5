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
 * A BLOCK queue with space for two updates takes four, without a wait, while they are polled. The consumer gets each
 * one whole, in order, and once.
 */
@JCStressTest
@Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all four handed over, none torn, none twice, none out of order")
@Outcome(expect = FORBIDDEN, desc = "an update torn, lost, handed over twice, or out of order")
@State
public class KeptUpdatesStress {
    private final StressedUpdates updates = new StressedUpdates(OverflowPolicy.BLOCK);

    /** Called by jcstress. */
    public KeptUpdatesStress() {}

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
