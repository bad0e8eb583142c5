package io.tollgate.api.measure;

import io.tollgate.api.Publisher;

/**
 * A level of a measure: what is in force of it from an instant on. Immutable.
 *
 * @param fromNs    from when.
 * @param value     in force until the next level, scaled as the series is.
 * @param knownNs   since when this was known.
 * @param reference of the act that made it so, {@link Publisher#NO_REFERENCE} if it names none.
 */
public record MeasureLevel(long fromNs, long value, long knownNs, long reference) {}
