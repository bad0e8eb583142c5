package io.tollgate.core.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The thread that uses a reader: the first one that reads, until it hands the reader over. Another thread that reads is
 * refused before it touches the memory of the reader. What the owner did before it handed over is seen by the next one.
 */
public final class ReaderOwner {
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(ReaderOwner.class, "owner", Thread.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Changed through OWNER. A thread that finds itself here has put itself here, so a plain look is enough. */
    private Thread owner;

    /** No owner yet. */
    public ReaderOwner() {}

    /**
     * Makes the calling thread the owner if there is none. One compare if it is the owner.
     *
     * @throws IllegalStateException if another thread is the owner.
     */
    public void require() {
        if (owner != Thread.currentThread()) {
            take();
        }
    }

    private void take() {
        requireFree((Thread) OWNER.compareAndExchange(this, null, Thread.currentThread()));
    }

    /**
     * Leaves the reader to the next thread that reads.
     *
     * @throws IllegalStateException if another thread is the owner.
     */
    public void handOver() {
        final Thread found = (Thread) OWNER.compareAndExchange(this, Thread.currentThread(), null);
        if (found != Thread.currentThread()) {
            requireFree(found);
        }
    }

    private static void requireFree(final Thread found) {
        if (found != null) {
            throw new IllegalStateException("thread=" + Thread.currentThread().getName() + " owner=" + found.getName()
                    + ", expected the owner of the reader; make a reader for each thread, or let the owner call"
                    + " handOver() first");
        }
    }
}
