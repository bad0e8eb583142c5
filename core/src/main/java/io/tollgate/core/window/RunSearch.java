package io.tollgate.core.window;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.BlockStore;
import io.tollgate.core.store.RunScan;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.TreePath;

/**
 * Finds the run of a window in the tree of its series and sums it up, in O(log n) and without any state. One thread at
 * a time; a reader must validate the version of the series before it trusts anything.
 */
public final class RunSearch {
    private final TreePath first;
    private final TreePath last;
    private final RunScan scan;
    private boolean isFound;

    /**
     * A search in any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public RunSearch(final BlockStore blocks) {
        first = new TreePath(blocks);
        last = new TreePath(blocks);
        scan = new RunScan(blocks);
    }

    /**
     * Sums up the run of a window: of a FLOW its points, of a STEP also the point that was in force at its start. The
     * extended sums come from the points one by one where the tree does not keep them.
     *
     * @param series  to search.
     * @param bounds  of the window.
     * @param isShape whether the extended sums are wanted too.
     * @param summary to be filled.
     * @return false if the tree is torn by a concurrent change: then the summary means nothing.
     */
    public boolean summarise(
            final SeriesRecord series, final WindowBounds bounds, final boolean isShape, final RunSummary summary) {
        final boolean isStep = series.isStep();
        summary.clear(isStep, isShape);
        if (!find(series, bounds)) {
            return false;
        }
        if (!isFound) {
            return true;
        }
        return isShape && !series.keepsShapes()
                ? scan.summariseShape(first, last, isStep, series.pointCount(), summary)
                : scan.summarise(first, last, isStep, isShape, summary);
    }

    /**
     * Finds the run of a window: {@link #isFound()}, {@link #first()}, {@link #last()}.
     *
     * @param series to search.
     * @param bounds of the window.
     * @return false if the tree is torn by a concurrent change: then nothing was found.
     */
    boolean find(final SeriesRecord series, final WindowBounds bounds) {
        isFound = false;
        if (series.pointCount() == 0 || bounds.startNs() > bounds.endNs()) {
            return true;
        }
        final boolean isStep = series.isStep();
        final long beforeFirst = isStep ? bounds.startNs() : bounds.lowestNs() - 1;
        if (!last.floor(series, bounds.highestNs(), Long.MAX_VALUE)
                || !first.floor(series, beforeFirst, Long.MAX_VALUE)) {
            return false;
        }
        if (last.index() < 0 || (!isStep && isSame(first, last))) {
            return true;
        }
        isFound = isStep && first.index() >= 0 || first.advance();
        return isFound;
    }

    /** {@return whether the run found last has any point} */
    boolean isFound() {
        return isFound;
    }

    /**
     * Finds where a window of the last points begins.
     *
     * @param series     to search.
     * @param atNs       the end of the window.
     * @param pointCount how many points are wanted.
     * @param bounds     to be set; where there are fewer points, the window begins at the first of them.
     * @return false if the tree is torn by a concurrent change: then the bounds mean nothing.
     */
    public boolean findLast(
            final SeriesRecord series, final long atNs, final long pointCount, final WindowBounds bounds) {
        bounds.last(atNs, atNs, pointCount);
        if (series.pointCount() == 0) {
            return true;
        }
        if (!last.floor(series, atNs, Long.MAX_VALUE)) {
            return false;
        }
        if (last.index() < 0) {
            return true;
        }
        if (!last.retreat(pointCount - 1)) {
            return false;
        }
        bounds.last(last.time(), atNs, pointCount);
        return true;
    }

    /** {@return the path to the first point of the run found last, if it has any} */
    TreePath first() {
        return first;
    }

    /** {@return the path to the last point of the run found last, if it has any} */
    TreePath last() {
        return last;
    }

    private static boolean isSame(final TreePath left, final TreePath right) {
        return left.index() == right.index()
                && left.points().blockNumber() == right.points().blockNumber();
    }
}
