package io.tollgate.core.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Pauses after each piece of work, so that other threads get the processor. Without work the pauses grow. One thread.
 */
public final class RestingIdleStrategy implements IdleStrategy {
    private static final long BETWEEN_PIECES_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MIN_IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Short enough to prepare memory and segments before the engine needs them. */
    private static final long MAX_IDLE_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private long idleNs = MIN_IDLE_NS;

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
            LockSupport.parkNanos(BETWEEN_PIECES_NS);
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        LockSupport.parkNanos(idleNs);
        idleNs = Math.min(MAX_IDLE_NS, 2 * idleNs);
    }

    @Override
    public void reset() {
        idleNs = MIN_IDLE_NS;
    }
}
