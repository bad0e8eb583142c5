package io.tollgate.core.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The change of the writer to another segment of the log. */
@Name("io.tollgate.SegmentChange")
@Label("Segment Change")
@Description("The writer continued in another segment of the log")
public final class SegmentChangeEvent extends EngineEvent {
    @Label("First Sequence")
    @Description("The first operation in the new segment")
    private long firstSequence;

    @Label("Length")
    @Description("Length of the new segment")
    @DataAmount
    private long length;

    @Label("Waited")
    @Description("True if the segment was not prepared, and the writer waited for it")
    private boolean waited;

    /** Ends the event. */
    public void end(final long sequence, final int segmentLength, final boolean isWaited) {
        if (isTaken()) {
            firstSequence = sequence;
            length = segmentLength;
            waited = isWaited;
            commit();
        }
    }
}
