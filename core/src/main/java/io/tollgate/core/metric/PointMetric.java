package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.window.SeriesRuns;

/**
 * A metric that the summary of a window does not contain. It is computed during the read, from the points of the
 * window, from points around it, or from other windows. Used by one thread.
 */
abstract class PointMetric {
    private final Metric metric;
    private Status status = Status.EMPTY;
    private double value = Double.NaN;
    private Quotients ratioQuotients;
    private long dividend;
    private long divisor;

    PointMetric(final Metric metric) {
        this.metric = metric;
    }

    Metric metric() {
        return metric;
    }

    /** Returns EMPTY, INSUFFICIENT or UNDEFINED if the metric has no value, OK or PARTIAL if it has one. */
    Status status() {
        return status;
    }

    double value() {
        return value;
    }

    /**
     * Compares the exact value with a threshold that equals the rounded value. Returns 0 if there is no exact value.
     */
    int compareExactly(final Threshold threshold) {
        return divisor == 0 ? 0 : ratioQuotients.compareRatio(dividend, divisor, threshold);
    }

    /**
     * Computes the metric, and calls one of {@link #none(Status)}, {@link #ok(double)} and {@link #partial(double)}. A
     * concurrent change may have torn the data, so the method must end on any input, and must not throw.
     *
     * @param facts of the window.
     * @param runs  of the series.
     * @return false if the series was found torn.
     */
    abstract boolean evaluate(WindowFacts facts, SeriesRuns runs);

    /** If the window has no point or no known point, sets EMPTY or INSUFFICIENT and returns true. */
    final boolean isNothingKnown(final WindowFacts facts) {
        if (facts.count() == 0 && !facts.hasCarriedIn()) {
            none(Status.EMPTY);
            return true;
        }
        if (!facts.run().hasKnown()) {
            none(Status.INSUFFICIENT);
            return true;
        }
        return false;
    }

    final void none(final Status why) {
        status = why;
        value = Double.NaN;
    }

    /** Sets a value whose other inputs, besides the window, were only partly covered. */
    final void partial(final double result) {
        status = Status.PARTIAL;
        value = result;
    }

    final void ok(final double result) {
        status = Status.OK;
        value = result;
        divisor = 0;
    }

    /** Sets a value that is the quotient of two unsigned numbers. */
    final void okRatio(final long exactDividend, final long exactDivisor, final Quotients quotients) {
        ok(quotients.ratio(exactDividend, exactDivisor));
        dividend = exactDividend;
        divisor = exactDivisor;
        ratioQuotients = quotients;
    }
}
