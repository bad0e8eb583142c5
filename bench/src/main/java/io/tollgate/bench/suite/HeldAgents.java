package io.tollgate.bench.suite;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Holds the threads of an engine while points are offered, then releases them all at once. Only applying is measured,
 * not offering. Threads that are held or idle spin.
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

    /** Returns the idle strategy for one thread of the engine. */
    IdleStrategy newIdleStrategy() {
        return new HoldingIdleStrategy();
    }

    /** Waits until every thread is idle, and holds it there. */
    void hold() {
        isHolding = true;
        while (held.get() < threadCount) {
            Thread.onSpinWait();
        }
    }

    /** Releases all threads. */
    void letGo() {
        isHolding = false;
    }

    /**
     * Releases all held threads and parks the caller until each of them has been idle once, so the caller takes no
     * processor time. A thread is idle if it has no work, or if it waits for queue space from another thread.
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
            // This strategy has no state to reset.
        }
    }
}
