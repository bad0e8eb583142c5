package io.tollgate.core.store.tree;

import io.tollgate.api.series.Instants;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Finds the retention horizon of a series. One thread at a time; a reader must validate the version of the series
 * before it trusts anything.
 */
public final class HistoryHorizon {
    private final HistoryBlock history;

    /**
     * Creates a lookup for any series of a store.
     *
     * @param blocks of the store.
     */
    public HistoryHorizon(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
    }

    /**
     * Returns the latest end of a version that was forgotten.
     *
     * @param series whose history it is.
     * @return the knowledge time, {@link Instants#NONE} if no version was forgotten.
     */
    public long of(final SeriesRecord series) {
        // The readers of a history detect themselves that it is torn.
        return history.wrap(series.historyBlock()) ? history.horizon() : Instants.NONE;
    }

    /**
     * Returns true if versions known at an instant were forgotten since.
     *
     * @param series    whose history it is.
     * @param knownAtNs the knowledge time.
     * @return true if the horizon lies after it.
     */
    public boolean hasForgotten(final SeriesRecord series, final long knownAtNs) {
        return knownAtNs < of(series);
    }
}
