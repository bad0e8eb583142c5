package io.tollgate.core.store;

import io.tollgate.api.EngineClosedException;
import io.tollgate.api.series.Series;

/**
 * Whether handles are those of series of an engine, for threads that may ask while it is being closed, as producers do.
 * What was found in a store stays on the heap, in pages of 1,024 series: from then on nothing is read that goes when
 * the store is closed. Any thread; what was asked before takes a few loads, and nothing is allocated.
 */
public final class KnownHandles {
    private final ReadableStore store;
    private final OpenStores open;

    /**
     * None is known yet.
     *
     * @param store of the engine.
     * @param open  while it is.
     */
    public KnownHandles(final ReadableStore store, final OpenStores open) {
        this.store = store;
        this.open = open;
    }

    /**
     * Whether a handle is that of a series of the engine: one of its number and {@linkplain Series#identity()
     * identity}.
     *
     * @param handle of a series of any engine.
     * @return false if the series with that number, if there is one, is another, or nobody had asked for it before the
     *     engine was closed.
     */
    public boolean has(final Series handle) {
        return store.isKnown(handle) || search(handle);
    }

    private boolean search(final Series handle) {
        return open.whileOpen(() -> store.has(handle), () -> false);
    }

    /**
     * Makes sure that a handle is that of a series of the engine.
     *
     * @param handle of a series of any engine.
     * @throws IllegalArgumentException if it is none of this engine.
     * @throws IllegalStateException    if nobody had asked for it before the engine was closed.
     */
    public void requireKnown(final Series handle) {
        if (!has(handle)) {
            throw refusal(handle);
        }
    }

    private RuntimeException refusal(final Series handle) {
        return open.whileOpen(
                () -> ReadableStore.foreign(handle),
                () -> new EngineClosedException(
                        "series=" + handle.key() + " engine=closed, expected open; open it again"));
    }
}
