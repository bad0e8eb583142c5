package io.tollgate.api;

/**
 * What an answer is worth, in order of precedence: of several that apply, the first is given. Zero is data; absence is
 * never zero.
 */
public enum Status {
    /** The series was changed under the reader too often to read it whole; no value. Ask again. */
    CONTENDED(false),
    /**
     * The answer was asked for as known at an instant before the horizon of the history: versions that counted then
     * were {@linkplain Retention forgotten}; no value.
     */
    FORGOTTEN(false),
    /** No point and no carried-in value; no value. */
    EMPTY(false),
    /** There are points, but less than the metric needs; no value. */
    INSUFFICIENT(false),
    /** Not defined for these values, as a relative change from 0; no value. */
    UNDEFINED(false),
    /** The result lies beyond what a {@code double} can hold; no value. */
    OVERFLOW(false),
    /** A value, from a window that is only partly covered. */
    PARTIAL(true),
    /** A value. */
    OK(true);

    private final boolean hasValue;

    Status(final boolean hasValue) {
        this.hasValue = hasValue;
    }

    /**
     * Whether an answer with this status has a value.
     *
     * @return true for PARTIAL and OK.
     */
    public boolean hasValue() {
        return hasValue;
    }
}
