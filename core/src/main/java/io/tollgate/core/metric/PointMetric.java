package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.window.SeriesRuns;

/**
 * A metric that the summary of a window does not tell: it is worked out while the series is read, from the points of
 * the window, those around them, or other windows. Used by one thread.
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

    /** EMPTY, INSUFFICIENT or UNDEFINED where it has no value; OK or PARTIAL where it has one. */
    Status status() {
        return status;
    }

    double value() {
        return value;
    }

    /** Compares the exact value with a threshold that the told one is equal to; 0 if there is no exact value. */
    int compareExactly(final Threshold threshold) {
        return divisor == 0 ? 0 : ratioQuotients.compareRatio(dividend, divisor, threshold);
    }

    /**
     * Works the metric out, and calls one of {@link #none(Status)}, {@link #ok(double)} and {@link #partial(double)}.
     * What it reads may be torn by a concurrent change: it must end, and not throw, on anything.
     *
     * @param facts of the window.
     * @param runs  of the series.
     * @return false if the series was found torn.
     */
    abstract boolean evaluate(WindowFacts facts, SeriesRuns runs);

    /** Says EMPTY or INSUFFICIENT, and true, where the window has no point, or no known one. */
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

    /** A value for which something beside the window was only partly covered. */
    final void partial(final double result) {
        status = Status.PARTIAL;
        value = result;
    }

    final void ok(final double result) {
        status = Status.OK;
        value = result;
        divisor = 0;
    }

    /** A value that is the quotient of two unsigned numbers. */
    final void okRatio(final long exactDividend, final long exactDivisor, final Quotients quotients) {
        ok(quotients.ratio(exactDividend, exactDivisor));
        dividend = exactDividend;
        divisor = exactDivisor;
        ratioQuotients = quotients;
    }
}
