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
     * Sums up the run of the window {@code (startNs, endNs]}: of a FLOW its points, of a STEP also the point carried
     * in.
     *
     * @param series  to search.
     * @param startNs start of the window.
     * @param endNs   end of the window.
     * @param summary to be filled.
     * @return false if the tree is torn by a concurrent change: then the summary means nothing.
     */
    public boolean summarise(
            final SeriesRecord series, final long startNs, final long endNs, final RunSummary summary) {
        final boolean isStep = series.isStep();
        summary.clear(isStep);
        if (series.pointCount() == 0) {
            return true;
        }
        if (!last.floor(series, endNs, Long.MAX_VALUE) || !first.floor(series, startNs, Long.MAX_VALUE)) {
            return false;
        }
        if (last.index() < 0 || (!isStep && isSame(first, last))) {
            return true;
        }
        if ((!isStep || first.index() < 0) && !first.advance()) {
            return false;
        }
        return scan.summarise(first, last, isStep, summary);
    }

    /** {@return the path to the first point of the run found last, if it was not empty} */
    TreePath first() {
        return first;
    }

    private static boolean isSame(final TreePath left, final TreePath right) {
        return left.index() == right.index()
                && left.points().blockNumber() == right.points().blockNumber();
    }
}
