package io.tollgate.bench.suite;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.IdleStrategy;

/**
 * Holds the threads of an engine while points are offered, and lets them go all at once: what is measured is how they
 * apply, and not how points are offered. Threads that are held or have nothing to do spin.
 */
final class HeldAgents {
    private final int threadCount;
    private final AtomicInteger held = new AtomicInteger();
    private volatile boolean isHolding;

    HeldAgents(final int threadCount) {
        this.threadCount = threadCount;
    }

    /** For one thread of the engine. */
    IdleStrategy newIdleStrategy() {
        return new HoldingIdleStrategy();
    }

    /** Waits until every thread has nothing to do, and keeps it there. */
    void hold() {
        isHolding = true;
        while (held.get() < threadCount) {
            Thread.onSpinWait();
        }
    }

    /** Lets all go on. */
    void letGo() {
        isHolding = false;
    }

    private final class HoldingIdleStrategy implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            if (workCount <= 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            if (isHolding) {
                held.incrementAndGet();
                while (isHolding) {
                    Thread.onSpinWait();
                }
                held.decrementAndGet();
            }
            Thread.onSpinWait();
        }

        @Override
        public void reset() {
            // Nothing is kept.
        }
    }
}
