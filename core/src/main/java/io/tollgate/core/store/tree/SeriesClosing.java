package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Ends the life of series, and links them to their successors. Writer only, between
 * {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
 */
public final class SeriesClosing {
    private final BlockStore blocks;
    private final HistoryBlock history;

    /**
     * Creates a writer for any series of a store.
     *
     * @param blocks of the store, with room for one more.
     */
    public SeriesClosing(final BlockStore blocks) {
        this.blocks = blocks;
        history = new HistoryBlock(blocks);
    }

    /**
     * Ends the life of an open series.
     *
     * @param series        to be closed, without a point at or after the end.
     * @param lifeEndNs     the first instant after its life.
     * @param knowledgeTime when that became known.
     */
    public void close(final SeriesRecord series, final long lifeEndNs, final long knowledgeTime) {
        history.wrapOrMake(series, blocks);
        history.endKnownAt(knowledgeTime);
        series.close(lifeEndNs);
    }

    /**
     * Sets the successor of a closed series.
     *
     * @param series        the closed series.
     * @param seriesNumber  of the successor.
     * @param knowledgeTime when that became known, not before the end became known.
     */
    public void successor(final SeriesRecord series, final long seriesNumber, final long knowledgeTime) {
        history.wrapOrMake(series, blocks);
        history.successor(seriesNumber, knowledgeTime);
    }

    /**
     * Sets the predecessor of a series.
     *
     * @param series       the successor.
     * @param seriesNumber of the predecessor.
     */
    public void predecessor(final SeriesRecord series, final long seriesNumber) {
        history.wrapOrMake(series, blocks);
        history.predecessor(seriesNumber);
    }
}
