package io.tollgate.api.watch;

import io.tollgate.api.SeriesCatalog;

/** What made a watched metric change. */
public enum UpdateCause {
    /** A point that is new at its instant, late or not, or pending: it moved the clock. */
    POINT,
    /** A point that revised an earlier one, or was added to it. */
    REVISION,
    /** A withdrawal. */
    WITHDRAWAL,
    /** Nothing but time: a pending point took effect, or one left the window. */
    TIME,
    /** A batch, or of {@link WatchSet} what one duty cycle has applied: all changes show at once. */
    BATCH,
    /** The series was {@linkplain SeriesCatalog#close closed}. */
    CLOSING;

    private static final UpdateCause[] CAUSES = values();

    /**
     * The code of this cause.
     *
     * @return 0 or more.
     */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * The cause of a code.
     *
     * @param code as returned by {@link #code()}.
     * @return the cause.
     */
    public static UpdateCause of(final int code) {
        return CAUSES[code];
    }
}
