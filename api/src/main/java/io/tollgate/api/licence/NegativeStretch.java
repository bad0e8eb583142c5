package io.tollgate.api.licence;

/**
 * A stretch of time over which a count that cannot be below 0 is: some event is missing, or is there twice. Immutable.
 *
 * @param fromNs  its start.
 * @param untilNs its end, exclusive; {@link io.tollgate.api.series.Instants#NONE} if it has none.
 * @param lowest  the lowest level in it.
 */
public record NegativeStretch(long fromNs, long untilNs, long lowest) {}
