package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import io.tollgate.api.series.LifeEnd;

/**
 * The source of the engine clock {@code now}. The clock decides when a pending change takes effect for panels, watches
 * and listeners, and for reads at {@link Engine#now()}. It never goes back.
 */
public enum ClockMode {
    /** The system clock, read once in each duty cycle of the engine. */
    SYSTEM(1),
    /** The largest explicit knowledge time. A point without a knowledge time is refused. */
    KNOWLEDGE(2),
    /**
     * The largest valid time over all series, so no point is ever pending. The {@linkplain LifeEnd end} of a series
     * counts as a valid time. A later point without a knowledge time becomes known at that instant or later.
     */
    EVENT(3),
    /** {@link Engine#advanceTo(long)} only. */
    MANUAL(4);

    private static final ClockMode[] MODES = values();

    private final int code;

    ClockMode(final int code) {
        this.code = code;
    }

    /** {@return the code of this mode in the log, 1 or more; it never changes} */
    public int code() {
        return code;
    }

    /**
     * Returns true if a mode has a code.
     *
     * @param code any number.
     * @return true for 1 to the number of modes.
     */
    public static boolean isCode(final int code) {
        return code >= 1 && code <= MODES.length;
    }

    /**
     * Returns the mode of a code.
     *
     * @param code a code from the log.
     * @return the mode.
     * @throws IllegalArgumentException if no mode has the code.
     */
    public static ClockMode of(final int code) {
        for (final ClockMode mode : MODES) {
            if (mode.code == code) {
                return mode;
            }
        }
        throw new IllegalArgumentException("clockModeCode=" + code + ", expected 1 to " + MODES.length);
    }
}
