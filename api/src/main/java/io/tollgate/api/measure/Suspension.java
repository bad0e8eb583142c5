package io.tollgate.api.measure;

import io.tollgate.api.series.Instants;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A stretch of time for which a part of a rate is on the books and out of force. Immutable.
 *
 * @param fromNs  its start.
 * @param untilNs its end, exclusive: the rate is in force again from there; {@link Instants#NONE} for until further
 *                notice.
 * @param part    that is out of force, scaled as the series is; {@link Measure#WHOLE} for all.
 */
public record Suspension(long fromNs, long untilNs, long part) {
    /** Enough for any quotient of two spans half way between two doubles, or next to that: it is rounded once. */
    private static final MathContext DIGITS = new MathContext(100);

    /**
     * Checks the order.
     *
     * @param fromNs  its start.
     * @param untilNs its end, exclusive; {@link Instants#NONE} for until further notice.
     * @param part    that is out of force.
     * @throws IllegalArgumentException if the end is not after the start.
     */
    public Suspension {
        if (untilNs != Instants.NONE && untilNs <= fromNs) {
            throw new IllegalArgumentException(
                    "untilNs=" + untilNs + ", expected an end after fromNs=" + fromNs + ", or NONE");
        }
    }

    /**
     * Whether an instant lies in it.
     *
     * @param atNs to look at.
     * @return true from its start to before its end.
     */
    public boolean isInForce(final long atNs) {
        return atNs >= fromNs && (untilNs == Instants.NONE || atNs < untilNs);
    }

    /**
     * The countdown: how long it still runs.
     *
     * @param atNs the instant at which it is asked.
     * @return {@code untilNs - atNs}, below 0 once it has lapsed; {@link Instants#NONE} for until further notice.
     */
    public long countdownNs(final long atNs) {
        return untilNs == Instants.NONE ? Instants.NONE : Spans.between(atNs, untilNs);
    }

    /**
     * The share of it that has passed.
     *
     * @param atNs the instant at which it is asked.
     * @return {@code (at - from) / (until - from)}, the double nearest to it, 0 before its start and 1 from its end on;
     *     NaN for until further notice.
     */
    public double shareElapsed(final long atNs) {
        if (untilNs == Instants.NONE) {
            return Double.NaN;
        }
        final long clipped = Math.max(fromNs, Math.min(untilNs, Instants.requireInRange(atNs)));
        final BigDecimal from = BigDecimal.valueOf(fromNs);
        return BigDecimal.valueOf(clipped)
                .subtract(from)
                .divide(BigDecimal.valueOf(untilNs).subtract(from), DIGITS)
                .doubleValue();
    }
}
