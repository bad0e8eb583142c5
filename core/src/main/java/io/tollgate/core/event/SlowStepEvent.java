package io.tollgate.core.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A duty cycle of the writer, or a point applied at once, that took long. */
@Name("io.tollgate.SlowStep")
@Label("Slow Step")
@Description("A duty cycle of the writer, or a point applied at once, took longer than the threshold")
@Threshold("10 ms")
public final class SlowStepEvent extends EngineEvent {
    @Label("Work")
    @Description("Frames, commands and timers done in the step; 1 for a point applied at once")
    private int work;

    @Label("Waiting")
    @Description("Bytes of offered points on the ring after the step")
    @DataAmount
    private long waiting;

    /** Ends the event. A step without work is not recorded. */
    public void end(final int done, final long ringBytes) {
        if (done > 0 && isTaken()) {
            work = done;
            waiting = ringBytes;
            commit();
        }
    }
}
