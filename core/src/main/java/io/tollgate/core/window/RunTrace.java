package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;

/**
 * Iterates over the points of the run of a window in time order, with all fields of each point. One thread at a time; a
 * reader must validate the version of the series before it trusts anything.
 */
public final class RunTrace {
    private final RunSearch search;
    private final PointPath path;
    private boolean isStarted;
    private boolean hasNext;
    private boolean isIntact;
    private long pointsLeft;

    /**
     * Creates a trace of any window of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public RunTrace(final ReadableBlocks blocks) {
        search = new RunSearch(blocks);
        path = new PointPath(blocks);
    }

    /**
     * Moves before the first point of the run of a window.
     *
     * @param series that is read.
     * @param bounds of the window.
     */
    public void open(final SeriesRecord series, final WindowBounds bounds) {
        isIntact = search.find(series, bounds);
        hasNext = isIntact && search.isFound() && !bounds.isExpiredAtStart();
        isStarted = false;
        pointsLeft = series.maxPointCount();
    }

    /**
     * Moves to the next point.
     *
     * @return false if there is none, or the series is torn: see {@link #isIntact()}.
     */
    public boolean next() {
        if (!hasNext) {
            return false;
        }
        if (isStarted) {
            isIntact = pointsLeft > 0 && path.advance();
        } else {
            path.copyFrom(search.first());
            isStarted = true;
        }
        pointsLeft--;
        hasNext = isIntact && !path.isAt(search.last());
        return isIntact;
    }

    /** {@return the path to the point} */
    public PointPath path() {
        return path;
    }

    /** {@return false if the series was found torn by a concurrent change: all results are then undefined} */
    public boolean isIntact() {
        return isIntact;
    }
}
