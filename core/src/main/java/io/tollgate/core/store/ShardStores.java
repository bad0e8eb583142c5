package io.tollgate.core.store;

import io.tollgate.api.Series;
import java.util.List;

/** The stores of all shards of an engine; the number of a series names its own. Any thread, while they are open. */
public final class ShardStores {
    private final ReadableStore[] stores;
    private final int shardBits;
    private final int shardMask;

    /**
     * All stores of an engine.
     *
     * @param stores in the order of the shards.
     */
    public ShardStores(final List<? extends ReadableStore> stores) {
        this.stores = stores.toArray(new ReadableStore[0]);
        shardBits = ShardPlace.bits(this.stores.length);
        shardMask = (1 << shardBits) - 1;
    }

    /** {@return how many shards there are} */
    public int count() {
        return stores.length;
    }

    /** {@return how many low bits of a number or ticket name the shard} */
    public int shardBits() {
        return shardBits;
    }

    /**
     * The shard that a number names.
     *
     * @param number of a series.
     * @return its index, which is that of no shard where the number is none of this engine's.
     */
    public int shardOf(final long number) {
        return (int) number & shardMask;
    }

    /**
     * The shard that a handle names. Whether it holds the series is not looked at, so nothing need be open.
     *
     * @param handle of a series.
     * @return its index.
     * @throws IllegalArgumentException if there is no such shard.
     */
    public int shardOf(final Series handle) {
        final int shard = shardOf(handle.number());
        if (shard >= stores.length) {
            throw foreign(handle);
        }
        return shard;
    }

    /**
     * The store of a shard.
     *
     * @param shard its index.
     * @return the store.
     */
    public ReadableStore get(final int shard) {
        return stores[shard];
    }

    /**
     * Whether a handle is that of a series of one of the stores.
     *
     * @param handle of a series of any engine.
     * @return false if the series with that number, if there is one, is another.
     */
    public boolean has(final Series handle) {
        final int shard = shardOf(handle.number());
        return shard < stores.length && stores[shard].has(handle);
    }

    /**
     * The store of a series.
     *
     * @param handle of the series.
     * @return the store that it lies in.
     * @throws IllegalArgumentException if it is none of this engine.
     */
    public ReadableStore of(final Series handle) {
        if (!has(handle)) {
            throw foreign(handle);
        }
        return stores[shardOf(handle.number())];
    }

    static IllegalArgumentException foreign(final Series handle) {
        return new IllegalArgumentException("series=" + handle.key() + " number=" + handle.number()
                + ", expected a series of this engine; define it here or find it by its key");
    }
}
