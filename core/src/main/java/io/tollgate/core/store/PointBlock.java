package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.LARGE;
import static io.tollgate.core.store.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.PREVIOUS_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.TYPE_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.TYPE_POINTS;
import static io.tollgate.core.store.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.PointBlockDescriptor.VALID_TIME_OFFSET;
import static io.tollgate.core.store.PointBlockDescriptor.knowledgeTimeOffset;
import static io.tollgate.core.store.PointBlockDescriptor.referenceOffset;
import static io.tollgate.core.store.PointBlockDescriptor.valueOffset;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flyweight over a block of points, laid out by {@link PointBlockDescriptor}. The writer changes a block only while
 * the version of its series is odd; any thread may read, and must validate that version afterwards.
 */
public final class PointBlock {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final BlockStore blocks;
    private long blockNumber;
    private int capacity;
    private int valueOffset;
    private int knowledgeTimeOffset;
    private int referenceOffset;

    /**
     * A flyweight that must be wrapped before use.
     *
     * @param blocks where the blocks are.
     */
    public PointBlock(final BlockStore blocks) {
        this.blocks = blocks;
    }

    /**
     * Goes over to another block.
     *
     * @param blockNumber any number.
     * @return false if this is no block of points: then nothing may be read.
     */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        final int sizeClass = sizeClass(blockNumber);
        if (address == 0 || sizeClass == LARGE) {
            return false;
        }
        buffer.wrap(address, BlockDescriptor.length(sizeClass));
        this.blockNumber = blockNumber;
        capacity = PointBlockDescriptor.capacity(sizeClass);
        valueOffset = valueOffset(capacity);
        knowledgeTimeOffset = knowledgeTimeOffset(capacity);
        referenceOffset = referenceOffset(capacity);
        return buffer.getByte(TYPE_OFFSET) == TYPE_POINTS;
    }

    /** {@return the number of this block} */
    public long blockNumber() {
        return blockNumber;
    }

    /** {@return how many points this block can hold} */
    public int capacity() {
        return capacity;
    }

    /** {@return how many points this block holds, 0 to its capacity} */
    public int count() {
        return Math.max(0, Math.min(capacity, buffer.getInt(COUNT_OFFSET)));
    }

    /** {@return the block before this one, {@link BlockDescriptor#NO_BLOCK} if it is the first} */
    public long previous() {
        return buffer.getLong(PREVIOUS_OFFSET);
    }

    /** {@return the block behind this one, {@link BlockDescriptor#NO_BLOCK} if it is the last} */
    public long next() {
        return buffer.getLong(NEXT_OFFSET);
    }

    /**
     * The valid time of a point.
     *
     * @param index 0 to capacity - 1.
     * @return nanoseconds since the epoch.
     */
    public long time(final int index) {
        return buffer.getLong(VALID_TIME_OFFSET + (index << 3));
    }

    /**
     * The value of a point.
     *
     * @param index 0 to capacity - 1.
     * @return the scaled value, {@code Long.MIN_VALUE} for unknown.
     */
    public long value(final int index) {
        return buffer.getLong(valueOffset + (index << 3));
    }

    /**
     * The knowledge time of a point.
     *
     * @param index 0 to capacity - 1.
     * @return nanoseconds since the epoch.
     */
    public long knowledgeTime(final int index) {
        return buffer.getLong(knowledgeTimeOffset + (index << 3));
    }

    /**
     * The reference of a point.
     *
     * @param index 0 to capacity - 1.
     * @return the caller's reference, {@code Long.MIN_VALUE} for none.
     */
    public long reference(final int index) {
        return buffer.getLong(referenceOffset + (index << 3));
    }

    /**
     * Finds the last point that is not behind a place in time.
     *
     * @param time      valid time of the place.
     * @param reference of the place.
     * @return index of the last point with (time, reference) at or before it, -1 if there is none.
     */
    public int floor(final long time, final long reference) {
        int low = 0;
        int high = count();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final long t = time(middle);
            if (t < time || t == time && reference(middle) <= reference) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    void put(final int index, final long time, final long value, final long knowledgeTime, final long reference) {
        buffer.putLong(VALID_TIME_OFFSET + (index << 3), time);
        buffer.putLong(valueOffset + (index << 3), value);
        buffer.putLong(knowledgeTimeOffset + (index << 3), knowledgeTime);
        buffer.putLong(referenceOffset + (index << 3), reference);
    }

    void count(final int count) {
        buffer.putInt(COUNT_OFFSET, count);
    }

    void previous(final long block) {
        buffer.putLong(PREVIOUS_OFFSET, block);
    }

    void next(final long block) {
        buffer.putLong(NEXT_OFFSET, block);
    }

    /** Moves the points from an index on up by one place. */
    void shiftUp(final int index) {
        final int length = (count() - index) << 3;
        if (length > 0) {
            shiftColumn(VALID_TIME_OFFSET, index, length);
            shiftColumn(valueOffset, index, length);
            shiftColumn(knowledgeTimeOffset, index, length);
            shiftColumn(referenceOffset, index, length);
        }
    }

    /** Takes a point out, and moves those behind it down by one place. */
    void remove(final int index) {
        final int length = (count() - index - 1) << 3;
        if (length > 0) {
            closeColumn(VALID_TIME_OFFSET, index, length);
            closeColumn(valueOffset, index, length);
            closeColumn(knowledgeTimeOffset, index, length);
            closeColumn(referenceOffset, index, length);
        }
        count(count() - 1);
    }

    /** Copies points of another block to the beginning of this one. */
    void copyFrom(final PointBlock source, final int sourceIndex, final int count) {
        final int length = count << 3;
        final int from = sourceIndex << 3;
        buffer.putBytes(VALID_TIME_OFFSET, source.buffer, VALID_TIME_OFFSET + from, length);
        buffer.putBytes(valueOffset, source.buffer, source.valueOffset + from, length);
        buffer.putBytes(knowledgeTimeOffset, source.buffer, source.knowledgeTimeOffset + from, length);
        buffer.putBytes(referenceOffset, source.buffer, source.referenceOffset + from, length);
        count(count);
    }

    private void shiftColumn(final int column, final int index, final int length) {
        final int from = column + (index << 3);
        buffer.putBytes(from + Long.BYTES, buffer, from, length);
    }

    private void closeColumn(final int column, final int index, final int length) {
        final int to = column + (index << 3);
        buffer.putBytes(to, buffer, to + Long.BYTES, length);
    }
}
