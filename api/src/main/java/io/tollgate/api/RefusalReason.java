package io.tollgate.api;

/**
 * Why the engine refused a point or a withdrawal that it had received. What can be refused at the edge never gets that
 * far.
 */
public enum RefusalReason {
    /** The knowledge time lies before the last one of the series. */
    KNOWLEDGE_DECREASES,
    /** The clock is {@link ClockMode#KNOWLEDGE} and there is no knowledge time. */
    KNOWLEDGE_MISSING,
    /** The store has reached a bound of its limits, or cannot grow any more. */
    STORE_FULL,
    /** The series takes one point an instant ({@link DuplicatePolicy#REJECT}), and has one there. */
    DUPLICATE,
    /** There is no current point to withdraw; or no reference was given where several events share the instant. */
    NO_SUCH_POINT,
    /** The sum of an instant ({@link DuplicatePolicy#SUM}) would leave the range of values. */
    OVERFLOW,
    /**
     * The disk has no room for the log or the store. Counted and handed to the handler, and not logged; points are
     * taken again when there is room.
     */
    DISK_FULL,
    /** Another point of its {@link Batch} was refused, and so the batch was. */
    BATCH_REFUSED;

    private static final RefusalReason[] REASONS = values();

    /**
     * The code under which this reason is logged.
     *
     * @return 1 or more.
     */
    public int code() {
        return ordinal() + 1;
    }

    /**
     * The reason of a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the reason.
     */
    public static RefusalReason of(final int code) {
        return REASONS[code - 1];
    }

    /**
     * How many reasons there are.
     *
     * @return the largest code.
     */
    public static int count() {
        return REASONS.length;
    }
}
