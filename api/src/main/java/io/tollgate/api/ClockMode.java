package io.tollgate.api;

/**
 * What moves the engine clock {@code now}, which decides when a pending change takes effect and is the default instant
 * of a read. It never goes back.
 */
public enum ClockMode {
    /** The system clock, looked at once in each duty cycle of the engine. */
    SYSTEM,
    /** The largest explicit knowledge time; a point without one is refused. */
    KNOWLEDGE,
    /** The largest valid time over all series: nothing is ever pending. */
    EVENT,
    /** {@link Engine#advanceTo(long)} only. */
    MANUAL;

    private static final ClockMode[] MODES = values();

    /**
     * The code under which this mode is logged.
     *
     * @return 1 or more.
     */
    public int code() {
        return ordinal() + 1;
    }

    /**
     * The mode of a code.
     *
     * @param code as logged.
     * @return the mode.
     * @throws IllegalArgumentException if no mode has it.
     */
    public static ClockMode of(final int code) {
        if (code < 1 || code > MODES.length) {
            throw new IllegalArgumentException("clockModeCode=" + code + ", expected 1 to " + MODES.length);
        }
        return MODES[code - 1];
    }
}
