package io.tollgate.core.store.tree;

import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.PointBlock;

/**
 * Describes a change of a tree by the insertion or removal of a point, for structures that depend on the tree. Filled
 * by {@link PointTree} and valid until its next call. Writer only.
 */
public final class PointChange {
    private boolean isRevision;
    private boolean isAppend;
    private boolean isRemoval;
    private boolean isIgnored;
    private boolean isUnchanged;
    private long block;
    private int index;
    private long time;
    private long value;
    private long oldValue;
    private boolean hasPrevious;
    private long previousTime;
    private long previousValue;
    private boolean hasNext;
    private long nextTime;
    private long nextValue;
    private long nextBlock;
    private int nextIndex;
    private long splitBlock;
    private long splitRightBlock;
    private int splitIndex;

    PointChange() {}

    void begin(final long time, final long value) {
        this.time = time;
        this.value = value;
        isRevision = false;
        isAppend = false;
        isRemoval = false;
        isIgnored = false;
        isUnchanged = false;
        hasPrevious = false;
        hasNext = false;
        splitBlock = BlockDescriptor.NO_BLOCK;
    }

    void appended(final long block, final int index) {
        isAppend = true;
        this.block = block;
        this.index = index;
    }

    void inserted(final PointBlock points, final int index) {
        block = points.blockNumber();
        this.index = index;
    }

    void revised(final PointBlock points, final int index, final long oldValue) {
        isRevision = true;
        block = points.blockNumber();
        this.index = index;
        this.oldValue = oldValue;
        value = points.value(index);
    }

    /** Records that the point at an index is about to be removed. */
    void removed(final PointBlock points, final int index) {
        isRemoval = true;
        block = points.blockNumber();
        this.index = index;
    }

    void ignored() {
        isIgnored = true;
    }

    void unchanged() {
        isUnchanged = true;
    }

    void split(final long block, final int index, final long rightBlock) {
        splitBlock = block;
        splitIndex = index;
        splitRightBlock = rightBlock;
    }

    void previous(final PointBlock points, final int index) {
        hasPrevious = true;
        previousTime = points.time(index);
        previousValue = points.value(index);
    }

    void next(final PointBlock points, final int index) {
        hasNext = true;
        nextBlock = points.blockNumber();
        nextIndex = index;
        nextTime = points.time(index);
        nextValue = points.value(index);
    }

    /** {@return true if the value of a point was revised} */
    public boolean isRevision() {
        return isRevision;
    }

    /** {@return true if the point was added after all others} */
    public boolean isAppend() {
        return isAppend;
    }

    /** {@return true if the point was removed} */
    public boolean isRemoval() {
        return isRemoval;
    }

    /** {@return true if the tree did not change, because the first point of the instant counts} */
    public boolean isIgnored() {
        return isIgnored;
    }

    /** {@return true if the tree did not change, because the current point has that value and reference} */
    public boolean isUnchanged() {
        return isUnchanged;
    }

    /** {@return true if the tree did not change} */
    public boolean isWithoutEffect() {
        return isIgnored || isUnchanged;
    }

    /** {@return the block that holds the point, or held it} */
    public long block() {
        return block;
    }

    /** {@return the index of the point in its block, before a removal} */
    public int index() {
        return index;
    }

    /** {@return the valid time of the point} */
    public long time() {
        return time;
    }

    /** {@return the value of the point} */
    public long value() {
        return value;
    }

    /** {@return the value before a revision} */
    public long oldValue() {
        return oldValue;
    }

    /** {@return true if there is a previous point; not set for an append} */
    public boolean hasPrevious() {
        return hasPrevious;
    }

    /** {@return the valid time of the previous point} */
    public long previousTime() {
        return previousTime;
    }

    /** {@return the value of the previous point} */
    public long previousValue() {
        return previousValue;
    }

    /** {@return true if there is a next point} */
    public boolean hasNext() {
        return hasNext;
    }

    /** {@return the valid time of the next point} */
    public long nextTime() {
        return nextTime;
    }

    /** {@return the value of the next point} */
    public long nextValue() {
        return nextValue;
    }

    /** {@return the block that holds the next point; before a removal} */
    public long nextBlock() {
        return nextBlock;
    }

    /** {@return the index of the next point in its block; before a removal} */
    public int nextIndex() {
        return nextIndex;
    }

    /**
     * Returns the block that was split to make room. The points from {@link #splitIndex()} on moved to
     * {@link #splitRightBlock()} before the insertion.
     *
     * @return its number, {@link BlockDescriptor#NO_BLOCK} if none was split.
     */
    public long splitBlock() {
        return splitBlock;
    }

    /** {@return the index of the first point that moved from {@link #splitBlock()}} */
    public int splitIndex() {
        return splitIndex;
    }

    /** {@return the block that received the last points of {@link #splitBlock()}} */
    public long splitRightBlock() {
        return splitRightBlock;
    }
}
