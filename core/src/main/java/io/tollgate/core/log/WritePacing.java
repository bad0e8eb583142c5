package io.tollgate.core.log;

import java.util.concurrent.locks.LockSupport;

/** Pauses between pieces of background writing, so that other threads progress. */
final class WritePacing {
    private static final long PAUSE_NS = 100_000;

    private WritePacing() {}

    /** Pauses briefly, unless a thread waits for the work. Returns true if it paused. */
    static boolean unless(final boolean isAwaited) {
        if (!isAwaited) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        return !isAwaited;
    }
}
