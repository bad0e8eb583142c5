package io.tollgate.core.ingest;

/** Tells the publisher whether the engine takes points. The engine closes it; any thread asks. */
public final class IntakeGate {
    private volatile boolean isClosed;

    /** An open gate. */
    public IntakeGate() {}

    /** Lets no more points in. */
    public void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }
}
