package io.tollgate.api.watch;

/** What an {@link Update} tells. */
public enum UpdateType {
    /** A metric has changed. */
    CHANGED,
    /** A watch fired. */
    FIRED,
    /** A watch that had fired cleared. */
    CLEARED,
    /** As is known now, a watch did not fire there: what was told is taken back. */
    FIRE_RETRACTED,
    /** As is known now, a watch did not clear there: what was told is taken back. */
    CLEAR_RETRACTED;

    private static final UpdateType[] TYPES = values();

    /**
     * The code of this type.
     *
     * @return 0 or more.
     */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * The type of a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the type.
     */
    public static UpdateType of(final int code) {
        return TYPES[code];
    }
}
