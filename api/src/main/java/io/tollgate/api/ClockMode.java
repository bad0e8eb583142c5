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
    MANUAL
}
