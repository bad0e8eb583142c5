package io.tollgate.api.pair;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Two series x and y, and their alignment in time. Immutable.
 *
 * <pre>{@code
 * Pair pair = Pair.byBucket(rate, imports, Bucket.of(CalendarPeriod.MONTH, ZoneOffset.UTC)).withLagBuckets(3);
 * PairReading reading = reader.pair(pair, Window.since(Instants.parse("2018-01-01T00:00Z")));
 * double correlation = reading.read(engine.now()).value(PairMetric.CORRELATION);
 * }</pre>
 *
 * <ul>
 *   <li><b>As-of</b>, for two STEP series: the levels in force are paired at every instant and weighted by time. Times
 *       at which one level is unknown do not count.
 *   <li><b>By bucket</b>, if one series is a FLOW: each bucket wholly inside the window is an observation. A FLOW
 *       contributes the sum of its events in the bucket, 0 if it has none inside its life. A STEP contributes the level
 *       in force at the last instant of the bucket.
 * </ul>
 *
 * <p>A bucket is no observation if the STEP is unknown, or if the bucket lies outside the life of a FLOW. A bucket in
 * which a life starts or ends is one. If the points of a FLOW stand for periods, a bucket contains the periods that lie
 * wholly in it and end in it, if the window includes the instant at which they are booked. A bucket without any such
 * period is no observation: no amount was reported for it.
 *
 * <p>With a lag L above 0, x leads: y at t is paired with x at t - L. The window is that of y, and x is read L earlier.
 * With a lag below 0, y leads: the window is that of x, and y is read earlier. No point after the window is ever used.
 * A window of the last points counts the points of y, for any lag.
 *
 * @param x      the explanatory series, for beta.
 * @param y      the explained series.
 * @param bucket the bucket, empty for as-of.
 * @param lag    the lag by which x leads: in ns for as-of, in buckets for by bucket; above {@code Long.MIN_VALUE}.
 */
public record Pair(Series x, Series y, Optional<Bucket> bucket, long lag) {
    /**
     * Checks that the alignment suits the series.
     *
     * @param x      the explanatory series, for beta.
     * @param y      the explained series.
     * @param bucket the bucket, empty for as-of.
     * @param lag    the lag by which x leads: in ns for as-of, in buckets for by bucket.
     * @throws IllegalArgumentException if it does not, or the lag is out of range; the message says why.
     */
    public Pair {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        Objects.requireNonNull(bucket, "bucket");
        final boolean isAsOf = x instanceof StepSeries && y instanceof StepSeries;
        if (isAsOf == bucket.isPresent()) {
            throw new IllegalArgumentException("x=" + describe(x) + " y=" + describe(y) + " bucket="
                    + bucket.map(Bucket::toString).orElse("none")
                    + (isAsOf
                            ? ", expected none: two levels are paired at every instant; use Pair.asOf"
                            : ", expected one: events are paired by bucket; use Pair.byBucket"));
        }
        if (lag == Long.MIN_VALUE) {
            throw new IllegalArgumentException("lag=" + lag + ", expected above -2^63");
        }
    }

    /**
     * Returns two STEP series, aligned at every instant, without a lag.
     *
     * @param x the explanatory series, for beta.
     * @param y the explained series.
     * @return the pair.
     */
    public static Pair asOf(final StepSeries x, final StepSeries y) {
        return new Pair(x, y, Optional.empty(), 0);
    }

    /**
     * Returns two series aligned by bucket, without a lag. At least one of them is a FLOW.
     *
     * @param x      the explanatory series, for beta.
     * @param y      the explained series.
     * @param bucket the bucket over which events are summed.
     * @return the pair.
     * @throws IllegalArgumentException if both are STEP.
     */
    public static Pair byBucket(final Series x, final Series y, final Bucket bucket) {
        Objects.requireNonNull(bucket, "bucket");
        return new Pair(x, y, Optional.of(bucket), 0);
    }

    /**
     * Returns a copy of a pair as-of with another lag.
     *
     * @param lead the time by which x leads; if it is below 0, y leads.
     * @return the changed pair.
     * @throws IllegalArgumentException if the pair is by bucket, or the lag is above 292 years.
     */
    public Pair withLag(final Duration lead) {
        Objects.requireNonNull(lead, "lead");
        if (bucket.isPresent()) {
            throw new IllegalArgumentException(
                    "lag=" + lead + ", expected a number of buckets for a pair by bucket; use withLagBuckets");
        }
        try {
            return new Pair(x, y, bucket, lead.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("lag=" + lead + ", expected at most 292 years", e);
        }
    }

    /**
     * Returns a copy of a pair by bucket with another lag.
     *
     * @param count the number of buckets by which x leads; if it is below 0, y leads.
     * @return the changed pair.
     * @throws IllegalArgumentException if the pair is as-of.
     */
    public Pair withLagBuckets(final long count) {
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "lagBuckets=" + count + ", expected a duration for a pair as-of; use withLag");
        }
        return new Pair(x, y, bucket, count);
    }

    private static String describe(final Series series) {
        return series.key() + '(' + series.definition().kind() + ')';
    }
}
