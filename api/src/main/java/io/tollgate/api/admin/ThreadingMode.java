package io.tollgate.api.admin;

import io.tollgate.api.Engine;

/** Which threads work an engine. */
public enum ThreadingMode {
    /** Threads of the engine's own: one that applies, and others beside it. */
    OWN_THREADS(false, true),

    /** The caller's thread alone: it runs the engine by {@link Engine#step()} and by each call that waits. */
    STEPPED(true, false),

    /**
     * The caller's, as {@link #STEPPED}, and one of the engine's own that makes maps, memory and log segments ahead of
     * need. No step waits until the next piece of the log is on the disk: for callers whose steps must not take long.
     */
    STEPPED_WITH_MAINTENANCE(true, true);

    private final boolean isStepped;
    private final boolean hasMaintenanceThread;

    ThreadingMode(final boolean isStepped, final boolean hasMaintenanceThread) {
        this.isStepped = isStepped;
        this.hasMaintenanceThread = hasMaintenanceThread;
    }

    /**
     * Returns true if the caller works the engine.
     *
     * @return false if the engine has a thread that applies.
     */
    public boolean isStepped() {
        return isStepped;
    }

    /**
     * Returns true if a thread of the engine's own makes maps, memory and log segments ahead of need.
     *
     * @return false if steps make them.
     */
    public boolean hasMaintenanceThread() {
        return hasMaintenanceThread;
    }
}
