package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;
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

    private final int smallCapacity;
    private final int mediumCapacity;
    private final TreePath path;
    private final PointBlock tail;
    private SeriesRecord tree;
    private long pointCount;
    private boolean isSmall;
    private int height;
    private int operationCount;
    private int appended;
    private int inserted;
    private int splits;
    private boolean isThinned;

    private TreeDemand(final ReadableBlocks blocks, final int smallCapacity, final int mediumCapacity) {
        this.smallCapacity = smallCapacity;
        this.mediumCapacity = mediumCapacity;
        path = new TreePath(blocks);
        tail = new PointBlock(blocks);
    }

    /** Creates the demand of a tree of points. */
    static TreeDemand ofPoints(final ReadableBlocks blocks) {
        return new TreeDemand(blocks, PointBlockDescriptor.SMALL_CAPACITY, PointBlockDescriptor.MEDIUM_CAPACITY);
    }

    /** Creates the demand of a tree of versions. */
    static TreeDemand ofVersions(final ReadableBlocks blocks) {
        return new TreeDemand(
                blocks, PointBlockDescriptor.SMALL_VERSION_CAPACITY, PointBlockDescriptor.MEDIUM_VERSION_CAPACITY);
    }

    /** Begins with a tree that does not exist yet, and the number of operations on it. */
    void begin(final int operationCount) {
        this.operationCount = operationCount;
        pointCount = 0;
        isSmall = true;
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
        isSmall = tree.rootBlock() == NO_BLOCK || sizeClass(tree.rootBlock()) == SMALL;
        height = tree.treeHeight();
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
        if (isThinned) {
            insertInto(pointCount);
        } else if (pointCount == 0 || !path.floorIdentity(tree, time, reference)) {
            insertInto(pointCount);
        } else if (!tree.isNamedBy(reference) || !path.isAt(tree, time, reference)) {
            insertInto(path.points().count());
        }
    }

    /** Counts a version that is inserted after others of its identity. */
    void add(final long time, final long reference) {
        insertInto(
                pointCount == 0 || !path.floorIdentity(tree, time, reference)
                        ? pointCount
                        : path.points().count());
    }

    private void insertInto(final long leafCount) {
        inserted++;
        if (leafCount + operationCount > mediumCapacity) {
            splits++;
        }
    }

    /** Returns true if the points fit one SMALL block. */
    private boolean staysSmall() {
        return isSmall && pointCount + appended + inserted <= smallCapacity;
    }

    /** Returns true if the points fit one block, small or not. */
    boolean staysInOneBlock() {
        return height == 0 && pointCount + appended + inserted <= mediumCapacity;
    }

    /** Returns the maximum number of SMALL blocks: the first one, also for a tree that is emptied and started again. */
    int smallBlocks() {
        return appended + inserted > 0 && pointCount < operationCount && (pointCount == 0 || !isSmall) ? 1 : 0;
    }

    /** Returns the maximum number of MEDIUM blocks. */
    long leaves() {
        return staysSmall() ? 0 : (isSmall ? 1 : 0) + leavesAfter() + leavesBetween();
    }

    private long leavesAfter() {
        if (appended == 0) {
            return 0;
        }
        final long lastCount =
                height == 0 || !tail.wrap(tree.tailBlock()) ? Math.min(pointCount, mediumCapacity) : tail.count();
        return splits == 0
                ? (lastCount + appended + inserted + mediumCapacity - 1) / mediumCapacity - 1
                : 1 + (appended + inserted) / half();
    }

    private long leavesBetween() {
        return Math.min(splits, pointCount / mediumCapacity + 2L * operationCount / half() + 2);
    }

    /** Returns the minimum number of additional points that fill a split block. */
    private int half() {
        return mediumCapacity / 2;
    }

    /** Returns the maximum number of LARGE blocks. */
    long nodes() {
        if (staysSmall()) {
            return 0;
        }
        final long behind = leavesAfter();
        final long between = leavesBetween();
        final long nodesAfter = behind == 0 ? 0 : height + 1 + behind / HALF_NODE;
        final long fullNodes = pointCount / (NodeDescriptor.FAN_OUT - 1);
        return nodesAfter + Math.min(between * (height + 1), fullNodes + between / (HALF_NODE - 1) + height + 2);
    }
}
