package io.tollgate.core.window;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;

/** Finds the extremes of a short run again, point by point, where one of them has left it. One thread at a time. */
final class ExtremeWalk {
    /** Up to this many points it is cheaper to walk over all of them than to go through the tree. */
    private static final int MAX_COUNT = 256;

    private final PointBlock points;

    ExtremeWalk(final ReadableBlocks blocks) {
        points = new PointBlock(blocks);
    }

    /**
     * Gives a summary the extremes of its run.
     *
     * @param summary of the run, all else of it right.
     * @param block   that holds the first point of the run.
     * @param index   of that point in it.
     * @return false if the run is too long, or the blocks are torn: then the extremes mean nothing.
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
            while (next < end) {
                summary.appendExtreme(points.value(next++));
            }
            nextBlock = points.next();
            next = 0;
        }
        return true;
    }
}
