package io.tollgate.api.admin;

import io.tollgate.api.Engine;

/** The threads that run an engine. */
public enum ThreadingMode {
    /** The engine has its own threads: one that applies operations, and others for background work. */
    OWN_THREADS(false, true),

    /** The caller's thread alone runs the engine, by {@link Engine#step()} and by each call that waits. */
    STEPPED(true, false),

    /**
     * The caller's thread runs the engine, as in {@link #STEPPED}, and one thread of the engine prepares maps, memory
     * and log segments in advance. No step waits until the next log segment is on disk. For callers whose steps must be
     * short.
     */
    STEPPED_WITH_MAINTENANCE(true, true);

    private final boolean isStepped;
    private final boolean hasMaintenanceThread;

    ThreadingMode(final boolean isStepped, final boolean hasMaintenanceThread) {
        this.isStepped = isStepped;
        this.hasMaintenanceThread = hasMaintenanceThread;
    }

    /** {@return true if the caller runs the engine; false if the engine has a thread that applies operations} */
    public boolean isStepped() {
        return isStepped;
    }

    /** {@return true if a thread of the engine prepares maps, memory and log segments; false if steps do} */
    public boolean hasMaintenanceThread() {
        return hasMaintenanceThread;
    }
}
