package io.tollgate.api.admin;

import io.tollgate.api.Batch;
import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.series.DuplicatePolicy;

/**
 * The reason why the engine refused a point or withdrawal after it was offered. {@code offer} itself reports with a
 * code below 0 what it can refuse.
 */
public enum RefusalReason {
    /** The knowledge time is before the last one of the series. */
    KNOWLEDGE_DECREASES(1),
    /** The clock mode is {@link ClockMode#KNOWLEDGE}, and the point has no knowledge time. */
    KNOWLEDGE_MISSING(2),
    /** The store has reached a limit, or cannot grow any more. */
    STORE_FULL(3),
    /** The series accepts one point an instant ({@link DuplicatePolicy#REJECT}) and already has one there. */
    DUPLICATE(4),
    /** There is no current point to withdraw; or several events share the instant, and no reference was given. */
    NO_SUCH_POINT(5),
    /** The sum of an instant ({@link DuplicatePolicy#SUM}) would exceed the range of values. */
    OVERFLOW(6),
    /**
     * The disk has no room for the log or the store. The refusal is counted and passed to the handler, but not logged.
     * Points are accepted again as soon as there is room.
     */
    DISK_FULL(7),
    /** Another point of the same {@link Batch} was refused, so the whole batch was. */
    BATCH_REFUSED(8),
    /** The series is {@linkplain SeriesCatalog#close closed}, and the valid time is at or after the end of its life. */
    SERIES_CLOSED(9);

    private static final RefusalReason[] BY_CODE = byCode();

    private final int code;

    RefusalReason(final int code) {
        this.code = code;
    }

    /** {@return the code of this reason in the log, 1 or more; it never changes} */
    public int code() {
        return code;
    }

    /**
     * Returns the reason of a code.
     *
     * @param code the result of {@link #code()}.
     * @return the reason.
     */
    public static RefusalReason of(final int code) {
        return BY_CODE[code - 1];
    }

    /** {@return the number of reasons, which is the largest code} */
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
