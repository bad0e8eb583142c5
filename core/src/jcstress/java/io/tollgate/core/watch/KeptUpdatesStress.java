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
 * The queue of updates that loses none, with room for two, into which four are put, without a wait, while they are
 * taken: each is handed over whole, in order, and once.
 */
@JCStressTest
@Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all four told, none torn, none twice, none out of order")
@Outcome(expect = FORBIDDEN, desc = "an update torn, lost, told twice, or out of order")
@State
public class KeptUpdatesStress {
    private final StressedUpdates updates = new StressedUpdates(OverflowPolicy.BLOCK);

    /** Made by jcstress. */
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
     * The consumer again, when all are in.
     *
     * @param result how many updates were told of, and how many faults were found in that.
     */
    @Arbiter
    public void pollRemaining(final II_Result result) {
        updates.pollRemaining(result);
    }
}
