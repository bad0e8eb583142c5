package io.tollgate.api.pair;

import java.time.Duration;
import java.util.Objects;

/**
 * The lags of a scan, from the first to the last in equal steps. With a lag above 0 the x of a {@link Pair} leads.
 * Immutable.
 *
 * <pre>{@code
 * LagRange weeks = LagRange.of(Duration.ofDays(-90), Duration.ofDays(90), Duration.ofDays(7));
 * LagReading scan = reader.lags(Pair.asOf(rate, price), Window.sliding(Duration.ofDays(365)), weeks);
 * int best = scan.read(engine.now()).best();
 * }</pre>
 *
 * @param from       the first lag: in ns for pairs as-of, in buckets for pairs by bucket; above {@code Long.MIN_VALUE}.
 * @param to         the last lag, included if a step meets it; not below the first.
 * @param step       the distance between two lags, 1 or more.
 * @param isByBucket true for pairs by bucket.
 */
public record LagRange(long from, long to, long step, boolean isByBucket) {
    /** The maximum number of lags of a scan. */
    public static final int MAX_COUNT = 1 << 16;

    /**
     * Checks the range.
     *
     * @param from       the first lag: in ns for pairs as-of, in buckets for pairs by bucket.
     * @param to         the last lag, included if a step meets it.
     * @param step       the distance between two lags, 1 or more.
     * @param isByBucket true for pairs by bucket.
     * @throws IllegalArgumentException if the range is empty or has more than {@link #MAX_COUNT} lags.
     */
    public LagRange {
        if (from == Long.MIN_VALUE || from > to || step < 1) {
            throw new IllegalArgumentException("lagFrom=" + from + " lagTo=" + to + " lagStep=" + step
                    + ", expected a first lag above -2^63, a last one not below it, and a step of 1 or more");
        }
        if (Long.compareUnsigned(Long.divideUnsigned(to - from, step), MAX_COUNT) >= 0) {
            throw new IllegalArgumentException("lagFrom=" + from + " lagTo=" + to + " lagStep=" + step
                    + ", expected at most " + MAX_COUNT + " lags; use a larger step");
        }
    }

    /**
     * Returns lags for pairs as-of.
     *
     * @param from the first lag.
     * @param to   the last lag, included if a step meets it.
     * @param step the distance between two lags.
     * @return the range.
     * @throws IllegalArgumentException if the range is empty or has too many lags, or a duration is above 292 years.
     */
    public static LagRange of(final Duration from, final Duration to, final Duration step) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(to, "to");
        try {
            return new LagRange(from.toNanos(), to.toNanos(), step.toNanos(), false);
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException(
                    "lagFrom=" + from + " lagTo=" + to + " lagStep=" + step + ", expected at most 292 years each", e);
        }
    }

    /**
     * Returns lags for pairs by bucket: all integers of a range.
     *
     * @param from the first lag, in buckets.
     * @param to   the last lag, included.
     * @return the range.
     * @throws IllegalArgumentException if the range is empty or has too many lags.
     */
    public static LagRange ofBuckets(final long from, final long to) {
        return new LagRange(from, to, 1, true);
    }

    /** {@return the number of lags, 1 to {@link #MAX_COUNT}} */
    public int count() {
        return (int) Long.divideUnsigned(to - from, step) + 1;
    }

    /**
     * Returns one lag.
     *
     * @param index 0 to {@link #count()} - 1.
     * @return the lag: in ns for pairs as-of, in buckets for pairs by bucket.
     */
    public long lag(final int index) {
        return from + index * step;
    }
}
