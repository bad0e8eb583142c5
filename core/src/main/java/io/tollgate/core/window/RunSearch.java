package io.tollgate.core.window;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;
import io.tollgate.core.store.tree.RunScan;

/**
 * Finds the run of a window in the tree of its series and sums it, without a stored state. The cost is O(log n). For a
 * read as of a past knowledge time, add the points in blocks that changed later. One thread at a time; a reader must
 * validate the version of the series before it trusts anything.
 */
public final class RunSearch {
    private final PointPath first;
    private final PointPath last;
    private final RunScan scan;
    private boolean isFound;

    /**
     * Creates a search in any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public RunSearch(final ReadableBlocks blocks) {
        first = new PointPath(blocks);
        last = new PointPath(blocks);
        scan = new RunScan(blocks);
    }

    /**
     * Sums the run of a window: the points of a FLOW; for a STEP also the point in force at the window's start. The
     * extended sums come from the single points if the tree does not keep them.
     *
     * @param series  to search.
     * @param bounds  of the window.
     * @param isShape whether the extended sums are required too.
     * @param summary to be filled.
     * @return false if the tree is torn by a concurrent change: the summary is then undefined.
     */
    public boolean summarise(
            final SeriesRecord series, final WindowBounds bounds, final boolean isShape, final RunSummary summary) {
        summary.clear(series.isStep(), isShape);
        return find(series, bounds) && (!isFound || scan.summarise(series, first, last, isShape, summary));
    }

    /**
     * Finds the run of a window: {@link #isFound()}, {@link #first()}, {@link #last()}.
     *
     * @param series to search.
     * @param bounds of the window.
     * @return false if the tree is torn by a concurrent change.
     */
    boolean find(final SeriesRecord series, final WindowBounds bounds) {
        isFound = false;
        if (series.maxPointCount() == 0 || bounds.startNs() > bounds.endNs()) {
            return true;
        }
        final boolean isStep = series.isStep();
        final long beforeFirst = isStep ? bounds.startNs() : bounds.lowestNs() - 1;
        if (!last.floor(series, bounds.highestNs()) || !first.floor(series, beforeFirst)) {
            return false;
        }
        if (!last.isFound() || !isStep && first.isFound() && first.isAt(last)) {
            return true;
        }
        isFound = isStep && first.isFound() || first.advance();
        return isFound;
    }

    /** {@return whether the last run found has any point} */
    boolean isFound() {
        return isFound;
    }

    /**
     * Finds the start of a window of the last points.
     *
     * @param series     to search.
     * @param atNs       the end of the window.
     * @param pointCount the number of points requested.
     * @param bounds     to be set; if there are fewer points, the window begins at the first of them.
     * @return false if the tree is torn by a concurrent change: the bounds are then undefined.
     */
    public boolean findLast(
            final SeriesRecord series, final long atNs, final long pointCount, final WindowBounds bounds) {
        bounds.last(atNs, atNs, pointCount);
        if (series.maxPointCount() == 0) {
            return true;
        }
        if (!last.floor(series, atNs)) {
            return false;
        }
        if (!last.isFound()) {
            return true;
        }
        if (!last.retreat(series, pointCount - 1)) {
            return false;
        }
        bounds.last(last.time(), atNs, pointCount);
        return true;
    }

    /** {@return the path to the first point of the last run found, if it has any} */
    PointPath first() {
        return first;
    }

    /** {@return the path to the last point of the last run found, if it has any} */
    PointPath last() {
        return last;
    }
}
