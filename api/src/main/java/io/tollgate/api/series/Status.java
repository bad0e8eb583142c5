package io.tollgate.api.series;

/**
 * The status of an answer, in order of precedence: if several apply, the answer has the first one. Zero is data;
 * absence is never zero.
 */
public enum Status {
    /** The reading has not been read yet; no value. Never stored. */
    UNREAD(8, false),
    /** The series changed during every attempt to read it; no value. Read again. */
    CONTENDED(0, false),
    /**
     * The answer is as of a time before the retention horizon: versions that were current then have been
     * {@linkplain Retention deleted}; no value.
     */
    FORGOTTEN(7, false),
    /** No point and no carried-in level; no value. */
    EMPTY(1, false),
    /** Fewer points or less covered time than the metric or the read options require; no value. */
    INSUFFICIENT(2, false),
    /** Mathematically undefined for these values, such as a relative change from 0; no value. */
    UNDEFINED(3, false),
    /** The result exceeds the range of a {@code double}; no value. */
    OVERFLOW(4, false),
    /** A value over a window that is covered only in part. */
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

    /** {@return true if an answer with this status has a value: PARTIAL and OK} */
    public boolean hasValue() {
        return hasValue;
    }

    /** {@return the stored code, 0 to 8; it never changes, unlike the ordinal} */
    public byte code() {
        return code;
    }

    /**
     * Returns the status with a stored code.
     *
     * @param code a code from {@link #code()}.
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
