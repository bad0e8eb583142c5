package io.tollgate.core.store;

import io.tollgate.api.EngineClosedException;
import io.tollgate.api.series.Series;

/**
 * Tells the handles of an engine from others, for threads that may ask while it is being closed, as producers do. A
 * handle that the engine has made names its origin. The identity of any other handle is read from the store once, and
 * kept on the heap in pages of 1,024 series. Later calls do not read the store, which may be closed by then. A call
 * allocates no memory for a handle of this engine, or for one that was looked up before. Any thread.
 */
public final class KnownHandles {
    private final ReadableStore store;
    private final OpenStores open;

    /**
     * Creates an empty cache.
     *
     * @param store of the engine.
     * @param open  the open state of the stores.
     */
    public KnownHandles(final ReadableStore store, final OpenStores open) {
        this.store = store;
        this.open = open;
    }

    /**
     * Returns true if a handle is that of a series of the engine: one of its number and {@linkplain Series#identity()
     * identity}.
     *
     * @param handle of a series of any engine.
     * @return false if the series with that number, if there is one, is another, or another engine has made the handle
     *     and nobody had asked for it before this engine was closed.
     */
    public boolean has(final Series handle) {
        return store.isKnown(handle) || search(handle);
    }

    /**
     * Returns true if the engine has a series of a number. Numbers are dense, and no series ever goes.
     *
     * @param number any number.
     * @return false if it has none.
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
     * @throws IllegalArgumentException if it is none of this engine.
     * @throws IllegalStateException    if another engine has made it and nobody had asked for it before this engine was
     *                                  closed.
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
