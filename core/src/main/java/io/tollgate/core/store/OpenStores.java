package io.tollgate.core.store;

import java.util.function.Supplier;

/**
 * Guards the stores of an engine against a close while other threads, which the engine does not manage, read them. The
 * close waits for a running read and prevents later reads. Any thread.
 */
public final class OpenStores implements AutoCloseable {
    private boolean isClosed;

    /** Creates a guard for open stores. */
    public OpenStores() {}

    /**
     * Reads the stores, one thread at a time.
     *
     * @param <T>       the type of the result.
     * @param action      the read, which must be short and must not wait.
     * @param otherwise returns the result if {@link #close()} was called before.
     * @return the result.
     */
    public synchronized <T> T whileOpen(final Supplier<T> action, final Supplier<T> otherwise) {
        return (isClosed ? otherwise : action).get();
    }

    /** Prevents further reads. Must be called before the stores are closed. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
