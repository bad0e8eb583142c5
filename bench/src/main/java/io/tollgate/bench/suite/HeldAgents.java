package io.tollgate.bench.suite;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Holds the threads of an engine while points are offered, and lets them go all at once: what is measured is how they
 * apply, and not how points are offered. Threads that are held or have nothing to do spin.
 */
final class HeldAgents {
    private final int threadCount;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger();
    private volatile boolean isHolding;
    private volatile Thread waiting;

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

    /**
     * Lets all that are held go on, and sleeps until every one has rested: they have all processors, for who waits
     * takes none. One rests when it has nothing to do, or waits for room that another thread makes.
     */
    void letGoAndAwait() {
        waiting = Thread.currentThread();
        working.set(threadCount);
        letGo();
        while (working.get() > 0) {
            LockSupport.park(this);
        }
    }

    private final class HoldingIdleStrategy implements IdleStrategy {
        private boolean isAwaited;

        @Override
        public void idle(final int workCount) {
            if (workCount <= 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            if (isAwaited) {
                isAwaited = false;
                if (working.decrementAndGet() == 0) {
                    LockSupport.unpark(waiting);
                }
            }
            if (isHolding) {
                held.incrementAndGet();
                while (isHolding) {
                    Thread.onSpinWait();
                }
                held.decrementAndGet();
                isAwaited = true;
            }
            Thread.onSpinWait();
        }

        @Override
        public void reset() {
            // Nothing is kept.
        }
    }
}
