package io.tollgate.core.store.tree;

import io.tollgate.api.series.Series;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.HistoryBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Reads the known end of a series' life, its predecessor and its successor. One thread at a time; a reader must
 * validate the version of the series before it trusts anything.
 */
public final class SeriesLife {
    private final HistoryBlock history;

    /**
     * Creates a lookup for any series of a store.
     *
     * @param blocks of the store.
     */
    public SeriesLife(final ReadableBlocks blocks) {
        history = new HistoryBlock(blocks);
    }

    /**
     * Returns when the end of the series' life became known.
     *
     * @param series whose life it is.
     * @return the knowledge time; {@code Long.MAX_VALUE} while the series is open.
     */
    public long endKnownAt(final SeriesRecord series) {
        return series.isClosed() && wrap(series) ? history.endKnownAt() : Long.MAX_VALUE;
    }

    /**
     * Returns the successor.
     *
     * @param series the predecessor.
     * @return its number, {@link Series#NO_NUMBER} for none.
     */
    public long successor(final SeriesRecord series) {
        return series.isClosed() && wrap(series) ? history.successor() : Series.NO_NUMBER;
    }

    /**
     * Returns when the successor became known.
     *
     * @param series the predecessor.
     * @return the knowledge time; {@code Long.MAX_VALUE} while the series is open. It is undefined without a successor.
     */
    public long successorKnownAt(final SeriesRecord series) {
        return series.isClosed() && wrap(series) ? history.successorKnownAt() : Long.MAX_VALUE;
    }

    /**
     * Returns the possible predecessor: it is the predecessor only if its successor is this series.
     *
     * @param series the successor.
     * @return its number, {@link Series#NO_NUMBER} for none.
     */
    public long predecessor(final SeriesRecord series) {
        return wrap(series) ? history.predecessor() : Series.NO_NUMBER;
    }

    private boolean wrap(final SeriesRecord series) {
        return series.historyBlock() != BlockDescriptor.NO_BLOCK && history.wrap(series.historyBlock());
    }
}
