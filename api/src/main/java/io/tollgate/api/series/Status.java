package io.tollgate.api.series;

/**
 * What an answer is worth, in order of precedence: of several that apply, the first is given. Zero is data; absence is
 * never zero.
 */
public enum Status {
    /** The reading was not filled yet; no value. Never stored. */
    UNREAD(8, false),
    /** The series was changed under the reader too often to read it whole; no value. Ask again. */
    CONTENDED(0, false),
    /**
     * The answer was asked for as known at an instant before the horizon of the history: versions that counted then
     * were {@linkplain Retention forgotten}; no value.
     */
    FORGOTTEN(7, false),
    /** No point and no carried-in value; no value. */
    EMPTY(1, false),
    /** There are points, but less than the metric needs; no value. */
    INSUFFICIENT(2, false),
    /** Not defined for these values, as a relative change from 0; no value. */
    UNDEFINED(3, false),
    /** The result lies beyond what a {@code double} can hold; no value. */
    OVERFLOW(4, false),
    /** A value, from a window that is only partly covered. */
    PARTIAL(5, true),
    /** A value. */
    OK(6, true);

    private static final Status[] BY_CODE = byCode();

    private final byte code;
    private final boolean hasValue;

    Status(final int code, final boolean hasValue) {
        this.code = (byte) code;
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

    /**
     * The code under which this status is stored: it stays, wherever the status stands among the others.
     *
     * @return 0 to 8.
     */
    public byte code() {
        return code;
    }

    /**
     * The status stored under a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the status.
     * @throws IllegalArgumentException for any other code.
     */
    public static Status of(final byte code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("statusCode=" + code + ", expected 0 to " + (BY_CODE.length - 1));
        }
        return BY_CODE[code];
    }

    private static Status[] byCode() {
        final Status[] statuses = new Status[values().length];
        for (final Status status : values()) {
            statuses[status.code] = status;
        }
        return statuses;
    }
}
