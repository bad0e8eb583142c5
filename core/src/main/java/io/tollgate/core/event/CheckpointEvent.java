package io.tollgate.core.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A checkpoint, also one that failed. */
@Name("io.tollgate.Checkpoint")
@Label("Checkpoint")
@Description("An engine made a checkpoint, or failed to")
public final class CheckpointEvent extends EngineEvent {
    @Label("Made")
    @Description("False if the checkpoint failed")
    private boolean made;

    @Label("Last Sequence")
    @Description("The last operation in the newest checkpoint")
    private long lastSequence;

    static CheckpointEvent begun() {
        final CheckpointEvent event = new CheckpointEvent();
        return event.tryBegin() ? event : null;
    }

    /** Ends the event. */
    public void end(final boolean isMade, final long sequence) {
        if (isTaken()) {
            made = isMade;
            lastSequence = sequence;
            commit();
        }
    }
}
