package io.tollgate.api.panel;

/** How sources that are {@linkplain Comparison compared} stand to each other for a stretch of time. */
public enum Agreement {
    /** The levels of all are known, and the same. */
    AGREED,
    /** Two of those that are known differ. */
    DISAGREED,
    /** Those that are known, if any, are the same, and one or more are not known. */
    OPEN
}
