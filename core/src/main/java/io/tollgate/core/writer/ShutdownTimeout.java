package io.tollgate.core.writer;

import org.agrona.concurrent.NanoClock;

/**
 * The timeout of a stopping engine for the producer of the next record on the ring, which is claimed but not committed.
 * Progress of the engine restarts the timeout. Engine thread only.
 */
final class ShutdownTimeout {
    /** Even on a very busy machine a running producer commits sooner. */
    private static final long LONGEST_NS = 10_000_000_000L;

    private final NanoClock clock;
    private long position = -1;
    private long sinceNs;

    ShutdownTimeout(final NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Returns true if the engine has waited for the same claim for the whole timeout, and restarts it.
     *
     * @param ringPosition the position up to which the engine has consumed the ring.
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
