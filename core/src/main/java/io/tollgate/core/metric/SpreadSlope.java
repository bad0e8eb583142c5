package io.tollgate.core.metric;

import io.tollgate.api.series.Decimals;
import io.tollgate.core.number.RunSummary;

/**
 * The direction in which time moves the spread of a STEP window. While nothing enters or leaves the window, a value
 * gains weight at its end and another one loses weight at its start. So the mean, the variance and the z-score of the
 * window have one turning point at most: where the slope changes its sign. Used by one thread.
 */
final class SpreadSlope {
    private double meanSlope;
    private double varianceSlope;
    private double mean;
    private double variance;

    /**
     * Looks at a window.
     *
     * @param facts  of it.
     * @param grows  whether its end moves.
     * @param slides whether its start moves.
     * @param basics works out its mean and variance.
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

    /** The slope of the variance, times a number above 0. */
    double ofVariance() {
        return varianceSlope;
    }

    /** The slope of {@code (value - mean) / sd}, times a number above 0. */
    double ofScore(final double value) {
        return -meanSlope * variance - (value - mean) * varianceSlope / 2;
    }
}
