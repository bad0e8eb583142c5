package io.tollgate.core.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The opening of a data directory by an engine. */
@Name("io.tollgate.Opening")
@Label("Opening")
@Description("An engine opened a data directory")
public final class OpeningEvent extends EngineEvent {
    @Label("Directory")
    private String directory;

    @Label("Origin")
    @Description("Source of the store: CLOSED, CHECKPOINT or LOG")
    private String origin;

    @Label("Replayed Operations")
    @Description("Operations of the log that were applied again")
    private long replayedOperations;

    @Label("Last Sequence")
    @Description("The last operation of the log")
    private long lastSequence;

    static OpeningEvent begun() {
        final OpeningEvent event = new OpeningEvent();
        return event.tryBegin() ? event : null;
    }

    /** Ends the event, with the values of the report of the opening. */
    public void end(
            final String openedDirectory, final String sourceOfStore, final long readCount, final long sequence) {
        if (isTaken()) {
            directory = openedDirectory;
            origin = sourceOfStore;
            replayedOperations = readCount;
            lastSequence = sequence;
            commit();
        }
    }
}
