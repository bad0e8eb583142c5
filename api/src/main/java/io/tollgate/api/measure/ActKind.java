package io.tollgate.api.measure;

/** Effects of an act on a measure. */
public enum ActKind {
    /** Imposes a rate from an instant on: until its own end, else until an end already set, else without end. */
    IMPOSE,
    /** Changes the rate of an imposed measure. */
    CHANGE,
    /** Moves a planned start or end to another instant. */
    POSTPONE,
    /** Withdraws a planned start or end. */
    WITHDRAW,
    /** Suspends a part of the rate until an instant. The rate stays on the books. */
    SUSPEND,
    /** Moves the end of the last suspension. */
    EXTEND,
    /** Sets or moves the end of the measure. */
    END,
    /** Voids the measure from an instant on, including all later rates, until it is imposed again. */
    VOID
}
