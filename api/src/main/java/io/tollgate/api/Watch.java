package io.tollgate.api;

import java.time.Duration;
import java.util.Objects;

/**
 * A threshold on a metric of each series of a {@link Subscription}. It fires where the metric has been beyond the
 * threshold for a time, and clears where it is back beyond another one; between the two it stays as it is, as it does
 * where the metric has no value. Immutable; the {@code with} methods return a changed copy.
 *
 * <p><b>What its events are.</b> The metric is followed in valid time: as of each instant at which time or a point
 * changes it, as {@link Subscription} says, with all points as they are known now. An event is of the instant at which
 * the condition was met. A point that comes late, a revision or a withdrawal may make another course of the past known:
 * events that no longer are in it are retracted, and those that are new in it are told, in the order of their instants,
 * all with that operation as their cause. So at any time the events told and not retracted are those of the course as
 * it is known, each once. Of each series the last {@value #MAX_EVENTS} events can be retracted, older ones are final.
 *
 * <p>A watch begins just behind the instant of the subscription, or of the definition of a series that comes later, and
 * has not fired there.
 *
 * @param metric that is watched.
 * @param side   on which of the thresholds it fires.
 * @param fire   the threshold: strictly beyond it is beyond; compared as a {@code double} in the unit of the series.
 * @param clear  where it clears: at it, or on the other side of it; equal to {@code fire} or on its quiet side.
 * @param forNs  how long the metric must be beyond the threshold before it fires, in ns; 0 to fire at once. What is
 *               looked at is the beginning and the end of that time, and each change in it.
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
     * @param fire   the threshold: strictly beyond it is beyond; compared as a {@code double} in the unit of the
     *               series.
     * @param clear  where it clears: at it, or on the other side of it; equal to {@code fire} or on its quiet side.
     * @param forNs  how long the metric must be beyond the threshold before it fires, in ns; 0 to fire at once. What
     *               is looked at is the beginning and the end of that time, and each change in it.
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
        try {
            return new Watch(metric, side, fire, clear, length.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("for=" + length + ", expected at most 292 years", e);
        }
    }

    /**
     * Whether a value is beyond the threshold where it fires.
     *
     * @param value of the metric, NaN where it has none.
     * @return false for NaN.
     */
    public boolean isBeyond(final double value) {
        return side == Side.ABOVE ? value > fire : value < fire;
    }

    /**
     * Whether a value clears it.
     *
     * @param value of the metric, NaN where it has none.
     * @return false for NaN.
     */
    public boolean isClearing(final double value) {
        return side == Side.ABOVE ? value <= clear : value >= clear;
    }
}
