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
import static io.tollgate.core.window.WindowStateDescriptor.EVICT_GAP_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.EVICT_TIME_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.SUMMARY_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_INDEX_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.evictGap;
import static io.tollgate.core.window.WindowStateDescriptor.evictGapNs;

import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.UnsignedMath;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;

/**
 * Moves a narrow state by one appended point, in place: the same additions and subtractions as {@link WindowRun}, in
 * one or two words instead of two or three. A point that does not fit, or that needs more than the state itself, is
 * left to {@link WindowRun}: its value or the next first value is wide or unknown, an extreme may leave, or the point
 * after a leaving one is in another block. The new point never leaves itself, because the count of points in the block
 * of the tail does not include it. Writer only.
 */
final class NarrowAppend {
    private final WindowStateBlock states;
    private final NativeBuffer buffer;
    private final PointBlock points;

    NarrowAppend(final ReadableBlocks blocks, final WindowStateBlock states) {
        this.states = states;
        buffer = states.buffer();
        points = new PointBlock(blocks);
    }

    /**
     * Appends an event to the state of a FLOW window, and evicts the events that leave.
     *
     * @param lastValue of the frontier before.
     * @return false if the state is unchanged, because the point is left to {@link WindowRun}.
     */
    boolean appendEvent(final int window, final long time, final long value, final long lastValue) {
        final int at = states.stateOffset(window);
        final int summary = at + SUMMARY_OFFSET;
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
            do {
                tail++;
                if (tail < 1 || tail >= end || !canLeave(first, points.value(tail), min, max)) {
                    return false;
                }
                final long next = points.value(tail);
                square = first * first;
                upper -= UnsignedMath.borrow(low, square);
                low -= square;
                sum -= first;
                changes -= next == first ? 0 : 1;
                count--;
                first = next;
                evictTime = points.time(tail);
            } while (nextFromNs <= startNs && evictTime <= startNs);
            gap = tail + 1 < end ? evictGap(evictTime, points.time(tail + 1)) : 0;
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
     * Appends a level to the state of a STEP window, and evicts the levels that leave.
     *
     * @param lastTime  of the frontier before.
     * @param lastValue of the frontier before.
     * @return false if the state is unchanged, because the point is left to {@link WindowRun}.
     */
    boolean appendLevel(
            final int window, final long time, final long value, final long lastTime, final long lastValue) {
        final int at = states.stateOffset(window);
        final int summary = at + SUMMARY_OFFSET;
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
            final int end = wrapTail(window) - 1;
            final long nextFromNs = evictTime + evictGapNs(gap);
            do {
                tail++;
                if (tail < 1 || tail >= end || !canLeave(first, points.value(tail), min, max)) {
                    return false;
                }
                final long next = points.value(tail);
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
                evictTime = points.time(tail + 1);
            } while (nextFromNs <= startNs && evictTime <= startNs);
            gap = tail + 1 < end ? evictGap(evictTime, points.time(tail + 2)) : 0;
        }
        storeStretches(summary, firstTime, duration, low, high, squareLow, squareHigh);
        store(at, tail, gap, evictTime, count, changes, first, min, max);
        return true;
    }

    /** Wraps the block of the tail; returns how many of its points are known to be at or before the frontier. */
    private int wrapTail(final int window) {
        return points.wrapKnown(states.tailBlock(window)) ? Math.min(points.capacity(), states.tailCount(window)) : 0;
    }

    /** Returns true if the extremes stay right after the first value has left, and the next one is narrow and known. */
    private static boolean canLeave(final long first, final long next, final long min, final long max) {
        return (first != min && first != max || next == first) && (int) next == next;
    }

    private void storeStretches(
            final int summary,
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
            final int at,
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
        final int summary = at + SUMMARY_OFFSET;
        buffer.putInt(summary + COUNT_OFFSET, count);
        buffer.putInt(summary + CHANGES_OFFSET, changes);
        buffer.putInt(summary + FIRST_VALUE_OFFSET, (int) first);
        buffer.putInt(summary + MIN_OFFSET, (int) min);
        buffer.putInt(summary + MAX_OFFSET, (int) max);
    }
}
