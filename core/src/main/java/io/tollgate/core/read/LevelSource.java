package io.tollgate.core.read;

import io.tollgate.api.series.Instants;
import io.tollgate.core.store.ReadableStore;

/** Creates sets, cursors and totals over the series of a store, as known at one instant. Any thread. */
public final class LevelSource {
    private final ReadableStore store;
    private final long knownAtNs;

    /**
     * Creates a source that reads everything known.
     *
     * @param store the store of the series.
     */
    public LevelSource(final ReadableStore store) {
        this(store, Instants.ALL_KNOWN);
    }

    private LevelSource(final ReadableStore store, final long knownAtNs) {
        this.store = store;
        this.knownAtNs = knownAtNs;
    }

    /**
     * Returns a source with a fixed knowledge time.
     *
     * @param knowledgeTimeNs the instant; {@link Instants#ALL_KNOWN} for everything known.
     * @return the same series, as known at the instant.
     */
    public LevelSource asKnownAt(final long knowledgeTimeNs) {
        return new LevelSource(store, knowledgeTimeNs);
    }

    /** {@return a new empty set} */
    public LevelSet newSet() {
        return new LevelSet(store, knownAtNs);
    }

    /** {@return a new index of series by key, which also finds series that are defined later} */
    public DefinedSeries newDefinedSeries() {
        return new DefinedSeries(store);
    }

    /** {@return a new cursor over the level of a series of any set} */
    public LevelCursor newCursor() {
        return new LevelCursor(store);
    }

    /** {@return a new sum of the events of a series of any set} */
    public FlowTotal newFlowTotal() {
        return new FlowTotal(store);
    }

    /** Receives series. */
    @FunctionalInterface
    public interface SeriesVisitor {
        /**
         * Receives a series.
         *
         * @param number of the series.
         * @param key    of the series.
         */
        void visit(long number, String key);
    }

    /**
     * Visits all existing series in the order of their definitions. Allocates.
     *
     * @param visitor receives the series.
     */
    public void forEachSeries(final SeriesVisitor visitor) {
        final long count = store.namedCount();
        for (long number = 0; number < count; number++) {
            visitor.visit(number, store.keyOf(number));
        }
    }

    ReadableStore store() {
        return store;
    }
}
