package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.DOUBLE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_NODE;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_POINTS;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_VERSIONS;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Makes room in the tree of a series: promotes its only block and its root, adds blocks at the end, splits full ones.
 * Writer only.
 */
public final class TreeGrowth {
    private static final int SPLIT_SLOT = NodeDescriptor.FAN_OUT / 2;

    private final BlockStore blocks;
    private final TreeSummaries summaries;
    private final PointBlock left;
    private final PointBlock right;
    private final NodeBlock node;
    private final NodeBlock sibling;

    TreeGrowth(final BlockStore blocks, final TreeSummaries summaries) {
        this.blocks = blocks;
        this.summaries = summaries;
        left = new PointBlock(blocks);
        right = new PointBlock(blocks);
        node = new NodeBlock(blocks);
        sibling = new NodeBlock(blocks);
    }

    /** Allocates a block for the points of a series, or for the versions of a history. */
    long newLeaf(final SeriesRecord series, final int sizeClass) {
        return blocks.allocate(sizeClass, series.isHistory() ? TYPE_VERSIONS : TYPE_POINTS, series.seriesNumber());
    }

    /** Returns true if the only block of a series can grow. Window states refer to points by their block number. */
    static boolean isPromotable(final SeriesRecord series) {
        return series.treeHeight() == 0 && sizeClass(series.tailBlock()) < DOUBLE && series.stateBlock() == NO_BLOCK;
    }

    /** Moves the points of the only block into one of the next size, and returns that. */
    long promote(final SeriesRecord series) {
        // A flyweight that is still on another block may show more points than the new block holds.
        series.requireIntact(left.wrap(series.tailBlock()));
        final long block = newLeaf(series, sizeClass(left.blockNumber()) + 1);
        right.wrap(block);
        right.copyFrom(left, 0, left.count());
        blocks.free(left.blockNumber());
        series.root(block, 0);
        series.tailBlock(block);
        return block;
    }

    /**
     * Returns the size class of the next block at the end. A tree of more than one level of nodes takes DOUBLE blocks:
     * they need fewer summaries and addresses, and a block that is not full is a small part of its memory.
     */
    private static int appendedClass(final SeriesRecord series) {
        return series.treeHeight() > 1 && !series.isHistory() ? DOUBLE : MEDIUM;
    }

    /** Appends an empty block whose first point will be the given one, and returns it. */
    long appendBlock(final SeriesRecord series, final long time, final long reference) {
        left.wrap(series.tailBlock());
        final long block = newLeaf(series, appendedClass(series));
        right.wrap(block);
        right.previous(left.blockNumber());
        left.next(block);
        series.tailBlock(block);
        appendChild(series, time, reference, block);
        return block;
    }

    /** Adds a child at the right edge; the previous one at each level is now complete and gets its summary. */
    private void appendChild(final SeriesRecord series, final long time, final long reference, final long pointBlock) {
        long child = pointBlock;
        final int height = series.treeHeight();
        for (int level = 1; level <= height; level++) {
            wrapRightmost(series, level);
            final int last = node.count() - 1;
            summaries.complete(node, last, level, series);
            if (hasSlot(series)) {
                node.insert(last + 1, time, reference, child);
                return;
            }
            child = newNode(LARGE, series, level, time, reference, child);
        }
        growRoot(series, time, reference, child);
    }

    /** Returns true if the current node has a slot for another child. A full root moves to a larger block first. */
    private boolean hasSlot(final SeriesRecord series) {
        final long block = node.blockNumber();
        if (!node.isFull()) {
            return true;
        }
        if (sizeClass(block) == LARGE) {
            return false;
        }
        final int level = series.treeHeight();
        final long larger = blocks.allocate(sizeClass(block) + 1, TYPE_NODE, series.seriesNumber());
        sibling.wrap(larger);
        sibling.level(level);
        node.splitTo(sibling, 0);
        blocks.free(block);
        series.root(larger, level);
        return node.wrap(larger);
    }

    private void wrapRightmost(final SeriesRecord series, final int level) {
        long block = series.rootBlock();
        node.wrap(block);
        for (int i = series.treeHeight(); i > level; i--) {
            block = node.child(node.count() - 1);
            node.wrap(block);
        }
    }

    private long newNode(
            final int sizeClass,
            final SeriesRecord series,
            final int level,
            final long time,
            final long reference,
            final long child) {
        final long block = blocks.allocate(sizeClass, TYPE_NODE, series.seriesNumber());
        sibling.wrap(block);
        sibling.level(level);
        sibling.insert(0, time, reference, child);
        return block;
    }

    /** Creates a new root above the old one and its new right neighbour. */
    private void growRoot(final SeriesRecord series, final long time, final long reference, final long child) {
        final long oldRoot = series.rootBlock();
        final int height = series.treeHeight();
        final long oldTime;
        final long oldReference;
        if (height == 0) {
            left.wrap(oldRoot);
            oldTime = left.time(0);
            oldReference = left.reference(0);
        } else {
            node.wrap(oldRoot);
            oldTime = node.firstTime(0);
            oldReference = node.firstReference(0);
        }
        final long root = newNode(MEDIUM, series, height + 1, oldTime, oldReference, oldRoot);
        sibling.insert(1, time, reference, child);
        summaries.complete(sibling, 0, height + 1, series);
        series.root(root, height + 1);
    }

    /** Returns the first index that moves if a full block is split. The new block is at most half full. */
    static int splitIndex(final PointBlock full) {
        final int half = full.count() / 2;
        return Math.max(half, full.count() - full.capacity(MEDIUM) / 2);
    }

    /** Splits the full block at the end of a path, and returns the new right part. The path is undefined afterwards. */
    long split(final SeriesRecord series, final TreePath path) {
        left.wrap(path.points().blockNumber());
        final long block = newLeaf(series, MEDIUM);
        right.wrap(block);
        final int splitIndex = splitIndex(left);
        right.copyFrom(left, splitIndex, left.count() - splitIndex);
        left.count(splitIndex);
        right.previous(left.blockNumber());
        right.next(left.next());
        left.next(block);
        final long time = right.time(0);
        final long reference = right.reference(0);
        if (right.next() == NO_BLOCK) {
            series.tailBlock(block);
        } else {
            left.wrap(right.next());
            left.previous(block);
        }
        insertChild(series, path, time, reference, block);
        summaries.openRightmost(series);
        return block;
    }

    /** Inserts a new child after the one on a path, and splits the full nodes above it. */
    private void insertChild(
            final SeriesRecord series,
            final TreePath path,
            final long firstTime,
            final long firstReference,
            final long pointBlock) {
        long time = firstTime;
        long reference = firstReference;
        long child = pointBlock;
        for (int level = 1; level <= path.height(); level++) {
            node.wrap(path.nodeBlock(level));
            final int slot = path.slot(level);
            if (hasSlot(series)) {
                insertAfter(node, slot, level, time, reference, child, series);
                return;
            }
            final long siblingBlock = blocks.allocate(LARGE, TYPE_NODE, series.seriesNumber());
            sibling.wrap(siblingBlock);
            sibling.level(level);
            node.splitTo(sibling, SPLIT_SLOT);
            if (slot < SPLIT_SLOT) {
                insertAfter(node, slot, level, time, reference, child, series);
            } else {
                insertAfter(sibling, slot - SPLIT_SLOT, level, time, reference, child, series);
            }
            time = sibling.firstTime(0);
            reference = sibling.firstReference(0);
            child = siblingBlock;
        }
        growRoot(series, time, reference, child);
    }

    /** Both halves get their summary; the summary of a rightmost child is undefined but harmless. */
    private void insertAfter(
            final NodeBlock parent,
            final int slot,
            final int level,
            final long time,
            final long reference,
            final long child,
            final SeriesRecord series) {
        parent.insert(slot + 1, time, reference, child);
        summaries.complete(parent, slot, level, series);
        summaries.complete(parent, slot + 1, level, series);
    }
}
