package io.tollgate.core.read;

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

    ShardStores stores() {
        return stores;
    }
}
