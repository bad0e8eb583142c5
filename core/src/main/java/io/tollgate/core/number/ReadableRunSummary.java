package io.tollgate.core.number;

import static io.tollgate.core.number.RunSummaryDescriptor.CHANGES_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.COUNT_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.FIRST_VALUE_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.LAST_TIME_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.LAST_VALUE_OFFSET;

import io.tollgate.core.memory.NativeBuffer;

/**
 * The read operations of the summary of a run of points, see {@link RunSummary}. Values are in units of 10^-scale of
 * the series. Not safe for use by several threads while one of them changes it.
 */
public abstract sealed class ReadableRunSummary permits RunSummary {
    /**
     * In a STEP series, the value of a point from which the level is unknown; also the answer of a summary without a
     * value.
     */
    public static final long UNKNOWN = Long.MIN_VALUE;

    final Moments moments = new Moments();
    final Extremes extremes = new Extremes();
    boolean timeWeighted;
    long count;
    long firstTime;
    long lastTime;
    long firstValue;
    long lastValue;
    long changes;

    ReadableRunSummary() {}

    /** {@return whether the run is one of a STEP series, weighted by time} */
    public boolean timeWeighted() {
        return timeWeighted;
    }

    /** {@return whether the moments of the extended part are kept, which {@link ShapeQuotients} needs} */
    public boolean isExtended() {
        return moments.isExtended;
    }

    /** {@return whether the run has no point} */
    public boolean isEmpty() {
        return count == 0;
    }

    /** {@return whether the run has a known value, if the extremes are right} */
    public boolean hasKnown() {
        return extremes.first != UNKNOWN;
    }

    /** {@return the number of points, including those of unknown value} */
    public long count() {
        return count;
    }

    /** {@return the time of the first point in ns, or as set by {@link RunSummary#trimStart}; UNKNOWN if empty} */
    public long firstTime() {
        return firstTime;
    }

    /** {@return the time of the last point in ns, or as set by {@link RunSummary#extendEnd}; UNKNOWN if empty} */
    public long lastTime() {
        return lastTime;
    }

    /** {@return the value of the first point; UNKNOWN if that is unknown or the run is empty} */
    public long firstValue() {
        return firstValue;
    }

    /** {@return the value of the last point; UNKNOWN if that is unknown or the run is empty} */
    public long lastValue() {
        return lastValue;
    }

    /** {@return the first known value, UNKNOWN if there is none} */
    public long firstKnown() {
        return extremes.first;
    }

    /** {@return the last known value, UNKNOWN if there is none} */
    public long lastKnown() {
        return extremes.last;
    }

    /** {@return the smallest known value, UNKNOWN if there is none} */
    public long min() {
        return extremes.min;
    }

    /** {@return the largest known value, UNKNOWN if there is none} */
    public long max() {
        return extremes.max;
    }

    /** {@return the time in ns covered by known values, unsigned; 0 in FLOW} */
    public long duration() {
        return moments.duration;
    }

    /** {@return the number of adjacent points whose values differ; UNKNOWN differs from known values} */
    public long changes() {
        return changes;
    }

    /** {@return the lowest word of {@code sum(value * weight)}, 128 bits} */
    public long firstMomentLow() {
        return moments.firstLow;
    }

    /** {@return the highest word of {@code sum(value * weight)}, with the sign} */
    public long firstMomentHigh() {
        return moments.firstHigh;
    }

    /** {@return the lowest word of {@code sum(value^2 * weight)}, 192 bits} */
    public long secondMomentLow() {
        return moments.secondLow;
    }

    /** {@return the middle word of {@code sum(value^2 * weight)}} */
    public long secondMomentMiddle() {
        return moments.secondMiddle;
    }

    /** {@return the highest word of {@code sum(value^2 * weight)}} */
    public long secondMomentHigh() {
        return moments.secondHigh;
    }

    /**
     * Stores the hot part, {@link RunSummaryDescriptor#HOT_LENGTH} bytes.
     *
     * @param buffer to write to.
     * @param offset of the summary in the buffer.
     */
    public void store(final NativeBuffer buffer, final long offset) {
        buffer.putLong(offset + COUNT_OFFSET, count);
        buffer.putLong(offset + FIRST_TIME_OFFSET, firstTime);
        buffer.putLong(offset + LAST_TIME_OFFSET, lastTime);
        buffer.putLong(offset + FIRST_VALUE_OFFSET, firstValue);
        buffer.putLong(offset + LAST_VALUE_OFFSET, lastValue);
        buffer.putLong(offset + CHANGES_OFFSET, changes);
        moments.store(buffer, offset);
        extremes.store(buffer, offset);
    }

    /**
     * Stores a complete extended summary, {@link RunSummaryDescriptor#LENGTH} bytes.
     *
     * @param buffer to write to.
     * @param offset of the summary in the buffer.
     */
    public void storeExtended(final NativeBuffer buffer, final long offset) {
        store(buffer, offset);
        moments.extended.store(buffer, offset);
    }

    /**
     * Stores the short form, if the numbers fit it: see {@link NarrowSummaryDescriptor}.
     *
     * @param buffer to write to.
     * @param offset of the summary in the buffer.
     * @return false if they do not fit; the buffer is unchanged then.
     */
    public boolean storeNarrow(final NativeBuffer buffer, final long offset) {
        if (!isNarrow()) {
            return false;
        }
        buffer.putInt(offset + NarrowSummaryDescriptor.COUNT_OFFSET, (int) count);
        buffer.putInt(offset + NarrowSummaryDescriptor.CHANGES_OFFSET, (int) changes);
        buffer.putLong(offset + NarrowSummaryDescriptor.FIRST_MOMENT_OFFSET, moments.firstLow);
        buffer.putLong(offset + NarrowSummaryDescriptor.SECOND_MOMENT_OFFSET, moments.secondLow);
        buffer.putInt(offset + NarrowSummaryDescriptor.SECOND_MOMENT_UPPER_OFFSET, (int) moments.secondMiddle);
        buffer.putInt(offset + NarrowSummaryDescriptor.MIN_OFFSET, (int) extremes.min);
        buffer.putInt(offset + NarrowSummaryDescriptor.MAX_OFFSET, (int) extremes.max);
        buffer.putInt(offset + NarrowSummaryDescriptor.FIRST_VALUE_OFFSET, (int) firstValue);
        if (timeWeighted) {
            buffer.putLong(offset + NarrowSummaryDescriptor.FIRST_TIME_OFFSET, firstTime);
            buffer.putLong(offset + NarrowSummaryDescriptor.DURATION_OFFSET, moments.duration);
            buffer.putLong(offset + NarrowSummaryDescriptor.FIRST_MOMENT_HIGH_OFFSET, moments.firstHigh);
            buffer.putLong(offset + NarrowSummaryDescriptor.SECOND_MOMENT_MIDDLE_OFFSET, moments.secondMiddle);
        }
        return true;
    }

    private boolean isNarrow() {
        return (int) count == count
                && count > 0
                && (int) extremes.min == extremes.min
                && (int) extremes.max == extremes.max
                && extremes.first == firstValue
                && extremes.last == lastValue
                && moments.secondHigh == 0
                && (timeWeighted
                        || moments.firstHigh == moments.firstLow >> 63
                                && (int) moments.secondMiddle == moments.secondMiddle);
    }

    /** Loads the hot part except the count. */
    void loadAfterCount(final NativeBuffer buffer, final long offset) {
        firstTime = buffer.getLong(offset + FIRST_TIME_OFFSET);
        lastTime = buffer.getLong(offset + LAST_TIME_OFFSET);
        firstValue = buffer.getLong(offset + FIRST_VALUE_OFFSET);
        lastValue = buffer.getLong(offset + LAST_VALUE_OFFSET);
        changes = buffer.getLong(offset + CHANGES_OFFSET);
        moments.load(buffer, offset);
        extremes.load(buffer, offset);
    }
}
