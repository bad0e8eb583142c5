package io.tollgate.api.panel;

/** The agreement of the sources of a {@link Comparison} during a stretch of time. */
public enum Agreement {
    /** The levels of all sources are known and equal. */
    AGREED,
    /** At least two known levels differ. */
    DISAGREED,
    /** At least one level is unknown, and the known levels, if any, are equal. */
    OPEN
}
