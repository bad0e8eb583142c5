package io.tollgate.core.read;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import java.util.Objects;

/**
 * A reading that lists points. It holds the first points, up to its capacity, and counts all of them. Used by one
 * thread.
 */
abstract class HeldPoints {
    private static final int MAX_POINTS = 1 << 20;

    private final Quotients quotients;
    private final long[] times;
    private final long[] values;
    private final long[] knowledgeTimes;
    private final long[] references;
    private Status unread = Status.UNREAD;
    private int scale;
    private long count;

    /**
     * Creates an empty list.
     *
     * @param quotients converts values; used by the same thread.
     * @param name      the name of the capacity argument, for the error message.
     * @param maxPoints the capacity.
     * @throws IllegalArgumentException if the capacity is out of range.
     */
    HeldPoints(final Quotients quotients, final String name, final int maxPoints) {
        if (maxPoints < 1 || maxPoints > MAX_POINTS) {
            throw new IllegalArgumentException(name + "=" + maxPoints + ", expected 1 to " + MAX_POINTS);
        }
        this.quotients = quotients;
        times = new long[maxPoints];
        values = new long[maxPoints];
        knowledgeTimes = new long[maxPoints];
        references = new long[maxPoints];
    }

    final void clear(final int scaleOfValues) {
        scale = scaleOfValues;
        unread = Status.OK;
        count = 0;
    }

    /** Sets a status of a series that was not read: CONTENDED or FORGOTTEN. */
    final void none(final Status status) {
        clear(0);
        unread = status;
    }

    /** Adds the next point. Returns its index, or -1 if the list is full. */
    final int hold(final long time, final long value, final long knowledgeTime, final long reference) {
        if (count++ >= times.length) {
            return -1;
        }
        final int index = (int) count - 1;
        times[index] = time;
        values[index] = value;
        knowledgeTimes[index] = knowledgeTime;
        references[index] = reference;
        return index;
    }

    /** {@return the status of the list} */
    public Status status() {
        if (unread != Status.OK) {
            return unread;
        }
        if (count == 0) {
            return Status.EMPTY;
        }
        return count > times.length ? Status.PARTIAL : Status.OK;
    }

    final boolean isRead() {
        return unread == Status.OK;
    }

    final Quotients quotients() {
        return quotients;
    }

    final int scale() {
        return scale;
    }

    /** {@return the number of all points, including those that did not fit} */
    public final long count() {
        return count;
    }

    /** {@return the number of points in the list} */
    public final int heldCount() {
        return (int) Math.min(count, times.length);
    }

    /** The valid time of a point. */
    public final long validTimeNs(final int index) {
        return times[held(index)];
    }

    /** The value of a point, NaN if it is not known. */
    public final double value(final int index) {
        final long value = values[held(index)];
        return value == Decimals.UNKNOWN ? Double.NaN : quotients.decimal(value, scale);
    }

    /** The scaled value of a point. */
    public final long scaledValue(final int index) {
        return values[held(index)];
    }

    /** The knowledge time of a point. */
    public final long knowledgeTimeNs(final int index) {
        return knowledgeTimes[held(index)];
    }

    /** The reference of a point. */
    public final long reference(final int index) {
        return references[held(index)];
    }

    /** Returns the index if the list holds a point at it, and throws otherwise. */
    final int held(final int index) {
        return Objects.checkIndex(index, heldCount());
    }
}
