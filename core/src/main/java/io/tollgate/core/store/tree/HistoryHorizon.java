package io.tollgate.core.store.tree;

import io.tollgate.api.series.Instants;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Tells from when on the history of a series is kept. One thread at a time; a reader must validate the version of the
 * series before it trusts anything.
 */
public final class HistoryHorizon {
    private final HistoryBlock history;

    /**
     * Of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public HistoryHorizon(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
    }

    /**
     * The latest end of a version that was forgotten.
     *
     * @param series whose history it is.
     * @return the knowledge time, {@link Instants#NONE} if nothing was forgotten.
     */
    public long of(final SeriesRecord series) {
        // A history that is torn is found to be so by whoever reads it.
        return history.wrap(series.historyBlock()) ? history.horizon() : Instants.NONE;
    }

    /**
     * Whether what was known at an instant was forgotten since.
     *
     * @param series    whose history it is.
     * @param knownAtNs the knowledge time.
     * @return true if the horizon lies behind it.
     */
    public boolean hasForgotten(final SeriesRecord series, final long knownAtNs) {
        return knownAtNs < of(series);
    }
}
