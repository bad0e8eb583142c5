package io.tollgate.api.measure;

import io.tollgate.api.Publisher;

/**
 * A level of a measure: the rate in force from an instant until the next level. Immutable.
 *
 * @param fromNs    start in ns.
 * @param value     scaled rate in force.
 * @param knownNs   knowledge time in ns.
 * @param reference reference of the act that caused the level, {@link Publisher#NO_REFERENCE} for none.
 */
public record MeasureLevel(long fromNs, long value, long knownNs, long reference) {}
