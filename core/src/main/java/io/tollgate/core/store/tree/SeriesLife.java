package io.tollgate.core.store.tree;

import io.tollgate.api.series.Series;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * What is known of the end of a series' life, and of the series before and after it. One thread at a time; a reader
 * must validate the version of the series before it trusts anything.
 */
public final class SeriesLife {
    private final HistoryBlock history;

    /**
     * Of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public SeriesLife(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
    }

    /**
     * When the end of its life became known.
     *
     * @param series whose life it is.
     * @return the knowledge time; {@code Long.MAX_VALUE} while the series is open.
     */
    public long endKnownAt(final SeriesRecord series) {
        return series.isClosed() && wrap(series) ? history.endKnownAt() : Long.MAX_VALUE;
    }

    /**
     * The series that follows.
     *
     * @param series that is followed.
     * @return its number, {@link Series#NO_NUMBER} for none.
     */
    public long successor(final SeriesRecord series) {
        return series.isClosed() && wrap(series) ? history.successor() : Series.NO_NUMBER;
    }

    /**
     * When the series that follows became known.
     *
     * @param series that is followed.
     * @return the knowledge time; {@code Long.MAX_VALUE} while the series is open. It means nothing where none follows.
     */
    public long successorKnownAt(final SeriesRecord series) {
        return series.isClosed() && wrap(series) ? history.successorKnownAt() : Long.MAX_VALUE;
    }

    /**
     * The series that may come before: it does if this one is its successor.
     *
     * @param series that follows.
     * @return its number, {@link Series#NO_NUMBER} for none.
     */
    public long predecessor(final SeriesRecord series) {
        return wrap(series) ? history.predecessor() : Series.NO_NUMBER;
    }

    private boolean wrap(final SeriesRecord series) {
        return series.historyBlock() != BlockDescriptor.NO_BLOCK && history.wrap(series.historyBlock());
    }
}
