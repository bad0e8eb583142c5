package io.tollgate.core.metric;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import java.util.Objects;

/** The first points of a list, as many as there is room for, and how many there are in all. Used by one thread. */
final class HeldPoints {
    private static final int MAX_POINTS = 1 << 20;

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
     * @param name      of the number, for the message that refuses it.
     * @param maxPoints how many it holds at most.
     * @throws IllegalArgumentException if that is out of range.
     */
    HeldPoints(final String name, final int maxPoints) {
        if (maxPoints < 1 || maxPoints > MAX_POINTS) {
            throw new IllegalArgumentException(name + "=" + maxPoints + ", expected 1 to " + MAX_POINTS);
        }
        times = new long[maxPoints];
        values = new long[maxPoints];
        knowledgeTimes = new long[maxPoints];
        references = new long[maxPoints];
    }

    /** Begins anew. */
    void clear(final int scaleOfValues) {
        scale = scaleOfValues;
        unread = Status.OK;
        count = 0;
    }

    /** Becomes one that was not read: CONTENDED or FORGOTTEN. */
    void none(final Status status) {
        clear(0);
        unread = status;
    }

    /** Adds the next point; its index, or -1 where there is no room for it. */
    int add(final long time, final long value, final long knowledgeTime, final long reference) {
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

    Status status() {
        if (unread != Status.OK) {
            return unread;
        }
        if (count == 0) {
            return Status.EMPTY;
        }
        return count > times.length ? Status.PARTIAL : Status.OK;
    }

    boolean isRead() {
        return unread == Status.OK;
    }

    long count() {
        return count;
    }

    int heldCount() {
        return (int) Math.min(count, times.length);
    }

    long time(final int index) {
        return times[held(index)];
    }

    double value(final int index, final Quotients quotients) {
        final long value = values[held(index)];
        return value == Decimals.UNKNOWN ? Double.NaN : quotients.decimal(value, scale);
    }

    long scaledValue(final int index) {
        return values[held(index)];
    }

    long knowledgeTime(final int index) {
        return knowledgeTimes[held(index)];
    }

    long reference(final int index) {
        return references[held(index)];
    }

    /** The index, if the list holds a point there. */
    int held(final int index) {
        return Objects.checkIndex(index, heldCount());
    }
}
