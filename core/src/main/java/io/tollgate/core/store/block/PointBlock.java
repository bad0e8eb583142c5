package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.PREVIOUS_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_POINTS;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_VERSIONS;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.block.PointBlockDescriptor.END_KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.END_SEQUENCE_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.HALF_LENGTH;
import static io.tollgate.core.store.block.PointBlockDescriptor.HOT_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.REFERENCE_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.VALID_TIME_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.VALUE_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.coldOffset;
import static io.tollgate.core.store.block.PointBlockDescriptor.endOffset;
import static io.tollgate.core.store.block.PointBlockDescriptor.hotOffset;

import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;

/**
 * A flyweight over a block of points or versions, laid out by {@link PointBlockDescriptor}. The writer changes a block
 * only while the version of its series is odd. Any thread may read, and must validate that version afterwards.
 */
public final class PointBlock {
    private final NativeBuffer buffer = new NativeBuffer();
    private final ReadableBlocks blocks;
    private long blockNumber;
    private int capacity;
    private int coldOffset;

    /** The offset of the ends in a block of versions; 0 in a block of points. */
    private int endOffset;

    /**
     * Creates a flyweight that must be wrapped before use.
     *
     * @param blocks of the store.
     */
    public PointBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /**
     * Wraps another block.
     *
     * @param blockNumber any number.
     * @return false if this is no block of points or versions, and must not be read.
     */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        final int sizeClass = sizeClass(blockNumber);
        if (address == 0 || sizeClass == LARGE) {
            return false;
        }
        buffer.wrap(address, BlockDescriptor.length(sizeClass));
        this.blockNumber = blockNumber;
        if (buffer.getByte(TYPE_OFFSET) == TYPE_POINTS) {
            capacity = PointBlockDescriptor.capacity(sizeClass);
            coldOffset = coldOffset(capacity);
            endOffset = 0;
            return true;
        }
        capacity = PointBlockDescriptor.versionCapacity(sizeClass);
        coldOffset = coldOffset(capacity);
        endOffset = endOffset(capacity);
        return buffer.getByte(TYPE_OFFSET) == TYPE_VERSIONS;
    }

    /**
     * Wraps a block that is known to be a block of points. Its header is not read, because it is in another cache line
     * than most points are.
     *
     * @param blockNumber any number.
     * @return false if this cannot be a block of points, and must not be read.
     */
    public boolean wrapKnown(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        final int sizeClass = sizeClass(blockNumber);
        if (address == 0 || sizeClass == LARGE) {
            return false;
        }
        buffer.wrap(address, BlockDescriptor.length(sizeClass));
        this.blockNumber = blockNumber;
        capacity = PointBlockDescriptor.capacity(sizeClass);
        coldOffset = coldOffset(capacity);
        endOffset = 0;
        return true;
    }

    /**
     * Wraps the next block. It must name this block as the one before it, so that a walk from the first block ends even
     * in a damaged store.
     *
     * @param series whose block it is.
     * @return false if this is the last block.
     * @throws IllegalStateException if the next block names another block.
     */
    public boolean wrapNext(final SeriesRecord series) {
        final long before = blockNumber;
        final long next = next();
        if (next == NO_BLOCK) {
            return false;
        }
        series.requireIntact(wrap(next) && previous() == before);
        return true;
    }

    /** {@return the number of this block} */
    public long blockNumber() {
        return blockNumber;
    }

    /**
     * Returns the number of points that another block can hold; the number of versions if this is a block of versions.
     *
     * @param sizeClass of the other block.
     * @return its capacity.
     */
    public int capacity(final int sizeClass) {
        return endOffset == 0
                ? PointBlockDescriptor.capacity(sizeClass)
                : PointBlockDescriptor.versionCapacity(sizeClass);
    }

    /** {@return the capacity of this block in points} */
    public int capacity() {
        return capacity;
    }

    /** {@return the number of points in this block, 0 to its capacity} */
    public int count() {
        return Math.max(0, Math.min(capacity, buffer.getInt(COUNT_OFFSET)));
    }

    /** {@return the block before this one, {@link BlockDescriptor#NO_BLOCK} if it is the first} */
    public long previous() {
        return buffer.getLong(PREVIOUS_OFFSET);
    }

    /** {@return the block after this one, {@link BlockDescriptor#NO_BLOCK} if it is the last} */
    public long next() {
        return buffer.getLong(NEXT_OFFSET);
    }

    /**
     * Returns the valid time of a point.
     *
     * @param index 0 to capacity - 1.
     * @return nanoseconds since the epoch.
     */
    public long time(final int index) {
        return buffer.getLong(hotOffset(index) + VALID_TIME_OFFSET);
    }

    /**
     * Returns the value of a point.
     *
     * @param index 0 to capacity - 1.
     * @return the scaled value, {@code Long.MIN_VALUE} for unknown.
     */
    public long value(final int index) {
        return buffer.getLong(hotOffset(index) + VALUE_OFFSET);
    }

    /**
     * Appends points of this block to a run.
     *
     * @param run   that ends before the first of them.
     * @param index of the first point.
     * @param added number of points, 0 or more.
     */
    public void append(final RunSummary run, final int index, final int added) {
        run.append(buffer, hotOffset(index), added);
    }

    /**
     * Appends the values of points of this block to the extremes of a run.
     *
     * @param run   whose extremes were {@linkplain RunSummary#restartExtremes() restarted}.
     * @param index of the first point.
     * @param added number of points, 0 or more.
     */
    public void appendExtremes(final RunSummary run, final int index, final int added) {
        run.appendExtremes(buffer, hotOffset(index), added);
    }

    /**
     * Evicts the first points of a run. All evicted points are in this block, except possibly the first.
     *
     * @param run       with more points than are evicted.
     * @param index     of its second point.
     * @param evictions number of evicted points; the block has at least as many from the index on.
     * @return true if the extremes of the run are still exact.
     */
    public boolean evict(final RunSummary run, final int index, final int evictions) {
        return run.evictFirst(buffer, hotOffset(index), evictions);
    }

    /**
     * Returns the knowledge time of a point.
     *
     * @param index 0 to capacity - 1.
     * @return nanoseconds since the epoch.
     */
    public long knowledgeTime(final int index) {
        return buffer.getLong(coldOffset + index * HALF_LENGTH + KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * Returns the reference of a point.
     *
     * @param index 0 to capacity - 1.
     * @return the caller's reference, {@code Long.MIN_VALUE} for none.
     */
    public long reference(final int index) {
        return buffer.getLong(coldOffset + index * HALF_LENGTH + REFERENCE_OFFSET);
    }

    /**
     * Returns when a version was superseded or withdrawn.
     *
     * @param index 0 to capacity - 1, in a block of versions.
     * @return nanoseconds since the epoch.
     */
    public long endKnowledgeTime(final int index) {
        return buffer.getLong(endOffset + index * HALF_LENGTH + END_KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * Returns the sequence of the operation that superseded or withdrew a version.
     *
     * @param index 0 to capacity - 1, in a block of versions.
     * @return the sequence.
     */
    public long endSequence(final int index) {
        return buffer.getLong(endOffset + index * HALF_LENGTH + END_SEQUENCE_OFFSET) >>> 1;
    }

    /**
     * Returns true if a version was withdrawn, false if it was superseded.
     *
     * @param index 0 to capacity - 1, in a block of versions.
     * @return true if it was withdrawn.
     */
    public boolean isWithdrawn(final int index) {
        return (buffer.getLong(endOffset + index * HALF_LENGTH + END_SEQUENCE_OFFSET) & 1) != 0;
    }

    /**
     * Finds the last point at or before a position.
     *
     * @param time      valid time of the position.
     * @param reference of the position.
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

    public void put(
            final int index, final long time, final long value, final long knowledgeTime, final long reference) {
        final int hot = hotOffset(index);
        buffer.putLong(hot + VALID_TIME_OFFSET, time);
        buffer.putLong(hot + VALUE_OFFSET, value);
        final int cold = coldOffset + index * HALF_LENGTH;
        buffer.putLong(cold + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        buffer.putLong(cold + REFERENCE_OFFSET, reference);
    }

    public void putEnd(
            final int index, final long endKnowledgeTime, final long endSequence, final boolean isWithdrawn) {
        final int end = endOffset + index * HALF_LENGTH;
        buffer.putLong(end + END_KNOWLEDGE_TIME_OFFSET, endKnowledgeTime);
        buffer.putLong(end + END_SEQUENCE_OFFSET, endSequence << 1 | (isWithdrawn ? 1 : 0));
    }

    public void count(final int count) {
        buffer.putInt(COUNT_OFFSET, count);
    }

    public void previous(final long block) {
        buffer.putLong(PREVIOUS_OFFSET, block);
    }

    public void next(final long block) {
        buffer.putLong(NEXT_OFFSET, block);
    }

    /** Moves the points at and after an index up by one place. */
    public void shiftUp(final int index) {
        move(index, index + 1, count() - index);
    }

    /** Removes a point, and moves the points after it down by one place. */
    public void remove(final int index) {
        move(index + 1, index, count() - index - 1);
        count(count() - 1);
    }

    /** Copies points of another block to the beginning of this one. */
    public void copyFrom(final PointBlock source, final int sourceIndex, final int count) {
        final int length = count * HALF_LENGTH;
        final int from = sourceIndex * HALF_LENGTH;
        buffer.putBytes(HOT_OFFSET, source.buffer, HOT_OFFSET + from, length);
        buffer.putBytes(coldOffset, source.buffer, source.coldOffset + from, length);
        if (endOffset != 0) {
            buffer.putBytes(endOffset, source.buffer, source.endOffset + from, length);
        }
        count(count);
    }

    private void move(final int from, final int to, final int count) {
        if (count > 0) {
            final int length = count * HALF_LENGTH;
            buffer.putBytes(hotOffset(to), buffer, hotOffset(from), length);
            buffer.putBytes(coldOffset + to * HALF_LENGTH, buffer, coldOffset + from * HALF_LENGTH, length);
            if (endOffset != 0) {
                buffer.putBytes(endOffset + to * HALF_LENGTH, buffer, endOffset + from * HALF_LENGTH, length);
            }
        }
    }
}
