package io.tollgate.api.measure;

import io.tollgate.api.series.Instants;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A time for which a part of a rate is suspended: on the books, but not in force. Immutable.
 *
 * @param fromNs  start in ns.
 * @param untilNs end in ns, exclusive: the rate is in force again from there; {@link Instants#NONE} for until further
 *                notice.
 * @param part    scaled part of the rate; {@link Measure#WHOLE} for all of it.
 */
public record Suspension(long fromNs, long untilNs, long part) {
    /**
     * Enough digits that a quotient of two spans rounds to the correct double, even near the middle between two
     * doubles.
     */
    private static final MathContext DIGITS = new MathContext(100);

    /**
     * Checks the order.
     *
     * @param fromNs  start in ns.
     * @param untilNs end in ns, exclusive; {@link Instants#NONE} for until further notice.
     * @param part    scaled part of the rate.
     * @throws IllegalArgumentException if the end is not after the start.
     */
    public Suspension {
        if (untilNs != Instants.NONE && untilNs <= fromNs) {
            throw new IllegalArgumentException(
                    "untilNs=" + untilNs + ", expected an end after fromNs=" + fromNs + ", or NONE");
        }
    }

    /**
     * Returns true if the suspension runs at an instant.
     *
     * @param atNs the instant in ns.
     * @return true from the start to before the end.
     */
    public boolean isInForce(final long atNs) {
        return atNs >= fromNs && (untilNs == Instants.NONE || atNs < untilNs);
    }

    /**
     * Returns the time until the end of the suspension.
     *
     * @param atNs the instant in ns.
     * @return {@code untilNs - atNs}, below 0 after the end; {@link Instants#NONE} for until further notice.
     */
    public long countdownNs(final long atNs) {
        return untilNs == Instants.NONE ? Instants.NONE : Spans.between(atNs, untilNs);
    }

    /**
     * Returns the share of the suspension that has elapsed.
     *
     * @param atNs the instant in ns.
     * @return {@code (at - from) / (until - from)}, correctly rounded; 0 before the start, 1 from the end on, NaN for
     *     until further notice.
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
