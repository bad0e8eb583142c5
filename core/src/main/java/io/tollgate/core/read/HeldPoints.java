package io.tollgate.core.read;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import java.util.Objects;

/**
 * A reading of points one by one: the first ones, as many as it has room for, and how many there are in all. Used by
 * one thread.
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
     * An empty list.
     *
     * @param quotients used to convert values, by the same thread.
     * @param name      of the number, for the message that refuses it.
     * @param maxPoints how many it holds at most.
     * @throws IllegalArgumentException if that is out of range.
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

    /** Begins anew. */
    final void clear(final int scaleOfValues) {
        scale = scaleOfValues;
        unread = Status.OK;
        count = 0;
    }

    /** Becomes one that was not read: CONTENDED or FORGOTTEN. */
    final void none(final Status status) {
        clear(0);
        unread = status;
    }

    /** Adds the next point; its index, or -1 where there is no room for it. */
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

    /** {@return what the list is worth} */
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

    /** {@return how many there are in all} */
    public final long count() {
        return count;
    }

    /** {@return how many it holds} */
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

    /** The instant at which a point became known. */
    public final long knowledgeTimeNs(final int index) {
        return knowledgeTimes[held(index)];
    }

    /** The reference of a point. */
    public final long reference(final int index) {
        return references[held(index)];
    }

    /** The index, if the list holds a point there. */
    final int held(final int index) {
        return Objects.checkIndex(index, heldCount());
    }
}
