package io.tollgate.core.writer;

import org.agrona.concurrent.NanoClock;

/**
 * For how long an engine that is to end waits for the producer of what lies next on its ring, who has claimed that and
 * not committed it. The time begins anew whenever the engine has gone on meanwhile. Engine thread only.
 */
final class ShutdownTimeout {
    /** A thread that still runs, on a machine that is that busy, has gone on long before. */
    private static final long LONGEST_NS = 10_000_000_000L;

    private final NanoClock clock;
    private long position = -1;
    private long sinceNs;

    ShutdownTimeout(final NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Returns true if the engine has waited for the same claim for long; the time begins anew then.
     *
     * @param ringPosition up to where it has taken what lies on its ring.
     */
    boolean isOver(final long ringPosition) {
        final long nowNs = clock.nanoTime();
        final boolean isSame = ringPosition == position;
        if (isSame && nowNs - sinceNs < LONGEST_NS) {
            return false;
        }
        position = ringPosition;
        sinceNs = nowNs;
        return isSame;
    }
}
