package io.tollgate.core.window;

import static io.tollgate.core.number.NarrowSummaryDescriptor.CHANGES_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.COUNT_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.DURATION_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.FIRST_MOMENT_HIGH_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.FIRST_MOMENT_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.FIRST_VALUE_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.MAX_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.MIN_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.SECOND_MOMENT_MIDDLE_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.SECOND_MOMENT_OFFSET;
import static io.tollgate.core.number.NarrowSummaryDescriptor.SECOND_MOMENT_UPPER_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.VALID_TIME_OFFSET;
import static io.tollgate.core.store.block.PointBlockDescriptor.VALUE_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.EVICT_GAP_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.EVICT_TIME_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.SUMMARY_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_BLOCK_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_COUNT_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_INDEX_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.evictGap;
import static io.tollgate.core.window.WindowStateDescriptor.evictGapNs;

import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.UnsignedMath;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.ReadableBlocks;

/**
 * Moves a narrow state by one appended point, in place: the same additions and subtractions as {@link WindowRun}, in
 * one or two words instead of two or three. A point that does not fit, or that needs more than the state itself, is
 * left to {@link WindowRun}: its value or the next first value is wide or unknown, an extreme may leave, or the point
 * after a leaving one is in another block. The new point never leaves itself, because the count of points in the block
 * of the tail does not include it. Writer only.
 */
final class NarrowAppend {
    private static final int MAX_COUNT = WindowStateDescriptor.maxCount(BlockDescriptor.LARGE);
    private static final int MAX_LENGTH = BlockDescriptor.length(BlockDescriptor.DOUBLE);

    private final ReadableBlocks blocks;
    private final WindowStateBlock states;
    private final NativeBuffer buffer;

    /** The block of the tail. */
    private final NativeBuffer points = new NativeBuffer();

    /** The address of the block of each tail, 0 if there is none. */
    private final long[] tailAddresses = new long[MAX_COUNT];

    /** The index before which the value after a tail must be. */
    private final int[] tailEnds = new int[MAX_COUNT];

    /** The value after each tail, UNKNOWN if it is not in the block. */
    private final long[] nextValues = new long[MAX_COUNT];

    NarrowAppend(final ReadableBlocks blocks, final WindowStateBlock states) {
        this.blocks = blocks;
        this.states = states;
        buffer = states.buffer();
    }

    /**
     * Appends an event to the state of a FLOW window, and evicts the events that leave, after {@link #loadTails}.
     *
     * @param lastValue of the frontier before.
     * @return false if the state is unchanged, because the point is left to {@link WindowRun}.
     */
    boolean appendEvent(final int window, final long time, final long value, final long lastValue) {
        final long at = states.stateOffset(window);
        final long summary = at + SUMMARY_OFFSET;
        int count = buffer.getInt(summary + COUNT_OFFSET) + 1;
        if ((int) value != value || count < 0) {
            return false;
        }
        final long startNs = SlidingWindow.startNs(time, states.lengthNs(window));
        final long min = Math.min(buffer.getInt(summary + MIN_OFFSET), value);
        final long max = Math.max(buffer.getInt(summary + MAX_OFFSET), value);
        int changes = buffer.getInt(summary + CHANGES_OFFSET) + (value == lastValue ? 0 : 1);
        long sum = buffer.getLong(summary + FIRST_MOMENT_OFFSET) + value;
        long square = value * value;
        long low = buffer.getLong(summary + SECOND_MOMENT_OFFSET) + square;
        long upper = buffer.getInt(summary + SECOND_MOMENT_UPPER_OFFSET) + UnsignedMath.carry(low, square);
        long first = buffer.getInt(summary + FIRST_VALUE_OFFSET);
        long evictTime = buffer.getLong(at + EVICT_TIME_OFFSET);
        int tail = buffer.getShort(at + TAIL_INDEX_OFFSET);
        int gap = buffer.getInt(at + EVICT_GAP_OFFSET);
        if (evictTime <= startNs) {
            final int end = wrapTail(window);
            final long nextFromNs = evictTime + evictGapNs(gap);
            long next = nextValues[window];
            do {
                tail++;
                if (!canLeave(first, next, min, max)) {
                    return false;
                }
                square = first * first;
                upper -= UnsignedMath.borrow(low, square);
                low -= square;
                sum -= first;
                changes -= next == first ? 0 : 1;
                count--;
                first = next;
                evictTime = time(tail);
                next = value(tail + 1, end);
            } while (nextFromNs <= startNs && evictTime <= startNs);
            gap = tail + 1 < end ? evictGap(evictTime, time(tail + 1)) : 0;
        }
        if ((int) upper != upper) {
            return false;
        }
        buffer.putLong(summary + FIRST_MOMENT_OFFSET, sum);
        buffer.putLong(summary + SECOND_MOMENT_OFFSET, low);
        buffer.putInt(summary + SECOND_MOMENT_UPPER_OFFSET, (int) upper);
        store(at, tail, gap, evictTime, count, changes, first, min, max);
        return true;
    }

    /**
     * Appends a level to the state of a STEP window, and evicts the levels that leave, after {@link #loadTails}.
     *
     * @param lastTime  of the frontier before.
     * @param lastValue of the frontier before.
     * @return false if the state is unchanged, because the point is left to {@link WindowRun}.
     */
    boolean appendLevel(
            final int window, final long time, final long value, final long lastTime, final long lastValue) {
        final long at = states.stateOffset(window);
        final long summary = at + SUMMARY_OFFSET;
        int count = buffer.getInt(summary + COUNT_OFFSET) + 1;
        if ((int) value != value || count <= 2) {
            return false;
        }
        final long startNs = SlidingWindow.startNs(time, states.lengthNs(window));
        final long min = Math.min(buffer.getInt(summary + MIN_OFFSET), value);
        final long max = Math.max(buffer.getInt(summary + MAX_OFFSET), value);
        int changes = buffer.getInt(summary + CHANGES_OFFSET) + (value == lastValue ? 0 : 1);
        long weight = time - lastTime;
        long duration = buffer.getLong(summary + DURATION_OFFSET) + weight;
        long term = lastValue * weight;
        long low = buffer.getLong(summary + FIRST_MOMENT_OFFSET) + term;
        long high = buffer.getLong(summary + FIRST_MOMENT_HIGH_OFFSET)
                + UnsignedMath.multiplyHigh(lastValue, weight)
                + UnsignedMath.carry(low, term);
        long square = lastValue * lastValue;
        term = square * weight;
        long squareLow = buffer.getLong(summary + SECOND_MOMENT_OFFSET) + term;
        long squareHigh = buffer.getLong(summary + SECOND_MOMENT_MIDDLE_OFFSET)
                + UnsignedMath.multiplyHigh(square, weight)
                + UnsignedMath.carry(squareLow, term);
        long first = buffer.getInt(summary + FIRST_VALUE_OFFSET);
        long firstTime = buffer.getLong(summary + FIRST_TIME_OFFSET);
        long evictTime = buffer.getLong(at + EVICT_TIME_OFFSET);
        int tail = buffer.getShort(at + TAIL_INDEX_OFFSET);
        int gap = buffer.getInt(at + EVICT_GAP_OFFSET);
        if (evictTime <= startNs) {
            final int end = wrapTail(window);
            final long nextFromNs = evictTime + evictGapNs(gap);
            long next = nextValues[window];
            do {
                tail++;
                if (!canLeave(first, next, min, max)) {
                    return false;
                }
                weight = evictTime - firstTime;
                duration -= weight;
                term = first * weight;
                high -= UnsignedMath.multiplyHigh(first, weight) + UnsignedMath.borrow(low, term);
                low -= term;
                square = first * first;
                term = square * weight;
                squareHigh -= UnsignedMath.multiplyHigh(square, weight) + UnsignedMath.borrow(squareLow, term);
                squareLow -= term;
                changes -= next == first ? 0 : 1;
                count--;
                first = next;
                firstTime = evictTime;
                evictTime = time(tail + 1);
                next = value(tail + 1, end);
            } while (nextFromNs <= startNs && evictTime <= startNs);
            gap = tail + 1 < end ? evictGap(evictTime, time(tail + 2)) : 0;
        }
        storeStretches(summary, firstTime, duration, low, high, squareLow, squareHigh);
        store(at, tail, gap, evictTime, count, changes, first, min, max);
        return true;
    }

    /**
     * Finds the blocks of all tails, and loads the value after each tail. The processor waits for all of these values
     * at the same time. Headers of blocks are not read, because most points are in other cache lines.
     *
     * @param stepsAhead how many points after the next one must be in the block: their times are needed.
     */
    void loadTails(final int stepsAhead) {
        for (int i = 0; i < states.count(); i++) {
            final long at = states.stateOffset(i);
            final long block = buffer.getLong(at + TAIL_BLOCK_OFFSET);
            final long address = blocks.address(block);
            final int capacity = address == 0 ? 0 : PointBlockDescriptor.capacity(BlockDescriptor.sizeClass(block));
            final int end = Math.min(buffer.getShort(at + TAIL_COUNT_OFFSET), capacity) - stepsAhead;
            points.wrap(address, MAX_LENGTH);
            tailAddresses[i] = address;
            tailEnds[i] = end;
            nextValues[i] = value(buffer.getShort(at + TAIL_INDEX_OFFSET) + 1, end);
        }
    }

    /** Wraps the block of a tail; returns the index before which the value after the tail must be. */
    private int wrapTail(final int window) {
        points.wrap(tailAddresses[window], MAX_LENGTH);
        return tailEnds[window];
    }

    private long time(final int index) {
        return points.getLong(PointBlockDescriptor.hotOffset(index) + VALID_TIME_OFFSET);
    }

    /** Returns the value of a point after the first, UNKNOWN if the block of the tail ends before it. */
    private long value(final int index, final int end) {
        return index < 1 || index >= end
                ? RunSummary.UNKNOWN
                : points.getLong(PointBlockDescriptor.hotOffset(index) + VALUE_OFFSET);
    }

    /** Returns true if the extremes stay right after the first value has left, and the next one is narrow and known. */
    private static boolean canLeave(final long first, final long next, final long min, final long max) {
        return (first != min && first != max || next == first) && (int) next == next;
    }

    private void storeStretches(
            final long summary,
            final long firstTime,
            final long duration,
            final long low,
            final long high,
            final long squareLow,
            final long squareHigh) {
        buffer.putLong(summary + FIRST_TIME_OFFSET, firstTime);
        buffer.putLong(summary + DURATION_OFFSET, duration);
        buffer.putLong(summary + FIRST_MOMENT_OFFSET, low);
        buffer.putLong(summary + FIRST_MOMENT_HIGH_OFFSET, high);
        buffer.putLong(summary + SECOND_MOMENT_OFFSET, squareLow);
        buffer.putLong(summary + SECOND_MOMENT_MIDDLE_OFFSET, squareHigh);
    }

    private void store(
            final long at,
            final int tail,
            final int gap,
            final long evictTime,
            final int count,
            final int changes,
            final long first,
            final long min,
            final long max) {
        buffer.putShort(at + TAIL_INDEX_OFFSET, (short) tail);
        buffer.putInt(at + EVICT_GAP_OFFSET, gap);
        buffer.putLong(at + EVICT_TIME_OFFSET, evictTime);
        final long summary = at + SUMMARY_OFFSET;
        buffer.putInt(summary + COUNT_OFFSET, count);
        buffer.putInt(summary + CHANGES_OFFSET, changes);
        buffer.putInt(summary + FIRST_VALUE_OFFSET, (int) first);
        buffer.putInt(summary + MIN_OFFSET, (int) min);
        buffer.putInt(summary + MAX_OFFSET, (int) max);
    }
}
