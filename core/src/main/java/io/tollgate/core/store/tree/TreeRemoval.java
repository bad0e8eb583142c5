package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Removes points from the tree of a series. It unlinks and frees an empty block, empty nodes above it, and a root with
 * a single child. Sparse blocks are not merged, because points may come back. Writer only.
 */
final class TreeRemoval {
    private final BlockStore blocks;
    private final TreeKeys keys;
    private final TreeSummaries summaries;
    private final PointBlock neighbour;
    private final NodeBlock node;

    TreeRemoval(final BlockStore blocks, final TreeKeys keys, final TreeSummaries summaries) {
        this.blocks = blocks;
        this.keys = keys;
        this.summaries = summaries;
        neighbour = new PointBlock(blocks);
        node = new NodeBlock(blocks);
    }

    /** Removes the point at the end of a path. The path is undefined afterwards. */
    void remove(final SeriesRecord series, final TreePath path) {
        final PointBlock points = path.points();
        if (points.count() > 1) {
            points.remove(path.index());
            if (path.index() == 0) {
                keys.renew(path, 1, points.time(0), points.reference(0));
            }
            summaries.renew(path, 1, series);
        } else {
            unlink(series, points);
            removeChild(series, path);
            lowerRoot(series);
            summaries.openRightmost(series);
        }
    }

    /** Frees a block whose only point is removed. */
    private void unlink(final SeriesRecord series, final PointBlock points) {
        final long previous = points.previous();
        final long next = points.next();
        if (neighbour.wrap(previous)) {
            neighbour.next(next);
        }
        if (neighbour.wrap(next)) {
            neighbour.previous(previous);
        } else {
            series.tailBlock(previous);
        }
        blocks.free(points.blockNumber());
    }

    /** Removes the freed block from the node above it, and each node without children from its parent. */
    private void removeChild(final SeriesRecord series, final TreePath path) {
        int level = 1;
        while (level <= path.height() && node.wrap(path.nodeBlock(level)) && node.count() == 1) {
            blocks.free(path.nodeBlock(level));
            level++;
        }
        if (level > path.height()) {
            series.root(NO_BLOCK, 0);
            return;
        }
        node.remove(path.slot(level));
        if (path.slot(level) == 0) {
            keys.renew(path, level + 1, node.firstTime(0), node.firstReference(0));
        }
        summaries.renew(path, level + 1, series);
    }

    private void lowerRoot(final SeriesRecord series) {
        while (series.treeHeight() > 0 && node.wrap(series.rootBlock()) && node.count() == 1) {
            final long child = node.child(0);
            blocks.free(series.rootBlock());
            series.root(child, series.treeHeight() - 1);
        }
    }
}
