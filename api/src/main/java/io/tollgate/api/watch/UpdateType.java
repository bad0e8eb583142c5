package io.tollgate.api.watch;

/** The type of an {@link Update}. */
public enum UpdateType {
    /** A metric changed. */
    CHANGED,
    /** A watch fired. */
    FIRED,
    /** A watch that had fired cleared. */
    CLEARED,
    /** A reported FIRED is retracted: as now known, the watch did not fire at that instant. */
    FIRE_RETRACTED,
    /** A reported CLEARED is retracted: as now known, the watch did not clear at that instant. */
    CLEAR_RETRACTED;

    private static final UpdateType[] TYPES = values();

    /** {@return the code of this type, 0 or more} */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * Returns the type of a code.
     *
     * @param code the result of {@link #code()}.
     * @return the type.
     */
    public static UpdateType of(final int code) {
        return TYPES[code];
    }
}
