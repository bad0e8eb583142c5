package io.tollgate.core.read;

import io.tollgate.api.series.Instants;
import io.tollgate.core.store.ReadableStore;

/** Where the levels of series are. Any thread. */
public final class LevelSource {
    private final ReadableStore store;
    private final long knownAtNs;

    /**
     * The levels of all series of a store.
     *
     * @param store where the series are.
     */
    public LevelSource(final ReadableStore store) {
        this(store, Instants.ALL_KNOWN);
    }

    private LevelSource(final ReadableStore store, final long knownAtNs) {
        this.store = store;
        this.knownAtNs = knownAtNs;
    }

    /**
     * Fixes the knowledge time of the sets.
     *
     * @param knowledgeTimeNs the instant; {@link Instants#ALL_KNOWN} for all that is known.
     * @return the same levels, as known at the instant.
     */
    public LevelSource asKnownAt(final long knowledgeTimeNs) {
        return new LevelSource(store, knowledgeTimeNs);
    }

    /** {@return a set of no series yet} */
    public LevelSet newSet() {
        return new LevelSet(store, knownAtNs);
    }

    /** {@return what finds series by key, those that are defined later too} */
    public DefinedSeries newDefinedSeries() {
        return new DefinedSeries(store);
    }

    /** {@return a cursor over the level of a series of any set} */
    public LevelCursor newCursor() {
        return new LevelCursor(store);
    }

    /** {@return what adds up the events of a series of any set} */
    public FlowTotal newFlowTotal() {
        return new FlowTotal(store);
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
     * Visits all series that exist, in the order of their definitions; allocates.
     *
     * @param visitor takes them.
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
