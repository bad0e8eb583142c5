package io.tollgate.api.licence;

/**
 * A stretch of time in which a count is below 0, because an event is missing or was taken twice. Immutable.
 *
 * @param fromNs  start in ns.
 * @param untilNs end in ns, exclusive; {@link io.tollgate.api.series.Instants#NONE} for none.
 * @param lowest  lowest level in the stretch.
 */
public record NegativeStretch(long fromNs, long untilNs, long lowest) {}
