package io.tollgate.core.store;

import io.tollgate.api.Series;
import java.util.stream.Stream;

/**
 * Whether handles are those of series of an engine, for threads that may ask while it is being closed, as producers do.
 * What was found in a store is kept on the heap, in pages of 1,024 series: from then on nothing is read that goes when
 * the store is closed. Any thread; what was asked before takes a few loads, and nothing is allocated.
 */
public final class KnownHandles implements AutoCloseable {
    private static final int KIND_SHIFT = 32;
    private static final long DEFINED = 1L << 40;

    private final ShardStores stores;

    /** By shard, and by the position of a series in it: what its record says of it, 0 before anybody has asked. */
    private final LongPages[] records;

    private boolean isClosed;

    /**
     * None is known yet.
     *
     * @param stores of the engine.
     */
    public KnownHandles(final ShardStores stores) {
        this.stores = stores;
        records = Stream.generate(LongPages::new).limit(stores.count()).toArray(LongPages[]::new);
    }

    /**
     * Whether a handle is that of a series of the engine: one of its number, kind and key.
     *
     * @param handle of a series of any engine.
     * @return false if the series with that number, if there is one, is another, or nobody had asked for it before the
     *     engine was closed.
     */
    public boolean has(final Series handle) {
        final int shard = stores.shardOf(handle.number());
        if (shard >= records.length) {
            return false;
        }
        final long record = DEFINED
                | (long) ReadableStore.kindCode(handle) << KIND_SHIFT
                | Integer.toUnsignedLong(ReadableStore.keyHash(handle));
        final long position = stores.get(shard).position(handle.number());
        return records[shard].get(position) == record || look(handle, shard, position, record);
    }

    private synchronized boolean look(final Series handle, final int shard, final long position, final long record) {
        if (isClosed || !stores.has(handle)) {
            return false;
        }
        records[shard].cover(position + 1);
        records[shard].set(position, record);
        return true;
    }

    /**
     * The shard of a series of the engine.
     *
     * @param handle of the series.
     * @return the index of the shard.
     * @throws IllegalArgumentException if it is none of this engine.
     */
    public int shardOf(final Series handle) {
        if (!has(handle)) {
            throw ShardStores.foreign(handle);
        }
        return stores.shardOf(handle.number());
    }

    /** Looks into no store from now on: they are about to be closed. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
