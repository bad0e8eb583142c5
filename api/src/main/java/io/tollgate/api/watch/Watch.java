package io.tollgate.api.watch;

import java.time.Duration;
import java.util.Objects;

/**
 * A threshold on a metric of each series of a {@link Subscription}, with hysteresis and a minimum duration. The watch
 * fires after the metric has been beyond the fire threshold for the duration. It clears when the metric reaches the
 * clear threshold. Between the two thresholds, or while the metric has no value, its state does not change. Immutable;
 * the {@code with} methods return a changed copy.
 *
 * <pre>{@code
 * WatchedMetric mean = WatchedMetric.of(Window.sliding(Duration.ofDays(90)), Metric.MEAN);
 * Watch high = Watch.above(mean, 40).withClear(35).withFor(Duration.ofDays(2));
 * }</pre>
 *
 * <p><b>Instants of events.</b> A watch follows the metric through valid time, with all points as known now. The mean,
 * sum, coverage, variance and z-scores of a STEP move between points too. A watch on them fires and clears at the exact
 * crossing: the first nanosecond at which the exact fraction meets the condition. The reported value may therefore
 * equal the threshold after rounding. A future crossing is scheduled, and moves when points arrive. Metrics without an
 * exact crossing are evaluated on a grid, see {@link WatchedMetric#isExact} and {@link WatchedMetric#gridNs}. The
 * duration of {@link #withFor} counts from the crossing.
 *
 * <p>For example, the add-on rate of the United States on China was 0 from 2024-06-01T00:00Z, 10 from
 * 2025-02-04T05:01Z, 20 from 2025-03-04T05:01Z, 30 from 2025-04-05T04:01Z, 104 from 2025-04-09T04:01Z, 145 from
 * 2025-04-10T04:01Z and 30 from 2025-05-14T04:01Z. A watch on its mean over 90 days above 40 fires at
 * 2025-04-27T02:39:53.793103449Z and clears at 2025-08-04T08:11:26.086956522Z, for any order and time of arrival of the
 * points.
 *
 * <p><b>Late points.</b> A late point, a revision or a withdrawal may change the known past. Events that no longer hold
 * are retracted, and new ones are reported, in the order of their instants, with that operation as their cause. So the
 * events reported and not retracted are always those of the metric as now known, each once. The last
 * {@value #MAX_EVENTS} events of each series can be retracted; older events are final. If a late point makes a watch on
 * a grid re-evaluate a long span, the grid is made coarser, so that there are about 1,000 evaluations.
 *
 * <p>A watch begins just after the instant of the subscription, or of the definition of a later series. Its initial
 * state is "not fired".
 *
 * @param metric the metric to watch.
 * @param side   the side of the threshold on which the watch fires.
 * @param fire   the threshold in the unit of the series, exclusive. It is taken as the shortest decimal that reads back
 *               as the same double: 0.1 is a tenth.
 * @param clear  the threshold at which the watch clears, inclusive: equal to {@code fire}, below it for ABOVE, or above
 *               it for BELOW.
 * @param forNs  the time in ns for which the metric must be beyond the threshold before the watch fires; 0 to fire at
 *               once.
 */
public record Watch(WatchedMetric metric, Side side, double fire, double clear, long forNs) {
    /** The number of events of a series that can be retracted. */
    public static final int MAX_EVENTS = 32;

    /** The side of a threshold on which a watch fires. */
    public enum Side {
        /** Fires above the threshold. */
        ABOVE,
        /** Fires below the threshold. */
        BELOW
    }

    /**
     * Checks the thresholds.
     *
     * @param metric the metric to watch.
     * @param side   the side of the threshold on which the watch fires.
     * @param fire   the threshold in the unit of the series, exclusive.
     * @param clear  the threshold at which the watch clears, inclusive: equal to {@code fire}, below it for ABOVE, or
     *               above it for BELOW.
     * @param forNs  the time in ns for which the metric must be beyond the threshold before the watch fires.
     * @throws IllegalArgumentException if one is out of range.
     */
    public Watch {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(side, "side");
        final boolean isQuiet = side == Side.ABOVE ? clear <= fire : clear >= fire;
        if (!Double.isFinite(fire) || !Double.isFinite(clear) || !isQuiet) {
            throw new IllegalArgumentException(
                    "watchSide=" + side + " fire=" + fire + " clear=" + clear + ", expected finite numbers, and clear "
                            + (side == Side.ABOVE ? "at or below" : "at or above") + " fire");
        }
        if (forNs < 0) {
            throw new IllegalArgumentException("watchForNs=" + forNs + ", expected 0 or more");
        }
    }

    /**
     * Returns a watch that fires while a metric is above a threshold, and clears at or below it.
     *
     * @param metric    the metric to watch.
     * @param threshold in the unit of the series, exclusive.
     * @return the watch.
     * @throws IllegalArgumentException if the threshold is not finite.
     */
    public static Watch above(final WatchedMetric metric, final double threshold) {
        return new Watch(metric, Side.ABOVE, threshold, threshold, 0);
    }

    /**
     * Returns a watch that fires while a metric is below a threshold, and clears at or above it.
     *
     * @param metric    the metric to watch.
     * @param threshold in the unit of the series, exclusive.
     * @return the watch.
     * @throws IllegalArgumentException if the threshold is not finite.
     */
    public static Watch below(final WatchedMetric metric, final double threshold) {
        return new Watch(metric, Side.BELOW, threshold, threshold, 0);
    }

    /**
     * Returns a copy with another clear threshold, for hysteresis.
     *
     * @param threshold the threshold at which the watch clears, inclusive.
     * @return the changed watch.
     * @throws IllegalArgumentException if it is beyond the fire threshold.
     */
    public Watch withClear(final double threshold) {
        return new Watch(metric, side, fire, threshold, forNs);
    }

    /**
     * Returns a copy with a minimum duration.
     *
     * @param length the time for which the metric must be beyond the threshold before the watch fires, at most 292
     *               years.
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
     * Returns true if a value is beyond the fire threshold. Compares doubles; the engine compares exact fractions.
     *
     * @param value the value of the metric, NaN if it has none.
     * @return false for NaN.
     */
    public boolean isBeyond(final double value) {
        return side == Side.ABOVE ? value > fire : value < fire;
    }

    /**
     * Returns true if a value clears the watch. Compares doubles; the engine compares exact fractions.
     *
     * @param value the value of the metric, NaN if it has none.
     * @return false for NaN.
     */
    public boolean isClearing(final double value) {
        return side == Side.ABOVE ? value <= clear : value >= clear;
    }
}
