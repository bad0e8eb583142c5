package io.tollgate.core.number;

import static io.tollgate.core.number.RunSummaryDescriptor.COUNT_OFFSET;

import io.tollgate.core.memory.NativeBuffer;

/**
 * The summary of a contiguous run of points of one series in time order, used by windows, tree nodes and blocks. All
 * values are exact: appending, merging, splitting and evicting in any order that leaves the same points gives the same
 * bits.
 *
 * <p>A run of a FLOW series holds events, each with the weight 1. A run of a STEP series is time-weighted: the weight
 * of a value is the time in ns until the next point of the run, and the last point has no weight yet. A value of a STEP
 * series may be {@link #UNKNOWN}: it counts only in {@link #count()} and {@link #changes()}.
 *
 * <p>A summary may be {@linkplain #clear(boolean, boolean) extended}: all operations then also keep the third and
 * fourth moments and the moments with time, which {@link ShapeQuotients} needs, and take some 50 to 100 ns longer.
 *
 * <p>Times are any longs except {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE}, so the difference of two times is an
 * unsigned long. Values are any longs except {@link Long#MIN_VALUE}. Arguments are trusted: they are checked when
 * points enter the engine, and no method here throws.
 *
 * <p>Sums have an inverse; extremes (min, max, first and last known value) have none. If an operation returns
 * {@code false}, all fields are right except the extremes. They must then be renewed by {@link #renewExtremes} before
 * they are read; a later {@code true} does not repair them.
 *
 * <p>Not safe for use by several threads. No method allocates.
 */
public final class RunSummary extends ReadableRunSummary {
    /** Bytes of each of the following evicted points: its time and its value. */
    static final int POINT_LENGTH = 2 * Long.BYTES;

    /** Creates the summary of an empty FLOW run. */
    public RunSummary() {
        clear(false);
    }

    /**
     * Clears this to the summary of an empty run.
     *
     * @param timeWeighted true for STEP, false for FLOW.
     * @return this.
     */
    public RunSummary clear(final boolean timeWeighted) {
        return clear(timeWeighted, false);
    }

    /**
     * Clears this to the summary of an empty run.
     *
     * @param timeWeighted true for STEP, false for FLOW.
     * @param isExtended   whether to also keep the moments of the extended part.
     * @return this.
     */
    public RunSummary clear(final boolean timeWeighted, final boolean isExtended) {
        this.timeWeighted = timeWeighted;
        count = 0;
        firstTime = UNKNOWN;
        lastTime = UNKNOWN;
        firstValue = UNKNOWN;
        lastValue = UNKNOWN;
        changes = 0;
        moments.clear(isExtended);
        extremes.restart(UNKNOWN);
        return this;
    }

    /**
     * Copies another summary.
     *
     * @param other any summary.
     * @return this.
     */
    public RunSummary copyFrom(final RunSummary other) {
        timeWeighted = other.timeWeighted;
        count = other.count;
        firstTime = other.firstTime;
        lastTime = other.lastTime;
        firstValue = other.firstValue;
        lastValue = other.lastValue;
        changes = other.changes;
        moments.copyFrom(other.moments);
        extremes.copyFrom(other.extremes);
        return this;
    }

    /**
     * Appends a point.
     *
     * @param time  at or after {@link #lastTime()}.
     * @param value {@link #UNKNOWN} only in STEP.
     */
    public void append(final long time, final long value) {
        if (count == 0) {
            start(time, value);
            return;
        }
        if (timeWeighted) {
            moments.weigh(lastValue, lastTime, time);
        } else {
            moments.add(time, value);
        }
        changes += differing(lastValue, value);
        count++;
        lastTime = time;
        lastValue = value;
        extremes.append(value);
    }

    /**
     * Appends points: the same as {@link #append(long, long)} for each of them, but faster.
     *
     * @param points holds time and value of each point, 8 bytes each.
     * @param offset of the first of them.
     * @param added  number of points, 0 or more.
     */
    public void append(final NativeBuffer points, final int offset, final int added) {
        int at = offset;
        int left = added;
        while (left > 0 && (count == 0 || moments.isExtended)) {
            append(points.getLong(at), points.getLong(at + Long.BYTES));
            at += POINT_LENGTH;
            left--;
        }
        if (left > 0) {
            moments.add(timeWeighted, lastTime, lastValue, points, at, left);
            extremes.append(points, at, left);
            count += left;
            for (int i = 0; i < left; i++, at += POINT_LENGTH) {
                final long value = points.getLong(at + Long.BYTES);
                changes += differing(lastValue, value);
                lastValue = value;
            }
            lastTime = points.getLong(at - POINT_LENGTH);
        }
    }

    /**
     * Appends the run that follows this one. In STEP the last value of this run is weighted until the first point of
     * the right one. This summary stays {@linkplain #isExtended() extended} only if the right one is extended or empty.
     *
     * @param right of the same kind, beginning at or after {@link #lastTime()}; either run may be empty.
     */
    public void append(final RunSummary right) {
        if (right.count == 0) {
            return;
        }
        if (count == 0) {
            final boolean isExtended = moments.isExtended;
            copyFrom(right);
            moments.isExtended &= isExtended;
            return;
        }
        if (timeWeighted) {
            moments.weigh(lastValue, lastTime, right.firstTime);
        }
        moments.add(right.moments);
        changes += right.changes + differing(lastValue, right.firstValue);
        count += right.count;
        lastTime = right.lastTime;
        lastValue = right.lastValue;
        extremes.append(right.extremes);
    }

    /**
     * Prepends a point.
     *
     * @param time  at or before {@link #firstTime()}.
     * @param value {@link #UNKNOWN} only in STEP.
     */
    public void prepend(final long time, final long value) {
        if (count == 0) {
            start(time, value);
            return;
        }
        if (timeWeighted) {
            moments.weigh(value, time, firstTime);
        } else {
            moments.add(time, value);
        }
        changes += differing(value, firstValue);
        count++;
        firstTime = time;
        firstValue = value;
        extremes.prepend(value);
    }

    /**
     * Evicts the first points. This summary is no longer {@linkplain #isExtended() extended} then.
     *
     * @param points    holds the points after the first one: time and value of each, 8 bytes each.
     * @param offset    of the second point of the run.
     * @param evictions number of points to evict, 1 to {@link #count()} - 1.
     * @return whether the extremes are still right. They are wrong if the evicted value was the smallest or largest and
     *     the next one differs, or if it was known and the next one is not. They are always right if one point is left.
     */
    public boolean evictFirst(final NativeBuffer points, final int offset, final int evictions) {
        moments.subtractFirst(timeWeighted, firstTime, firstValue, points, offset, evictions);
        long value = firstValue;
        boolean isExact = true;
        for (int i = 0, at = offset + Long.BYTES; i < evictions; i++, at += POINT_LENGTH) {
            final long next = points.getLong(at);
            changes -= differing(value, next);
            isExact &= extremes.evictFirst(value, next);
            value = next;
        }
        count -= evictions;
        firstTime = points.getLong(offset + (evictions - 1) * POINT_LENGTH);
        firstValue = value;
        if (count == 1) {
            extremes.restart(value);
            return true;
        }
        return isExact;
    }

    /**
     * Inserts a point between two neighbours. Points of one instant may be in any order.
     *
     * @param previousTime  the time of the previous point.
     * @param previousValue the value of the previous point.
     * @param time          from {@code previousTime} to {@code nextTime}.
     * @param value         {@link #UNKNOWN} only in STEP.
     * @param nextTime      the time of the next point.
     * @param nextValue     the value of the next point.
     * @return whether the extremes are still right. They are wrong only if the value is known, and all values that the
     *     arguments and the first or last point show at their end of the run are unknown.
     */
    public boolean insert(
            final long previousTime,
            final long previousValue,
            final long time,
            final long value,
            final long nextTime,
            final long nextValue) {
        if (timeWeighted) {
            moments.unweigh(previousValue, time, nextTime);
            moments.weigh(value, time, nextTime);
        } else {
            moments.add(time, value);
        }
        changes += differing(previousValue, value) + differing(value, nextValue) - differing(previousValue, nextValue);
        count++;
        return extremes.turn(previousValue, UNKNOWN, value, nextValue, firstValue, lastValue);
    }

    /**
     * Removes a point between two neighbours: the inverse of {@link #insert}.
     *
     * @param previousTime  the time of the previous point.
     * @param previousValue the value of the previous point.
     * @param time          the time of the removed point.
     * @param value         the value of the removed point.
     * @param nextTime      the time of the next point.
     * @param nextValue     the value of the next point.
     * @return whether the extremes are still right. They are wrong if the removed value was the smallest or largest and
     *     no neighbour is equal, or if it may have been the first or last known value.
     */
    public boolean remove(
            final long previousTime,
            final long previousValue,
            final long time,
            final long value,
            final long nextTime,
            final long nextValue) {
        if (timeWeighted) {
            moments.unweigh(value, time, nextTime);
            moments.weigh(previousValue, time, nextTime);
        } else {
            moments.subtract(time, value);
        }
        changes += differing(previousValue, nextValue) - differing(previousValue, value) - differing(value, nextValue);
        count--;
        return extremes.turn(previousValue, value, UNKNOWN, nextValue, firstValue, lastValue);
    }

    /**
     * Revises the value of one point in place.
     *
     * @param time          the point's time.
     * @param oldValue      its value so far.
     * @param newValue      its new value, {@link #UNKNOWN} only in STEP.
     * @param isFirst       whether it is the first point of the run.
     * @param isLast        whether it is the last point of the run.
     * @param previousValue the value of the previous point; not read if it is the first.
     * @param nextTime      the time of the next point; not read if it is the last.
     * @param nextValue     the value of the next point; not read if it is the last.
     * @return whether the extremes are still right. They are wrong if the old value was the smallest or largest, no
     *     neighbour is equal and the new value does not go beyond it. They are also wrong if the arguments no longer
     *     determine a first or last known value. They are always right for the only point.
     */
    public boolean replace(
            final long time,
            final long oldValue,
            final long newValue,
            final boolean isFirst,
            final boolean isLast,
            final long previousValue,
            final long nextTime,
            final long nextValue) {
        if (timeWeighted) {
            final long from = isFirst ? firstTime : time;
            final long to = isLast ? lastTime : nextTime;
            moments.unweigh(oldValue, from, to);
            moments.weigh(newValue, from, to);
        } else {
            moments.subtract(time, oldValue);
            moments.add(time, newValue);
        }
        if (isFirst) {
            firstValue = newValue;
        } else {
            changes += differing(previousValue, newValue) - differing(previousValue, oldValue);
        }
        if (isLast) {
            lastValue = newValue;
        } else {
            changes += differing(newValue, nextValue) - differing(oldValue, nextValue);
        }
        if (count == 1) {
            extremes.restart(newValue);
            return true;
        }
        final long previous = isFirst ? UNKNOWN : previousValue;
        final long next = isLast ? UNKNOWN : nextValue;
        return extremes.turn(previous, oldValue, newValue, next, firstValue, lastValue);
    }

    /** Clears the extremes: all values of the run must then be appended in time order. */
    public void restartExtremes() {
        extremes.restart(UNKNOWN);
    }

    /**
     * Appends values of the run to its extremes, see {@link #restartExtremes()}.
     *
     * @param points holds time and value of each point, 8 bytes each.
     * @param offset of the first of them.
     * @param added  number of points, 0 or more.
     */
    public void appendExtremes(final NativeBuffer points, final int offset, final int added) {
        extremes.append(points, offset, added);
    }

    /**
     * Copies the extremes and the changes from a newly computed summary of the same points.
     *
     * @param fresh a summary of the same run.
     */
    public void renewExtremes(final RunSummary fresh) {
        extremes.copyFrom(fresh.extremes);
        changes = fresh.changes;
    }

    /**
     * Moves the start of a STEP run: its first value is weighted from {@code startTime} on. For a run of one point the
     * start may be after {@link #lastTime()}, if {@link #extendEnd} follows before any value is read.
     *
     * @param startTime from {@link #firstTime()} to the time of the second point.
     */
    public void trimStart(final long startTime) {
        moments.unweigh(firstValue, firstTime, startTime);
        firstTime = startTime;
    }

    /**
     * Moves the end of a STEP run: its last value is weighted until {@code endTime}.
     *
     * @param endTime at or after {@link #lastTime()}.
     */
    public void extendEnd(final long endTime) {
        if (endTime != lastTime) {
            moments.weigh(lastValue, lastTime, endTime);
            lastTime = endTime;
        }
    }

    /**
     * Loads the hot part of the stored form; this is not {@linkplain #isExtended() extended}. Zeroed memory is an empty
     * run.
     *
     * @param buffer       the buffer with the summary.
     * @param offset       the offset of the summary, see {@link RunSummaryDescriptor}.
     * @param timeWeighted true for STEP, false for FLOW: it is not stored.
     * @return this.
     */
    public RunSummary load(final NativeBuffer buffer, final long offset, final boolean timeWeighted) {
        count = buffer.getLong(offset + COUNT_OFFSET);
        if (count == 0) {
            return clear(timeWeighted);
        }
        this.timeWeighted = timeWeighted;
        loadAfterCount(buffer, offset);
        return this;
    }

    /**
     * Loads the short form, see {@link NarrowSummaryDescriptor}; this is not {@linkplain #isExtended() extended}.
     *
     * @param buffer       the buffer with the summary.
     * @param offset       the offset of the summary.
     * @param timeWeighted true for STEP, false for FLOW: it is not stored.
     * @param firstTime    of the first point; not read in STEP.
     * @param lastTime     of the last point.
     * @param lastValue    of the last point.
     */
    public void loadNarrow(
            final NativeBuffer buffer,
            final long offset,
            final boolean timeWeighted,
            final long firstTime,
            final long lastTime,
            final long lastValue) {
        this.timeWeighted = timeWeighted;
        this.lastTime = lastTime;
        this.lastValue = lastValue;
        count = buffer.getInt(offset + NarrowSummaryDescriptor.COUNT_OFFSET);
        changes = buffer.getInt(offset + NarrowSummaryDescriptor.CHANGES_OFFSET);
        firstValue = buffer.getInt(offset + NarrowSummaryDescriptor.FIRST_VALUE_OFFSET);
        extremes.first = firstValue;
        extremes.last = lastValue;
        extremes.min = buffer.getInt(offset + NarrowSummaryDescriptor.MIN_OFFSET);
        extremes.max = buffer.getInt(offset + NarrowSummaryDescriptor.MAX_OFFSET);
        if (timeWeighted) {
            this.firstTime = buffer.getLong(offset + NarrowSummaryDescriptor.FIRST_TIME_OFFSET);
            moments.loadNarrowStep(buffer, offset);
        } else {
            this.firstTime = firstTime;
            moments.loadNarrowFlow(buffer, offset);
        }
    }

    /**
     * Loads the complete stored form; this is {@linkplain #isExtended() extended}. Zeroed memory is an empty run.
     *
     * @param buffer       the buffer with the summary.
     * @param offset       the offset of the summary, see {@link RunSummaryDescriptor}.
     * @param timeWeighted true for STEP, false for FLOW: it is not stored.
     * @return this.
     */
    public RunSummary loadExtended(final NativeBuffer buffer, final long offset, final boolean timeWeighted) {
        load(buffer, offset, timeWeighted);
        moments.loadExtended(buffer, offset);
        return this;
    }

    private void start(final long time, final long value) {
        count = 1;
        firstTime = time;
        lastTime = time;
        firstValue = value;
        lastValue = value;
        extremes.restart(value);
        if (!timeWeighted) {
            moments.add(time, value);
        }
    }

    private static long differing(final long left, final long right) {
        return left == right ? 0 : 1;
    }
}
