package io.tollgate.core.log;

import java.util.concurrent.locks.LockSupport;

/** What a thread that writes segments beside others does between two pieces of its work, so that they get on. */
final class WritePacing {
    private static final long PAUSE_NS = 100_000;

    private WritePacing() {}

    /** Rests a little, unless somebody waits for the work, and returns whether it did. */
    static boolean unless(final boolean isAwaited) {
        if (!isAwaited) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        return !isAwaited;
    }
}
