package io.tollgate.core.read;

import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.ShardStores;

/** Where the levels of series are. Any thread. */
public final class LevelSource {
    private final ShardStores stores;

    /**
     * The levels of all series of some shards.
     *
     * @param stores where the series are.
     */
    public LevelSource(final ShardStores stores) {
        this.stores = stores;
    }

    /** {@return the number of shards} */
    public int shardCount() {
        return stores.count();
    }

    /** {@return a set of no series yet} */
    public LevelSet newSet() {
        return new LevelSet(stores);
    }

    /** {@return what finds series by key, those that are defined later too} */
    public DefinedSeries newDefinedSeries() {
        return new DefinedSeries(stores);
    }

    /** {@return a cursor over the level of a series of any set} */
    public LevelCursor newCursor() {
        return new LevelCursor(stores);
    }

    /** {@return what adds up the events of a series of any set} */
    public FlowTotal newFlowTotal() {
        return new FlowTotal(stores);
    }

    /** Takes series. */
    @FunctionalInterface
    public interface SeriesVisitor {
        /**
         * Takes one.
         *
         * @param number of the series.
         * @param key    of the series.
         */
        void visit(long number, String key);
    }

    /**
     * Visits all series that exist, those of a shard in the order of their definitions; allocates.
     *
     * @param visitor takes them.
     */
    public void forEachSeries(final SeriesVisitor visitor) {
        for (int shard = 0; shard < stores.count(); shard++) {
            final ReadableStore store = stores.get(shard);
            final long count = store.namedCount();
            for (long position = 0; position < count; position++) {
                final long number = store.seriesNumber(position);
                visitor.visit(number, store.keyOf(number));
            }
        }
    }

    ShardStores stores() {
        return stores;
    }
}
