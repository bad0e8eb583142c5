package io.tollgate.api.series;

/** The ends of a sliding window that belong to the window. */
public enum Closed {
    /** {@code (t - length, t]}, the default. */
    RIGHT(false, true),
    /** {@code [t - length, t)}. */
    LEFT(true, false),
    /** {@code [t - length, t]}. */
    BOTH(true, true),
    /** {@code (t - length, t)}. */
    NEITHER(false, false);

    private final boolean includesStart;
    private final boolean includesEnd;

    Closed(final boolean includesStart, final boolean includesEnd) {
        this.includesStart = includesStart;
        this.includesEnd = includesEnd;
    }

    /** {@return true if a point at the start is inside the window: LEFT and BOTH} */
    public boolean includesStart() {
        return includesStart;
    }

    /** {@return true if a point at the end is inside the window: RIGHT and BOTH} */
    public boolean includesEnd() {
        return includesEnd;
    }
}
