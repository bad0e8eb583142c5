package io.tollgate.api;

/** What the points of a series are, and with it how they are averaged. Immutable. */
public enum SeriesKind {
    /** A level in force from its instant until the next one: a tariff rate, a backlog, licences in force. */
    STEP,
    /** An amount that happens at an instant: licences granted, duties paid, tonnes shipped. */
    FLOW;

    private static final SeriesKind[] KINDS = values();

    /**
     * The code under which this kind is stored.
     *
     * @return 0 for STEP, 1 for FLOW.
     */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * The kind stored under a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the kind.
     * @throws IllegalArgumentException for any other code.
     */
    public static SeriesKind of(final byte code) {
        if (code < 0 || code >= KINDS.length) {
            throw new IllegalArgumentException("seriesKindCode=" + code + ", expected 0 (STEP) or 1 (FLOW)");
        }
        return KINDS[code];
    }
}
