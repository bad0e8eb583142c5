package io.tollgate.core.number;

import static io.tollgate.core.number.ReadableRunSummary.UNKNOWN;
import static io.tollgate.core.number.RunSummaryDescriptor.FIRST_KNOWN_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.LAST_KNOWN_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.MAX_OFFSET;
import static io.tollgate.core.number.RunSummaryDescriptor.MIN_OFFSET;

import io.tollgate.core.memory.NativeBuffer;

/**
 * The smallest, largest, first and last known value of a run, {@link RunSummary#UNKNOWN} if there is none. Extremes
 * have no inverse: after a value has left, the summary alone may not determine them. A first or last value that is
 * undetermined is UNKNOWN too. Not safe for use by several threads.
 */
final class Extremes {
    long min;
    long max;
    long first;
    long last;

    /** Sets these to the extremes of a single value, which may be UNKNOWN. */
    void restart(final long value) {
        min = value;
        max = value;
        first = value;
        last = value;
    }

    void copyFrom(final Extremes other) {
        min = other.min;
        max = other.max;
        first = other.first;
        last = other.last;
    }

    /** Appends the extremes of the following run. */
    void append(final Extremes right) {
        include(right.min, right.max);
        first = first == UNKNOWN ? right.first : first;
        last = right.last == UNKNOWN ? last : right.last;
    }

    /** Appends one value. */
    void append(final long value) {
        include(value, value);
        first = first == UNKNOWN ? value : first;
        last = value == UNKNOWN ? last : value;
    }

    /**
     * Appends values.
     *
     * @param points times and values of points, as in {@link RunSummary#append(NativeBuffer, int, int)}.
     * @param offset of the first point.
     * @param count  number of points.
     */
    void append(final NativeBuffer points, final int offset, final int count) {
        long belowMin = min - 1;
        long largest = max;
        long firstKnown = first;
        long lastKnown = last;
        for (int i = 0, at = offset + Long.BYTES; i < count; i++, at += RunSummary.POINT_LENGTH) {
            final long value = points.getLong(at);
            belowMin = Math.min(belowMin, value - 1);
            largest = Math.max(largest, value);
            firstKnown = firstKnown == UNKNOWN ? value : firstKnown;
            lastKnown = value == UNKNOWN ? lastKnown : value;
        }
        min = belowMin + 1;
        max = largest;
        first = firstKnown;
        last = lastKnown;
    }

    /** Prepends one value. */
    void prepend(final long value) {
        include(value, value);
        first = value == UNKNOWN ? first : value;
        last = last == UNKNOWN ? value : last;
    }

    /**
     * Removes the first of two or more values.
     *
     * @return whether the extremes are still right.
     */
    boolean evictFirst(final long value, final long next) {
        if (value == UNKNOWN) {
            return true;
        }
        first = next;
        return next == value || (next != UNKNOWN && value != min && value != max);
    }

    /**
     * Changes one value of a run of two or more from {@code left} to {@code came}. An insertion is a change from
     * UNKNOWN, and a removal a change to UNKNOWN: for the known values the effect is the same.
     *
     * @param previous the value before it, UNKNOWN if it is the first.
     * @param next     the value after it, UNKNOWN if it is the last.
     * @param outset   the value of the run's first point, after the change.
     * @param end      the value of the run's last point, after the change.
     * @return whether the extremes are still right.
     */
    boolean turn(
            final long previous, final long left, final long came, final long next, final long outset, final long end) {
        if (left == came) {
            return true;
        }
        first = edge(first, outset, previous, left, came, next);
        last = edge(last, end, next, left, came, previous);
        final boolean repeated = left == UNKNOWN || previous == left || next == left;
        final boolean minRight = repeated || left != min || (came != UNKNOWN && came < left);
        final boolean maxRight = repeated || left != max || came > left;
        include(came, came);
        return minRight && maxRight && first != UNKNOWN && last != UNKNOWN;
    }

    void load(final NativeBuffer buffer, final long offset) {
        first = buffer.getLong(offset + FIRST_KNOWN_OFFSET);
        last = buffer.getLong(offset + LAST_KNOWN_OFFSET);
        min = buffer.getLong(offset + MIN_OFFSET);
        max = buffer.getLong(offset + MAX_OFFSET);
    }

    void store(final NativeBuffer buffer, final long offset) {
        buffer.putLong(offset + FIRST_KNOWN_OFFSET, first);
        buffer.putLong(offset + LAST_KNOWN_OFFSET, last);
        buffer.putLong(offset + MIN_OFFSET, min);
        buffer.putLong(offset + MAX_OFFSET, max);
    }

    /*
     * UNKNOWN is the smallest long: it never wins max, and minus 1 it wraps round to the largest, so it never wins min.
     */
    private void include(final long smallest, final long largest) {
        min = Math.min(min - 1, smallest - 1) + 1;
        max = Math.max(max, largest);
    }

    /**
     * Returns the known value nearest to one end of the run after a change, UNKNOWN if the arguments do not determine
     * it.
     *
     * @param current  that value before the change.
     * @param endmost  the value of the point at that end, after the change.
     * @param outer    the neighbour towards that end.
     * @param inner    the neighbour away from that end.
     */
    private static long edge(
            final long current,
            final long endmost,
            final long outer,
            final long left,
            final long came,
            final long inner) {
        if (endmost != UNKNOWN) {
            return endmost;
        }
        if (outer != UNKNOWN || (left != UNKNOWN && left != current)) {
            return current;
        }
        if (current == UNKNOWN) {
            return came;
        }
        final boolean same = left == UNKNOWN ? came == current : came == UNKNOWN && inner == current;
        return same ? current : UNKNOWN;
    }
}
