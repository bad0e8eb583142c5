package io.tollgate.core.ingest;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A batch that was open for too long is committed just when that is seen, and its slot is used again: the batch that
 * has it then is not aborted for the one before.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the overdue batch is aborted")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it was committed before")
@Outcome(expect = FORBIDDEN, desc = "both: the next batch was aborted in its place")
@State
public class OverdueBatchStress {
    private static final long TIMEOUT_NS = 10;
    private static final long NOW_NS = 100;

    private final BatchSlot slot = new BatchSlot(0, 0);

    /** Made by jcstress. */
    public OverdueBatchStress() {
        slot.open(0);
    }

    /**
     * A producer, the engine, and another producer, who has just begun.
     *
     * @param result whether the first batch was committed.
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
     * The engine, which looks for what is overdue.
     *
     * @param result whether it has found something.
     */
    @Actor
    public void abortOverdue(final ZZ_Result result) {
        result.r1 = slot.abandon(TIMEOUT_NS, NOW_NS);
    }
}
