package io.tollgate.api.series;

/** Kinds of series. The kind decides how values are averaged. Immutable. */
public enum SeriesKind {
    /** A level in force from its instant until the next one: a tariff rate, a backlog, licences in force. */
    STEP(0),
    /** An amount that happens at an instant: licences granted, duties paid, tonnes shipped. */
    FLOW(1);

    private final byte code;

    SeriesKind(final int code) {
        this.code = (byte) code;
    }

    /** {@return the stored code: 0 for STEP, 1 for FLOW; it never changes, unlike the ordinal} */
    public byte code() {
        return code;
    }

    /**
     * Returns the kind with a stored code.
     *
     * @param code a code from {@link #code()}.
     * @return the kind.
     * @throws IllegalArgumentException for any other code.
     */
    public static SeriesKind of(final byte code) {
        return switch (code) {
            case 0 -> STEP;
            case 1 -> FLOW;
            default -> throw new IllegalArgumentException("seriesKindCode=" + code + ", expected 0 (STEP) or 1 (FLOW)");
        };
    }
}
