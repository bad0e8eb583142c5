package io.tollgate.core.store.tree;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Sums a range of points of one series in O(log n): the points of the blocks at both ends one by one, and the range
 * between them from the summaries of the tree. One thread at a time; a reader must validate the version of the series
 * before it trusts the result.
 */
public final class RunScan {
    private final NodeBlock node;
    private final PointBlock points;
    private final RunSummary slotSummary = new RunSummary();

    /**
     * Creates a scan of any series.
     *
     * @param blocks of the store.
     */
    public RunScan(final ReadableBlocks blocks) {
        node = new NodeBlock(blocks);
        points = new PointBlock(blocks);
    }

    /**
     * Sums the points from one to another, both included, in time order.
     *
     * @param series     whose points they are.
     * @param from       path to the first point; undefined afterwards if the path is as of a past knowledge time.
     * @param to         path to the last point, at or after {@code from} in the same series.
     * @param isExtended whether the extended sums are required too, which the tree need not keep.
     * @param summary    to be filled.
     * @return false if the tree is torn by a concurrent change: the summary is then undefined.
     */
    public boolean summarise(
            final SeriesRecord series,
            final PointPath from,
            final PointPath to,
            final boolean isExtended,
            final RunSummary summary) {
        summary.clear(series.isStep(), isExtended);
        final boolean hasSummaries = !isExtended || series.keepsShapes();
        if (from.isPast()) {
            return from.past().summarise(to.past(), hasSummaries, summary);
        }
        return hasSummaries
                ? summarise(from.now(), to.now(), summary)
                : summarise(from.now(), to.now(), series.pointCount(), summary);
    }

    private boolean summarise(final TreePath from, final TreePath to, final RunSummary summary) {
        if (from.points().blockNumber() == to.points().blockNumber()) {
            append(from.points(), from.index(), to.index(), summary);
            return true;
        }
        append(from.points(), from.index(), from.points().count() - 1, summary);
        int level = 1;
        while (from.nodeBlock(level) != to.nodeBlock(level)) {
            if (!append(from.nodeBlock(level), from.slot(level) + 1, NodeDescriptor.FAN_OUT, summary)
                    || ++level > from.height()) {
                return false;
            }
        }
        if (!append(from.nodeBlock(level), from.slot(level) + 1, to.slot(level), summary)) {
            return false;
        }
        while (--level > 0) {
            if (!append(to.nodeBlock(level), 0, to.slot(level), summary)) {
                return false;
            }
        }
        append(to.points(), 0, to.index(), summary);
        return true;
    }

    /**
     * Sums point by point. The point count of the series is the bound for a torn chain of blocks, none of which is
     * empty.
     */
    private boolean summarise(final TreePath from, final TreePath to, final long maxCount, final RunSummary summary) {
        final long lastBlock = to.points().blockNumber();
        long block = from.points().blockNumber();
        int index = from.index();
        while (block != lastBlock) {
            if (!points.wrap(block) || points.count() == 0 || summary.count() > maxCount) {
                return false;
            }
            append(points, index, points.count() - 1, summary);
            block = points.next();
            index = 0;
        }
        append(to.points(), index, to.index(), summary);
        return true;
    }

    /** Appends the points of a block from one index to another, both included. */
    static void append(final PointBlock points, final int from, final int to, final RunSummary summary) {
        points.append(summary, from, to - from + 1);
    }

    /** Appends the summaries of the slots of a node from one to another, the last one excluded. */
    private boolean append(final long nodeBlock, final int from, final int to, final RunSummary summary) {
        if (!node.wrap(nodeBlock)) {
            return false;
        }
        final int end = Math.min(to, node.count());
        for (int slot = from; slot < end; slot++) {
            node.loadSummary(slot, summary.timeWeighted(), summary.isExtended(), slotSummary);
            summary.append(slotSummary);
        }
        return true;
    }
}
