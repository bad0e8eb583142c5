package io.tollgate.core.metric;

import io.tollgate.api.series.Decimals;
import io.tollgate.core.number.RunSummary;

/**
 * The direction in which time moves the spread of a STEP window. While no point enters or leaves the window, one value
 * gains weight at its end and another value loses weight at its start. So the mean, the variance and the z-score of the
 * window have at most one turning point, at which the slope changes its sign. Used by one thread.
 */
final class SpreadSlope {
    private double meanSlope;
    private double varianceSlope;
    private double mean;
    private double variance;

    /**
     * Computes the slopes of a window.
     *
     * @param facts  of the window.
     * @param grows  true if its end moves.
     * @param slides true if its start moves.
     * @param basics computes its mean and variance.
     */
    SpreadSlope of(final WindowFacts facts, final boolean grows, final boolean slides, final BasicMetrics basics) {
        final RunSummary run = facts.run();
        mean = basics.quotients().firstMoment(run, facts.weight(), facts.scale());
        variance = basics.quotients().variance(run, facts.weight(), 0, facts.scale());
        meanSlope = 0;
        varianceSlope = 0;
        if (grows && run.lastTime() == facts.atNs() && run.lastValue() != Decimals.UNKNOWN) {
            add(1, basics.quotients().decimal(run.lastValue(), facts.scale()));
        }
        if (slides && run.firstTime() == facts.startNs() && run.firstValue() != Decimals.UNKNOWN) {
            add(-1, basics.quotients().decimal(run.firstValue(), facts.scale()));
        }
        return this;
    }

    private void add(final int sign, final double value) {
        final double distance = value - mean;
        meanSlope += sign * distance;
        varianceSlope += sign * (distance * distance - variance);
    }

    /** Returns the slope of the variance, times a positive number. */
    double ofVariance() {
        return varianceSlope;
    }

    /** Returns the slope of {@code (value - mean) / sd}, times a positive number. */
    double ofScore(final double value) {
        return -meanSlope * variance - (value - mean) * varianceSlope / 2;
    }
}
