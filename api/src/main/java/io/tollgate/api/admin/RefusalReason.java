package io.tollgate.api.admin;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.series.DuplicatePolicy;

/**
 * Why the engine refused a point or a withdrawal that it had received. What can be refused at the edge never gets that
 * far.
 */
public enum RefusalReason {
    /** The knowledge time lies before the last one of the series. */
    KNOWLEDGE_DECREASES(1),
    /** The clock is {@link ClockMode#KNOWLEDGE} and there is no knowledge time. */
    KNOWLEDGE_MISSING(2),
    /** The store has reached a bound of its limits, or cannot grow any more. */
    STORE_FULL(3),
    /** The series takes one point an instant ({@link DuplicatePolicy#REJECT}), and has one there. */
    DUPLICATE(4),
    /** There is no current point to withdraw; or no reference was given, and several events share the instant. */
    NO_SUCH_POINT(5),
    /** The sum of an instant ({@link DuplicatePolicy#SUM}) would leave the range of values. */
    OVERFLOW(6),
    /**
     * The disk has no room for the log or the store. Counted and handed to the handler, and not logged; points are
     * taken again when there is room.
     */
    DISK_FULL(7),
    /** Another point of its {@link Batch} was refused, and so the batch was. */
    BATCH_REFUSED(8),
    /**
     * The series is {@linkplain Engine#closeSeries closed}, and the point is valid at the end of its life or later.
     */
    SERIES_CLOSED(9);

    private static final RefusalReason[] BY_CODE = byCode();

    private final int code;

    RefusalReason(final int code) {
        this.code = code;
    }

    /**
     * The code under which this reason is logged: it stays, wherever the reason stands among the others.
     *
     * @return 1 or more.
     */
    public int code() {
        return code;
    }

    /**
     * The reason of a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the reason.
     */
    public static RefusalReason of(final int code) {
        return BY_CODE[code - 1];
    }

    /**
     * How many reasons there are.
     *
     * @return the largest code.
     */
    public static int count() {
        return BY_CODE.length;
    }

    private static RefusalReason[] byCode() {
        final RefusalReason[] reasons = new RefusalReason[values().length];
        for (final RefusalReason reason : values()) {
            reasons[reason.code - 1] = reason;
        }
        return reasons;
    }
}
