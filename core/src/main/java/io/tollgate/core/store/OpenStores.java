package io.tollgate.core.store;

import java.util.function.Supplier;

/**
 * The stores of an engine while they are open, for threads that it knows nothing of: a close waits for who looks into
 * them, and from then on nobody does. Any thread.
 */
public final class OpenStores implements AutoCloseable {
    private boolean isClosed;

    /** They are open. */
    public OpenStores() {}

    /**
     * Looks into them, one at a time.
     *
     * @param <T>       the type of what is found.
     * @param action      that takes a short time, and waits for nobody.
     * @param otherwise what stands for that once they are about to be closed.
     * @return what was found.
     */
    public synchronized <T> T whileOpen(final Supplier<T> action, final Supplier<T> otherwise) {
        return (isClosed ? otherwise : action).get();
    }

    /** Lets nobody look any more: they are about to be closed. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
