package io.tollgate.core.window;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;

/** Recomputes the extremes of a short run point by point after an extreme has left it. One thread at a time. */
final class ExtremeWalk {
    /** Up to this many points a walk over all of them is cheaper than a search in the tree. */
    private static final int MAX_COUNT = 256;

    private final PointBlock points;

    ExtremeWalk(final ReadableBlocks blocks) {
        points = new PointBlock(blocks);
    }

    /**
     * Recomputes the extremes of a summary.
     *
     * @param summary of the run, correct except for its extremes.
     * @param block   that holds the first point of the run.
     * @param index   of that point in it.
     * @return false if the run is too long or the blocks are torn: the extremes are then undefined.
     */
    boolean renew(final RunSummary summary, final long block, final int index) {
        if (summary.count() > MAX_COUNT) {
            return false;
        }
        summary.restartExtremes();
        long nextBlock = block;
        int next = index;
        long left = summary.count();
        while (left > 0) {
            if (next < 0 || !points.wrap(nextBlock)) {
                return false;
            }
            final int end = (int) Math.min(points.count(), next + left);
            if (next >= end) {
                return false;
            }
            left -= end - next;
            points.appendExtremes(summary, next, end - next);
            nextBlock = points.next();
            next = 0;
        }
        return true;
    }
}
