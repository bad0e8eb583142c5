package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;

/**
 * Iterates over the points of one series in time order, along the links of its blocks. One thread at a time; a reader
 * must validate the version of the series before it trusts anything.
 */
public final class PointCursor {
    private final PointBlock points;
    private int index;

    /**
     * Creates a cursor that must be placed before use.
     *
     * @param blocks of the store.
     */
    public PointCursor(final ReadableBlocks blocks) {
        points = new PointBlock(blocks);
    }

    /**
     * Places the cursor on a point.
     *
     * @param block that holds the point.
     * @param index of the point in it.
     * @return false if there is no such place: the cursor is then unplaced.
     */
    public boolean place(final long block, final int index) {
        this.index = index;
        return points.wrap(block) && index >= 0 && index < points.count();
    }

    /**
     * Moves to the next point.
     *
     * @return false if there is none: the cursor is then unplaced.
     */
    public boolean advance() {
        if (++index < points.count()) {
            return true;
        }
        index = 0;
        return points.wrap(points.next()) && points.count() > 0;
    }

    /** {@return the block that holds the point} */
    public long block() {
        return points.blockNumber();
    }

    /** {@return the index of the point in its block} */
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
