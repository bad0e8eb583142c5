package io.tollgate.api.series;

/** Which ends of a sliding window belong to it. */
public enum Closed {
    /** {@code (t - length, t]}: the default. */
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

    /**
     * Whether a point at the start of the window is inside.
     *
     * @return true for LEFT and BOTH.
     */
    public boolean includesStart() {
        return includesStart;
    }

    /**
     * Whether a point at the end of the window is inside.
     *
     * @return true for RIGHT and BOTH.
     */
    public boolean includesEnd() {
        return includesEnd;
    }
}
