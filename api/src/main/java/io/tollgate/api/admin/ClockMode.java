package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import io.tollgate.api.series.LifeEnd;

/**
 * What moves the engine clock {@code now}, which decides when a pending change takes effect, for panels, watches
 * and listeners, and for whoever reads at {@link Engine#now()}. It never goes back.
 */
public enum ClockMode {
    /** The system clock, looked at once in each duty cycle of the engine. */
    SYSTEM(1),
    /** The largest explicit knowledge time; a point without one is refused. */
    KNOWLEDGE(2),
    /**
     * The largest valid time over all series: nothing is ever pending. The {@linkplain LifeEnd end} of a series counts
     * as one: what is told behind it without a knowledge time becomes known then or later.
     */
    EVENT(3),
    /** {@link Engine#advanceTo(long)} only. */
    MANUAL(4);

    private static final ClockMode[] MODES = values();

    private final int code;

    ClockMode(final int code) {
        this.code = code;
    }

    /**
     * The code under which this mode is logged: it stays, wherever the mode stands among the others.
     *
     * @return 1 or more.
     */
    public int code() {
        return code;
    }

    /**
     * Whether a mode has a code.
     *
     * @param code any number.
     * @return true for 1 and those that follow, one for each mode.
     */
    public static boolean isCode(final int code) {
        return code >= 1 && code <= MODES.length;
    }

    /**
     * The mode of a code.
     *
     * @param code as logged.
     * @return the mode.
     * @throws IllegalArgumentException if no mode has it.
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
