package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Ends the life of series, and links them to those that follow. Writer only, between
 * {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
 */
public final class SeriesClosing {
    private final BlockStore blocks;
    private final HistoryBlock history;

    /**
     * In any series of a store.
     *
     * @param blocks where the blocks are, with room for one more.
     */
    public SeriesClosing(final BlockStore blocks) {
        this.blocks = blocks;
        history = new HistoryBlock(blocks);
    }

    /**
     * Ends the life of an open series.
     *
     * @param series        to be closed, without a point at or behind the end.
     * @param lifeEndNs     the first instant behind its life.
     * @param knowledgeTime when that became known.
     */
    public void close(final SeriesRecord series, final long lifeEndNs, final long knowledgeTime) {
        history.wrapOrMake(series, blocks);
        history.endKnownAt(knowledgeTime);
        series.close(lifeEndNs);
    }

    /**
     * Names the series that follows a closed one.
     *
     * @param series        that is followed.
     * @param seriesNumber  of the one that follows.
     * @param knowledgeTime when that became known, not before the end did.
     */
    public void successor(final SeriesRecord series, final long seriesNumber, final long knowledgeTime) {
        history.wrapOrMake(series, blocks);
        history.successor(seriesNumber, knowledgeTime);
    }

    /**
     * Names the series that comes before one.
     *
     * @param series       that follows.
     * @param seriesNumber of the one before.
     */
    public void predecessor(final SeriesRecord series, final long seriesNumber) {
        history.wrapOrMake(series, blocks);
        history.predecessor(seriesNumber);
    }
}
