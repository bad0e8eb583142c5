package io.tollgate.core.ingest;

/** Shows the publisher if the engine accepts points. The engine closes it; any thread reads it. */
public final class IntakeGate {
    private volatile boolean isClosed;

    /** Creates an open gate. */
    public IntakeGate() {}

    /** Closes the gate: the engine accepts no more points. */
    public void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }
}
