package io.tollgate.api.pair;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Two series x and y, and how they are aligned. Immutable; made once, read often.
 *
 * <ul>
 *   <li><b>As-of</b>, two STEP series: at every instant the levels in force are paired, weighted with the time for
 *       which both hold. Where one is not known the other does not count.
 *   <li><b>By bucket</b>, where one of them is a FLOW: each bucket that lies whole inside the window is an observation.
 *       A FLOW enters it with the sum of its events, 0 inside its life if there are none; a STEP with the level in
 *       force at the bucket's last instant. A bucket before the life of a FLOW or behind it, or where the STEP is not
 *       known, is no observation; one in which a life starts or ends is. Where points of a FLOW stand for periods, a
 *       bucket has those that end in it and lie in it whole, as far as the window has them: of one that excludes its
 *       end, none that is booked there. A bucket without any is no observation: nothing was reported.
 * </ul>
 *
 * <p>With a lag L above 0 x leads: y at t is paired with x at t - L. Then the window is that of y, and x is read as
 * much earlier. With a lag below 0 y leads, the window is that of x, and y is read earlier: nothing behind the window
 * is ever used. A window over the last points begins with those of y, whatever the lag.
 *
 * @param x      the series that explains, in beta.
 * @param y      the series that is explained.
 * @param bucket empty for as-of.
 * @param lag    by how much x leads: in ns as-of, in buckets by bucket.
 */
public record Pair(Series x, Series y, Optional<Bucket> bucket, long lag) {
    /**
     * Checks that the alignment suits the series.
     *
     * @param x      the series that explains, in beta.
     * @param y      the series that is explained.
     * @param bucket empty for as-of.
     * @param lag    by how much x leads: in ns as-of, in buckets by bucket; above {@code Long.MIN_VALUE}.
     * @throws IllegalArgumentException naming what does not suit.
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
     * Two STEP series, aligned at every instant, without a lag.
     *
     * @param x the series that explains, in beta.
     * @param y the series that is explained.
     * @return the pair.
     */
    public static Pair asOf(final StepSeries x, final StepSeries y) {
        return new Pair(x, y, Optional.empty(), 0);
    }

    /**
     * Two series of which one at least is a FLOW, aligned by bucket, without a lag.
     *
     * @param x      the series that explains, in beta.
     * @param y      the series that is explained.
     * @param bucket in which events are summed up.
     * @return the pair.
     * @throws IllegalArgumentException if both are STEP.
     */
    public static Pair byBucket(final Series x, final Series y, final Bucket bucket) {
        Objects.requireNonNull(bucket, "bucket");
        return new Pair(x, y, Optional.of(bucket), 0);
    }

    /**
     * The same as-of with another lag.
     *
     * @param lead by how much x leads; below 0, y does.
     * @return the changed pair.
     * @throws IllegalArgumentException if it is aligned by bucket, or the lag is longer than 292 years.
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
     * The same by bucket with another lag.
     *
     * @param count by how many buckets x leads; below 0, y does.
     * @return the changed pair.
     * @throws IllegalArgumentException if it is aligned as-of.
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
