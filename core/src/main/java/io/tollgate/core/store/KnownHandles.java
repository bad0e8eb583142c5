package io.tollgate.core.store;

import io.tollgate.api.EngineClosedException;
import io.tollgate.api.series.Series;

/**
 * Distinguishes the handles of an engine from other handles. Threads such as producers may call it while the engine is
 * being closed. A handle that the engine has made holds the engine's origin. For any other handle, the identity of the
 * series is read from the store at the first call. The identities are cached on the heap, in one array. Later calls do
 * not read the store, because it may be closed by then. A call allocates no memory for a handle of this engine, or for
 * a handle that was looked up before. Any thread.
 */
public final class KnownHandles {
    private final ReadableStore store;
    private final OpenStores open;

    /**
     * Creates an empty cache.
     *
     * @param store the store of the engine.
     * @param open  the open state of the stores.
     */
    public KnownHandles(final ReadableStore store, final OpenStores open) {
        this.store = store;
        this.open = open;
    }

    /**
     * Returns true if a handle belongs to a series of the engine: both have the same number and {@linkplain
     * Series#identity() identity}.
     *
     * @param handle of a series of any engine.
     * @return false if the series with that number is another one or does not exist. Also false if another engine has
     *     made the handle, this engine is closed, and the series was not looked up before.
     */
    public boolean has(final Series handle) {
        return store.isKnown(handle) || search(handle);
    }

    /**
     * Returns true if the engine has a series of a number. Numbers are dense, and a series is never removed.
     *
     * @param number any number.
     * @return false if there is no such series.
     */
    public boolean has(final long number) {
        return store.isNamed(number);
    }

    private boolean search(final Series handle) {
        return open.whileOpen(() -> store.has(handle), () -> false);
    }

    /**
     * Throws unless a handle belongs to a series of the engine.
     *
     * @param handle of a series of any engine.
     * @throws IllegalArgumentException if it is not a handle of this engine.
     * @throws IllegalStateException    if another engine has made the handle, this engine is closed, and the series was
     *                                  not looked up before.
     */
    public void requireKnown(final Series handle) {
        if (!has(handle)) {
            throw refusal(handle);
        }
    }

    private RuntimeException refusal(final Series handle) {
        return open.whileOpen(
                () -> ReadableStore.foreign(handle),
                () -> new EngineClosedException("series=" + handle.key() + " engine=closed: open it again"));
    }
}
