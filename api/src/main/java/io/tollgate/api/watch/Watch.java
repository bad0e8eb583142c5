package io.tollgate.api.watch;

import java.time.Duration;
import java.util.Objects;

/**
 * A threshold on a metric of each series of a {@link Subscription}. The watch fires where the metric has been beyond
 * the threshold for a time, and clears where the metric is back beyond another one. Between the two it stays as it is,
 * as it does where the metric has no value. Immutable; the {@code with} methods return a changed copy.
 *
 * <p><b>The instants of its events.</b> A watch follows the metric through valid time, with all points as they are
 * known now. The mean, the sum and the coverage of a STEP, its variance and its z-scores move while no point comes. A
 * watch on them fires and clears at the exact crossing: the first nanosecond at which the exact fraction meets the
 * condition. So the value that is told may be equal to the threshold after rounding. A crossing that lies ahead is
 * scheduled, and it moves when points come. Metrics without an exact crossing are looked at on a grid: {@link
 * WatchedMetric#isExact} and {@link WatchedMetric#gridNs} tell which these are. The duration of {@link #withFor} counts
 * from the crossing.
 *
 * <p>An example: the add-on rate of the United States on China was 0 from 2024-06-01T00:00Z, 10 from 2025-02-04T05:01Z,
 * 20 from 2025-03-04T05:01Z, 30 from 2025-04-05T04:01Z, 104 from 2025-04-09T04:01Z, 145 from 2025-04-10T04:01Z and 30
 * from 2025-05-14T04:01Z. A watch on its mean over 90 days above 40 fires at 2025-04-27T02:39:53.793103449Z and clears
 * at 2025-08-04T08:11:26.086956522Z, in whatever order the points come, and whenever they do.
 *
 * <p><b>Late points.</b> A point that comes late, a revision or a withdrawal may make another course of the past known.
 * Events that are not in that course are retracted, and new ones are told, in the order of their instants, with that
 * operation as their cause. So at any time the events told and not retracted are those of the course as it is known,
 * each once. The last {@value #MAX_EVENTS} events of each series can be retracted; older ones are final. If a late
 * point makes a watch on a grid walk a long way again, the grid is made coarser, so that there are about 1,000 looks.
 *
 * <p>A watch begins just after the instant of the subscription, or of the definition of a series that comes later. It
 * has not fired there.
 *
 * @param metric that is watched.
 * @param side   on which of the thresholds it fires.
 * @param fire   the threshold in the unit of the series: strictly beyond it is beyond. It is taken as the shortest
 *     decimal
 *               that reads back as the same double: 0.1 is a tenth.
 * @param clear  where it clears: at it, or on the other side of it; equal to {@code fire} or on its quiet side.
 * @param forNs  how long the metric must be beyond the threshold before it fires, in ns; 0 to fire at once.
 */
public record Watch(WatchedMetric metric, Side side, double fire, double clear, long forNs) {
    /** How many events of a series can be retracted. */
    public static final int MAX_EVENTS = 32;

    /** On which side of a threshold a watch fires. */
    public enum Side {
        /** Above it. */
        ABOVE,
        /** Below it. */
        BELOW
    }

    /**
     * Checks the thresholds.
     *
     * @param metric that is watched.
     * @param side   on which of the thresholds it fires.
     * @param fire   the threshold in the unit of the series: strictly beyond it is beyond.
     * @param clear  where it clears: at it, or on the other side of it; equal to {@code fire} or on its quiet side.
     * @param forNs  how long the metric must be beyond the threshold before it fires, in ns; 0 to fire at once.
     * @throws IllegalArgumentException if one is out of range.
     */
    public Watch {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(side, "side");
        final boolean isQuiet = side == Side.ABOVE ? clear <= fire : clear >= fire;
        if (!Double.isFinite(fire) || !Double.isFinite(clear) || !isQuiet) {
            throw new IllegalArgumentException("watchSide=" + side + " fire=" + fire + " clear=" + clear
                    + ", expected finite numbers, the second equal to the first or on its quiet side");
        }
        if (forNs < 0) {
            throw new IllegalArgumentException("watchForNs=" + forNs + ", expected 0 or more");
        }
    }

    /**
     * A watch that fires where a metric is above a threshold, and clears where it is not.
     *
     * @param metric    that is watched.
     * @param threshold strictly above it is above; in the unit of the series.
     * @return the watch.
     * @throws IllegalArgumentException if the threshold is not finite.
     */
    public static Watch above(final WatchedMetric metric, final double threshold) {
        return new Watch(metric, Side.ABOVE, threshold, threshold, 0);
    }

    /**
     * A watch that fires where a metric is below a threshold, and clears where it is not.
     *
     * @param metric    that is watched.
     * @param threshold strictly below it is below; in the unit of the series.
     * @return the watch.
     * @throws IllegalArgumentException if the threshold is not finite.
     */
    public static Watch below(final WatchedMetric metric, final double threshold) {
        return new Watch(metric, Side.BELOW, threshold, threshold, 0);
    }

    /**
     * The same that clears elsewhere: hysteresis.
     *
     * @param threshold at which it clears, or on the other side of which.
     * @return the changed watch.
     * @throws IllegalArgumentException if it is beyond the threshold where it fires.
     */
    public Watch withClear(final double threshold) {
        return new Watch(metric, side, fire, threshold, forNs);
    }

    /**
     * The same that fires only after a time.
     *
     * @param length for which the metric must be beyond the threshold, at most 292 years.
     * @return the changed watch.
     * @throws IllegalArgumentException if the length is out of range.
     */
    public Watch withFor(final Duration length) {
        Objects.requireNonNull(length, "length");
        try {
            return new Watch(metric, side, fire, clear, length.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("for=" + length + ", expected at most 292 years", e);
        }
    }

    /**
     * Tells if a value is beyond the threshold where the watch fires. Compares doubles; the engine compares exact
     * fractions.
     *
     * @param value of the metric, NaN where it has none.
     * @return false for NaN.
     */
    public boolean isBeyond(final double value) {
        return side == Side.ABOVE ? value > fire : value < fire;
    }

    /**
     * Tells if a value clears the watch. Compares doubles; the engine compares exact fractions.
     *
     * @param value of the metric, NaN where it has none.
     * @return false for NaN.
     */
    public boolean isClearing(final double value) {
        return side == Side.ABOVE ? value <= clear : value >= clear;
    }
}
