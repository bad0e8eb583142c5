package io.tollgate.api.series;

/** What the points of a series are, and with it how they are averaged. Immutable. */
public enum SeriesKind {
    /** A level in force from its instant until the next one: a tariff rate, a backlog, licences in force. */
    STEP(0),
    /** An amount that happens at an instant: licences granted, duties paid, tonnes shipped. */
    FLOW(1);

    private final byte code;

    SeriesKind(final int code) {
        this.code = (byte) code;
    }

    /**
     * The code under which this kind is stored: it stays, wherever the kind stands among the others.
     *
     * @return 0 for STEP, 1 for FLOW.
     */
    public byte code() {
        return code;
    }

    /**
     * The kind stored under a code.
     *
     * @param code as returned by {@link #code()}.
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
