package io.tollgate.core.number;

import static io.tollgate.core.number.RunSummaryDescriptor.COUNT_OFFSET;

import io.tollgate.core.memory.NativeBuffer;

/**
 * The summary of a contiguous run of points of one series in time order: what a window, a node of the summary tree and
 * a block have in common. All of it is exact; appending, merging, splitting and evicting in any order that leaves the
 * same points gives the same bits.
 *
 * <p>A run of a FLOW series holds events: each has the weight 1. A run of a STEP series is time-weighted: a value
 * weighs the time in ns until the next point of the run, and the last point weighs nothing yet. A value of a STEP
 * series may be {@link #UNKNOWN}: it counts in {@link #count()} and {@link #changes()}, and nowhere else.
 *
 * <p>A summary may be {@linkplain #clear(boolean, boolean) extended}: then all operations keep the third and fourth
 * moments and those with time too, as {@link ShapeQuotients} needs them, and take some 50 to 100 ns longer.
 *
 * <p>Times are any longs but {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE}, so what lies between two of them is an
 * unsigned long. Values are any longs but {@link Long#MIN_VALUE}. Arguments are trusted: they are checked where points
 * enter the engine, and no method here throws on any.
 *
 * <p>Sums have an inverse; extremes (min, max, first and last known value) have none. An operation that returns
 * {@code false} leaves everything right but the extremes, which must then be renewed by {@link #renewExtremes} before
 * they are read; a later {@code true} does not repair them.
 *
 * <p>Not safe for use by several threads. No method allocates.
 */
public final class RunSummary extends ReadableRunSummary {
    /** Bytes of a point that is evicted with others: its time and its value. */
    static final int POINT_LENGTH = 2 * Long.BYTES;

    /** Makes the summary of an empty FLOW run. */
    public RunSummary() {
        clear(false);
    }

    /**
     * Makes this the summary of an empty run.
     *
     * @param timeWeighted true for STEP, false for FLOW.
     * @return this.
     */
    public RunSummary clear(final boolean timeWeighted) {
        return clear(timeWeighted, false);
    }

    /**
     * Makes this the summary of an empty run.
     *
     * @param timeWeighted true for STEP, false for FLOW.
     * @param isExtended   whether to keep the moments of the extended part too.
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
     * Makes this equal to another summary.
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
     * Appends the run behind this one. In STEP this run's last value weighs until the first point of the right one.
     *
     * @param right of the same kind, beginning at or after {@link #lastTime()}; either run may be empty. Unless it is
     *     {@linkplain #isExtended() extended} or empty, this is no longer.
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
     * Puts a point in front of the run.
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
     * Takes the first points away. This is no longer {@linkplain #isExtended() extended} then.
     *
     * @param points    holds the points behind the first one: time and value of each, 8 bytes each.
     * @param offset    of the second point of the run.
     * @param evictions how many go, 1 to {@link #count()} - 1.
     * @return whether the extremes are still right: false when what left was the smallest or largest value and the next
     *     one is another, or was known and the next one is not; always true when one point is left.
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
     * Inserts a point between two neighbours. Points of one instant may stand in any order.
     *
     * @param previousTime  the time of the point in front.
     * @param previousValue the value of the point in front.
     * @param time          from {@code previousTime} to {@code nextTime}.
     * @param value         {@link #UNKNOWN} only in STEP.
     * @param nextTime      the time of the point behind.
     * @param nextValue     the value of the point behind.
     * @return whether the extremes are still right: false only when the value is known and all that the arguments and
     *     the first or last point tell about their end of the run is unknown.
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
     * Removes a point from between two neighbours: the inverse of {@link #insert}.
     *
     * @param previousTime  the time of the point in front.
     * @param previousValue the value of the point in front.
     * @param time          the time of the point that goes.
     * @param value         the value of the point that goes.
     * @param nextTime      the time of the point behind.
     * @param nextValue     the value of the point behind.
     * @return whether the extremes are still right: false when what left was the smallest or largest value and no
     *     neighbour has the same, or may have been the first or last known value.
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
     * @param newValue      its value from now on, {@link #UNKNOWN} only in STEP.
     * @param isFirst       whether it is the first point of the run.
     * @param isLast        whether it is the last point of the run.
     * @param previousValue the value of the point in front; not read if it is the first.
     * @param nextTime      the time of the point behind; not read if it is the last.
     * @param nextValue     the value of the point behind; not read if it is the last.
     * @return whether the extremes are still right: false when the old value was the smallest or largest, no neighbour
     *     has the same and the new one does not go beyond it, or when a first or last known value is no longer told by
     *     the arguments; always true for the only point.
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

    /** Forgets the extremes: those of all values of the run must then be appended one by one, in time order. */
    public void restartExtremes() {
        extremes.restart(UNKNOWN);
    }

    /**
     * Appends a value of the run to its extremes, see {@link #restartExtremes()}.
     *
     * @param value of the next point.
     */
    public void appendExtreme(final long value) {
        extremes.append(value);
    }

    /**
     * Takes the extremes and the changes from a summary of the same points made afresh.
     *
     * @param fresh a summary of the same run.
     */
    public void renewExtremes(final RunSummary fresh) {
        extremes.copyFrom(fresh.extremes);
        changes = fresh.changes;
    }

    /**
     * Lets a STEP run begin later: its first value weighs from {@code startTime} on. For a run of one point this may
     * lie behind {@link #lastTime()}, if {@link #extendEnd} catches up before anything else is asked.
     *
     * @param startTime from {@link #firstTime()} to the time of the second point.
     */
    public void trimStart(final long startTime) {
        moments.unweigh(firstValue, firstTime, startTime);
        firstTime = startTime;
    }

    /**
     * Lets a STEP run end later: its last value weighs until {@code endTime}.
     *
     * @param endTime at or after {@link #lastTime()}.
     */
    public void extendEnd(final long endTime) {
        moments.weigh(lastValue, lastTime, endTime);
        lastTime = endTime;
    }

    /**
     * Loads the hot part of the stored form; this is not {@linkplain #isExtended() extended}. Zeroed memory is an empty
     * run.
     *
     * @param buffer       that holds it.
     * @param offset       where it begins, see {@link RunSummaryDescriptor}.
     * @param timeWeighted true for STEP, false for FLOW: it is not stored.
     * @return this.
     */
    public RunSummary load(final NativeBuffer buffer, final int offset, final boolean timeWeighted) {
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
     * @param buffer       that holds it.
     * @param offset       where it begins.
     * @param timeWeighted true for STEP, false for FLOW: it is not stored.
     * @param firstTime    of the first point; not read in STEP.
     * @param lastTime     of the last point.
     * @param lastValue    of the last point.
     */
    public void loadNarrow(
            final NativeBuffer buffer,
            final int offset,
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
     * Loads the whole of the stored form; this is {@linkplain #isExtended() extended}. Zeroed memory is an empty run.
     *
     * @param buffer       that holds it.
     * @param offset       where it begins, see {@link RunSummaryDescriptor}.
     * @param timeWeighted true for STEP, false for FLOW: it is not stored.
     * @return this.
     */
    public RunSummary loadExtended(final NativeBuffer buffer, final int offset, final boolean timeWeighted) {
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
