package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.DOUBLE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.TINY;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;

import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * An upper bound of the additional blocks that a tree of points or versions takes while operations are applied to it,
 * whatever their order.
 *
 * <p>Points after the last one fill the last block, then one block after another. A point in between may split a full
 * block, and the nodes above it; each half has room for the same number of points again. If its block has room for all
 * operations on the series, the point causes no split. After withdrawals, however, the point may fall into the previous
 * block.
 */
final class TreeDemand {
    /** Number of additional children that fill a split node. */
    private static final int HALF_NODE = NodeDescriptor.FAN_OUT / 2;

    private static final int NONE = -1;

    private final boolean isOfVersions;
    private final int mediumCapacity;
    private final int doubleCapacity;
    private final TreePath path;
    private final PointBlock tail;
    private SeriesRecord tree;
    private long pointCount;
    private int onlyClass;
    private boolean isPromotable;
    private int height;
    private int operationCount;
    private int appended;
    private int inserted;
    private int splits;
    private boolean isThinned;

    private TreeDemand(final ReadableBlocks blocks, final boolean isOfVersions) {
        this.isOfVersions = isOfVersions;
        mediumCapacity = capacity(MEDIUM);
        doubleCapacity = capacity(DOUBLE);
        path = new TreePath(blocks);
        tail = new PointBlock(blocks);
    }

    /** Creates the demand of a tree of points. */
    static TreeDemand ofPoints(final ReadableBlocks blocks) {
        return new TreeDemand(blocks, false);
    }

    /** Creates the demand of a tree of versions. */
    static TreeDemand ofVersions(final ReadableBlocks blocks) {
        return new TreeDemand(blocks, true);
    }

    private int capacity(final int sizeClass) {
        return isOfVersions
                ? PointBlockDescriptor.versionCapacity(sizeClass)
                : PointBlockDescriptor.capacity(sizeClass);
    }

    /** Begins with a tree that does not exist yet, and the number of operations on it. */
    void begin(final int operationCount) {
        this.operationCount = operationCount;
        pointCount = 0;
        onlyClass = NONE;
        isPromotable = true;
        height = 0;
        appended = 0;
        inserted = 0;
        splits = 0;
        isThinned = false;
    }

    /** Begins with an existing tree, and the number of operations on it. */
    void begin(final SeriesRecord tree, final int operationCount) {
        begin(operationCount);
        this.tree = tree;
        pointCount = tree.pointCount();
        if (tree.rootBlock() != NO_BLOCK) {
            height = tree.treeHeight();
            onlyClass = sizeClass(tree.tailBlock());
            isPromotable = TreeGrowth.isPromotable(tree);
        }
    }

    /** Counts a point after the last one. */
    void append() {
        appended++;
    }

    /** Counts a withdrawal. */
    void remove() {
        isThinned = true;
    }

    /** Counts a point between others, or one that replaces an existing point, which takes no room. */
    void put(final long time, final long reference) {
        if (isThinned || pointCount == 0 || !path.floorIdentity(tree, time, reference)) {
            insertInto(pointCount, mediumCapacity);
        } else if (!tree.isNamedBy(reference) || !path.isAt(tree, time, reference)) {
            insertInto(path.points());
        }
    }

    /** Counts a version that is inserted after others of its identity. */
    void add(final long time, final long reference) {
        if (pointCount == 0 || !path.floorIdentity(tree, time, reference)) {
            insertInto(pointCount, mediumCapacity);
        } else {
            insertInto(path.points());
        }
    }

    private void insertInto(final PointBlock leaf) {
        insertInto(leaf.count(), leaf.capacity());
    }

    private void insertInto(final long leafCount, final int leafCapacity) {
        inserted++;
        if (leafCount + operationCount > (height == 0 ? onlyCapacity() : leafCapacity)) {
            splits++;
        }
    }

    /** Returns the capacity of the only block of a tree after it has grown as far as it can. */
    private int onlyCapacity() {
        return capacity(isPromotable ? DOUBLE : onlyClass);
    }

    /** Returns true if the points fit one block. */
    boolean staysInOneBlock() {
        return height == 0 && pointCount + appended + inserted <= onlyCapacity();
    }

    /**
     * Returns the maximum number of blocks of a size.
     *
     * @param sizeClass TINY to LARGE.
     * @return their number.
     */
    long blocks(final int sizeClass) {
        final long only = isOnly(sizeClass) ? 1 : 0;
        if (staysInOneBlock() || appended + inserted == 0) {
            return only;
        }
        final long large = mayAppendDouble() ? leavesAfter(doubleCapacity) : 0;
        final long behind = isTall() ? large : leavesAfter(mediumCapacity);
        final long between = leavesBetween();
        final int root = behind + between > 0 ? 1 : 0;
        return switch (sizeClass) {
            case MEDIUM -> only + root + between + (isTall() ? 0 : behind);
            case DOUBLE -> only + root + large;
            case LARGE -> nodes(behind, between);
            default -> only;
        };
    }

    /** Returns true if each block at the end will be DOUBLE: only a withdrawal lowers a tree. */
    private boolean isTall() {
        return !isOfVersions && height > 1 && !isThinned;
    }

    /** Returns true if a block at the end may be DOUBLE. */
    private boolean mayAppendDouble() {
        return !isOfVersions && (height > 0 || appended + inserted > NodeDescriptor.FAN_OUT * half());
    }

    /** Returns true if the only block may get a size: it grows, or the tree is emptied and filled again. */
    private boolean isOnly(final int sizeClass) {
        final int added = appended + inserted;
        final boolean begins = added > 0 && pointCount < operationCount && fits(sizeClass, added);
        final boolean grows = isPromotable && sizeClass > onlyClass && added > 0 && fits(sizeClass, pointCount + added);
        final boolean isLeft = isThinned && sizeClass == DOUBLE && added > 0;
        return begins || grows || isLeft;
    }

    /** Returns true if the only block has had a size when the tree has grown to a number of points. */
    private boolean fits(final int sizeClass, final long count) {
        return sizeClass <= DOUBLE && (sizeClass == TINY || count > capacity(sizeClass - 1));
    }

    /** Returns the maximum number of blocks at the end, if those that fill up have at least a capacity. */
    private long leavesAfter(final int capacity) {
        if (appended == 0) {
            return 0;
        }
        final int added = appended + inserted;
        if (splits > 0) {
            return 1 + Math.min(added / half(), splits + added / capacity);
        }
        final long room;
        if (isThinned) {
            // The last block may be gone, and the block before it may be full.
            room = 0;
        } else if (height == 0) {
            room = Math.max(0, onlyCapacity() - pointCount);
        } else if (tail.wrap(tree.tailBlock())) {
            room = tail.capacity() - tail.count();
        } else {
            room = 0;
        }
        return Math.max(0, (added - room + capacity - 1) / capacity);
    }

    private long leavesBetween() {
        return Math.min(splits, pointCount / mediumCapacity + 2L * operationCount / half() + 2);
    }

    /** Returns the minimum number of additional points that fill a split block. */
    private int half() {
        return mediumCapacity / 2;
    }

    private long nodes(final long behind, final long between) {
        final long nodesAfter = behind == 0 ? 0 : height + 1 + behind / HALF_NODE;
        final long fullNodes = pointCount / (NodeDescriptor.FAN_OUT - 1);
        return nodesAfter + Math.min(between * (height + 1), fullNodes + between / (HALF_NODE - 1) + height + 2);
    }
}
