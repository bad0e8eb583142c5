package io.tollgate.core.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A batch that took long: its admission, its frames in the log, and its points. */
@Name("io.tollgate.Batch")
@Label("Batch")
@Description("A batch was applied or refused. Only batches above the threshold are recorded")
@Threshold("1 ms")
public final class BatchEvent extends EngineEvent {
    @Label("Points")
    @Description("Points and withdrawals of the batch")
    private int points;

    @Label("Applied")
    @Description("False if the batch was refused")
    private boolean applied;

    /** Ends the event. */
    public void end(final int pointCount, final boolean isApplied) {
        if (isTaken()) {
            points = pointCount;
            applied = isApplied;
            commit();
        }
    }
}
