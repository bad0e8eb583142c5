package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.NodeBlock;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * A path from the root of a series' tree to one point: the node and slot at each level, the block of points, and the
 * index in it. One thread at a time; a reader must validate the version of the series before it trusts anything.
 */
public final class TreePath {
    private final long[] nodeBlocks = new long[NodeDescriptor.MAX_HEIGHT + 1];
    private final int[] slots = new int[NodeDescriptor.MAX_HEIGHT + 1];
    private final ReadableBlocks blocks;
    private final NodeBlock node;
    private final PointBlock points;
    private int height;
    private int index;

    /**
     * Creates an empty path.
     *
     * @param blocks of the store.
     */
    public TreePath(final ReadableBlocks blocks) {
        this.blocks = blocks;
        node = new NodeBlock(blocks);
        points = new PointBlock(blocks);
    }

    /**
     * Moves to the last point at or before a position. The search refuses a point count that the store cannot hold,
     * because a walk from here uses the count as its bound.
     *
     * @param series    whose tree is searched.
     * @param time      valid time of the position.
     * @param reference of the position; {@code Long.MAX_VALUE} for after all points of that time.
     * @return false if the tree is torn by a concurrent change: the path is then empty. {@link #index()} is -1 if there
     *     is no such point: {@link #advance()} then leads to the first point.
     */
    public boolean floor(final SeriesRecord series, final long time, final long reference) {
        height = series.treeHeight();
        if (height < 0 || height > NodeDescriptor.MAX_HEIGHT || !blocks.canHold(series.pointCount())) {
            return false;
        }
        long block = series.rootBlock();
        for (int level = height; level > 0; level--) {
            if (!node.wrap(block)) {
                return false;
            }
            nodeBlocks[level] = block;
            slots[level] = node.floor(time, reference);
            block = node.child(slots[level]);
        }
        if (!points.wrap(block)) {
            return false;
        }
        index = points.floor(time, reference);
        return true;
    }

    /**
     * Moves to the current point of an identity or, if there is none, to the last point before its position.
     *
     * @param series    whose tree is searched.
     * @param time      valid time of the point.
     * @param reference of the point; ignored if the instant alone is the identity.
     * @return false if the tree is torn by a concurrent change: the path is then empty.
     */
    public boolean floorIdentity(final SeriesRecord series, final long time, final long reference) {
        return floor(series, time, series.isIdentifiedByInstant() ? Long.MAX_VALUE : reference);
    }

    /**
     * Returns true if {@link #floorIdentity} with the same arguments has found the point.
     *
     * @param series    whose tree was searched.
     * @param time      valid time of the point.
     * @param reference of the point.
     * @return true if the path leads to it.
     */
    public boolean isAt(final SeriesRecord series, final long time, final long reference) {
        return index >= 0 && time() == time && (series.isIdentifiedByInstant() || points.reference(index) == reference);
    }

    /**
     * Moves to the next point.
     *
     * @return false if there is none, or the tree is torn; the path then stays in place, or is empty.
     */
    public boolean advance() {
        if (index + 1 < points.count()) {
            index++;
            return true;
        }
        for (int level = 1; level <= height; level++) {
            if (!node.wrap(nodeBlocks[level])) {
                return false;
            }
            if (slots[level] + 1 < node.count()) {
                slots[level]++;
                return descend(level, node.child(slots[level]));
            }
        }
        return false;
    }

    /**
     * Moves back over points, in O(log n).
     *
     * @param pointCount number of points, 0 or more; if there are fewer, the path moves to the first point.
     * @return false if the tree is torn by a concurrent change: the path is then empty.
     */
    public boolean retreat(final long pointCount) {
        if (pointCount <= index) {
            index -= (int) pointCount;
            return true;
        }
        long left = pointCount - index - 1;
        int level = 1;
        while (level <= height) {
            if (!node.wrap(nodeBlocks[level])) {
                return false;
            }
            int slot = slots[level] - 1;
            while (slot >= 0 && node.summaryCount(slot) <= left) {
                left -= node.summaryCount(slot--);
            }
            if (slot >= 0) {
                slots[level] = slot;
                return descendFromRight(level, node.child(slot), left);
            }
            slots[level++] = 0;
        }
        return height == 0 ? toFirst() : descend(height, firstChildOfRoot());
    }

    /**
     * Moves forward to the first point of the next block that may hold a known entry, after the slot at a level.
     *
     * @param fromLevel 1 for the next block, a higher level to skip a whole subtree.
     * @param known     which skips subtrees without known entries.
     * @return false if there is none, or the tree is torn: the path is then empty.
     */
    boolean advanceBlock(final int fromLevel, final KnownPath known) {
        int level = fromLevel;
        while (level <= height) {
            if (!known.wrap(node, nodeBlocks[level])) {
                return false;
            }
            int slot = slots[level] + 1;
            while (slot < node.count() && known.passesOver(node, slot)) {
                slot++;
            }
            if (slot >= node.count()) {
                level++;
            } else if (enter(level, slot)) {
                index = 0;
                return known.isIntact(points.count() > 0);
            } else {
                slots[--level] = -1;
            }
        }
        return false;
    }

    /**
     * Moves back to the last point of the previous block that may hold a known entry, before the slot at a level.
     *
     * @param fromLevel 1 for the previous block, a higher level to skip a whole subtree.
     * @param known     which skips subtrees without known entries.
     * @return false if there is none, or the tree is torn: the path is then empty.
     */
    boolean retreatBlock(final int fromLevel, final KnownPath known) {
        int level = fromLevel;
        while (level <= height) {
            if (!known.wrap(node, nodeBlocks[level])) {
                return false;
            }
            int slot = Math.min(slots[level], node.count()) - 1;
            while (slot >= 0 && known.passesOver(node, slot)) {
                slot--;
            }
            if (slot < 0) {
                level++;
            } else if (enter(level, slot)) {
                index = points.count() - 1;
                return known.isIntact(index >= 0);
            } else {
                slots[--level] = NodeDescriptor.FAN_OUT;
            }
        }
        return false;
    }

    /** Takes a slot of the current node; returns true if it leads to a block of points, false if to another node. */
    private boolean enter(final int level, final int slot) {
        slots[level] = slot;
        if (level > 1) {
            nodeBlocks[level - 1] = node.child(slot);
            return false;
        }
        return points.wrap(node.child(slot));
    }

    /** Copies another path. */
    void copyFrom(final TreePath other) {
        height = other.height;
        index = other.index;
        System.arraycopy(other.nodeBlocks, 1, nodeBlocks, 1, height);
        System.arraycopy(other.slots, 1, slots, 1, height);
        points.wrap(other.points.blockNumber());
    }

    /** Moves to another point of the same block, or before its first one. */
    void index(final int index) {
        this.index = index;
    }

    /** Returns true if another path leads to the same point. */
    boolean isAt(final TreePath other) {
        return index == other.index && points.blockNumber() == other.points.blockNumber();
    }

    /** {@return true if the point is the first of the series, or the path is before it} */
    public boolean isFirst() {
        if (index > 0) {
            return false;
        }
        for (int level = 1; level <= height; level++) {
            if (slots[level] > 0) {
                return false;
            }
        }
        return true;
    }

    private boolean toFirst() {
        index = 0;
        return true;
    }

    private long firstChildOfRoot() {
        return node.wrap(nodeBlocks[height]) ? node.child(0) : BlockDescriptor.NO_BLOCK;
    }

    /** Moves to the point that has a given number of points after it in the subtree of a child. */
    private boolean descendFromRight(final int fromLevel, final long child, final long pointsAfter) {
        long left = pointsAfter;
        long block = child;
        for (int level = fromLevel - 1; level > 0; level--) {
            if (!node.wrap(block)) {
                return false;
            }
            int slot = node.count() - 1;
            while (slot > 0 && node.summaryCount(slot) <= left) {
                left -= node.summaryCount(slot--);
            }
            nodeBlocks[level] = block;
            slots[level] = slot;
            block = node.child(slot);
        }
        if (!points.wrap(block)) {
            return false;
        }
        index = (int) Math.max(0, points.count() - 1 - left);
        return points.count() > 0;
    }

    private boolean descend(final int fromLevel, final long child) {
        long block = child;
        for (int level = fromLevel - 1; level > 0; level--) {
            if (!node.wrap(block)) {
                return false;
            }
            nodeBlocks[level] = block;
            slots[level] = 0;
            block = node.child(0);
        }
        index = 0;
        return points.wrap(block) && points.count() > 0;
    }

    /** {@return the levels of nodes above the block of points} */
    int height() {
        return height;
    }

    /**
     * Returns the node at a level.
     *
     * @param level 1, just above the blocks of points, to {@link #height()}.
     */
    long nodeBlock(final int level) {
        return nodeBlocks[level];
    }

    /** Returns the slot that the path takes in the node at a level. */
    int slot(final int level) {
        return slots[level];
    }

    /** {@return the block that holds the point} */
    public PointBlock points() {
        return points;
    }

    /** {@return the index of the point in its block, -1 before the first point} */
    public int index() {
        return index;
    }

    /** {@return the valid time of the point} */
    public long time() {
        return points.time(index);
    }

    /** {@return the scaled value of the point} */
    public long value() {
        return points.value(index);
    }
}
