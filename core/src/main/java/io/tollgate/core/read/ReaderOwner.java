package io.tollgate.core.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The thread that owns a reader: the first thread that reads, until it hands the reader over. Other threads are
 * rejected before they access the memory of the reader. A hand-over makes all earlier actions of the owner visible to
 * the next owner.
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

    /** Changed through OWNER. Only a thread itself sets the field to that thread, so a plain read is enough. */
    private Thread owner;

    /** Creates an owner that is not set yet. */
    public ReaderOwner() {}

    /**
     * Makes the calling thread the owner if there is none. Costs one comparison if the calling thread is the owner.
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
     * Releases the reader for the next thread that reads.
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
            throw new IllegalStateException("thread=" + Thread.currentThread().getName()
                    + " used the reader of owner=" + found.getName()
                    + "; create a reader for each thread, or let the owner call handOver() first");
        }
    }
}
