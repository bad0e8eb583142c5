package io.tollgate.api.measure;

/** What an act does to a measure. */
public enum ActKind {
    /** Puts a rate on the books from an instant on: until its own end, else until one already set, else for good. */
    IMPOSE,
    /** Puts another rate on the books of a measure that is imposed. */
    CHANGE,
    /** Moves what was to begin at an instant to another one. */
    POSTPONE,
    /** Takes back what was to begin at an instant. */
    WITHDRAW,
    /** Leaves the rate on the books, and a part of it out of force until an instant. */
    SUSPEND,
    /** Moves the end of the last suspension. */
    EXTEND,
    /** Sets the end of the measure, or moves it. */
    END,
    /** Takes the measure out of the books from an instant on, with all that was still to come, until imposed anew. */
    VOID
}
