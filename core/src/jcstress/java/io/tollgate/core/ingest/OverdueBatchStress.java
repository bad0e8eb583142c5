package io.tollgate.core.ingest;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A producer commits an overdue batch while the engine aborts it, and another producer reuses its slot. The engine must
 * not abort the new batch in the same slot.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the overdue batch is aborted")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it was committed before")
@Outcome(expect = FORBIDDEN, desc = "both: the next batch was aborted instead")
@State
public class OverdueBatchStress {
    private static final long TIMEOUT_NS = 10;
    private static final long NOW_NS = 100;

    private final BatchSlot slot = new BatchSlot(0, 0);

    /** Called by jcstress. */
    public OverdueBatchStress() {
        slot.open(0);
    }

    /**
     * A producer commits; another one takes the slot and begins.
     *
     * @param result true if the first batch was committed.
     */
    @Actor
    public void commit(final ZZ_Result result) {
        result.r2 = slot.close(BatchSlot.COMMITTED);
        if (result.r2) {
            slot.free();
            slot.tryTake();
            slot.open(NOW_NS);
        }
    }

    /**
     * The engine looks for overdue batches.
     *
     * @param result true if the engine aborted one.
     */
    @Actor
    public void abortOverdue(final ZZ_Result result) {
        result.r1 = slot.abandon(TIMEOUT_NS, NOW_NS);
    }
}
