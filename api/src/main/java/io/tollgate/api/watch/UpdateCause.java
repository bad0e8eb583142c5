package io.tollgate.api.watch;

import io.tollgate.api.SeriesCatalog;

/** The cause of a change of a watched metric. */
public enum UpdateCause {
    /** A new point, in order, late or pending. A pending point causes a change because it moved the clock. */
    POINT,
    /** A point that revised an earlier one, or was added to it. */
    REVISION,
    /** A withdrawal of a point. */
    WITHDRAWAL,
    /** Time alone: a pending point took effect, or a point left the window. */
    TIME,
    /** A batch; for a {@link WatchSet} all operations of one duty cycle. All of its changes become visible at once. */
    BATCH,
    /** The {@linkplain SeriesCatalog#close closing} of the series. */
    CLOSING;

    private static final UpdateCause[] CAUSES = values();

    /** {@return the code of this cause, 0 or more} */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * Returns the cause of a code.
     *
     * @param code the result of {@link #code()}.
     * @return the cause.
     */
    public static UpdateCause of(final int code) {
        return CAUSES[code];
    }
}
