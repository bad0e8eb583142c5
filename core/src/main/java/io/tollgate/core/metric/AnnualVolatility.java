package io.tollgate.core.metric;

import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.api.Volatility;
import io.tollgate.core.number.CompensatedSum;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;

/**
 * {@link Volatility}, in two passes: the mean of the changes, then the squares of how far they are from it, less what
 * the rounding of the mean adds. With {@code u = 2^-53}, changes are within 5 u of their magnitude, see
 * {@link BasicMetrics#logChange}, and move the deviation by at most 1.42 times that; all else is some u of it.
 */
final class AnnualVolatility extends PointMetric {
    private final BasicMetrics basics;
    private final double rootOfPeriods;
    private final CompensatedSum sum = new CompensatedSum();
    private final CompensatedSum squares = new CompensatedSum();
    private long changeCount;
    private boolean isUndefined;
    private boolean isBeyondLong;

    AnnualVolatility(final Volatility metric, final BasicMetrics basics) {
        super(metric);
        this.basics = basics;
        rootOfPeriods = Math.sqrt(metric.periodsPerYear().doubleValue());
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        if (isNothingKnown(facts)) {
            return true;
        }
        final RunPoints points = runs.points();
        pass(facts, points, 0);
        if (changeCount < 2) {
            none(Status.INSUFFICIENT);
        } else if (isUndefined) {
            none(Status.UNDEFINED);
        } else if (isBeyondLong) {
            none(Status.OVERFLOW);
        } else {
            points.rewind();
            pass(facts, points, sum.value() / changeCount);
            final double excess = sum.value() * (sum.value() / changeCount);
            ok(Math.sqrt(Math.max(0, squares.value() - excess) / (changeCount - 1)) * rootOfPeriods);
        }
        return points.isWhole();
    }

    private void pass(final WindowFacts facts, final RunPoints points, final double mean) {
        sum.clear();
        squares.clear();
        changeCount = 0;
        isUndefined = false;
        isBeyondLong = false;
        long before = Publisher.UNKNOWN;
        boolean hasPoint = points.next();
        while (hasPoint) {
            final long time = points.time();
            long value = points.value();
            hasPoint = points.next();
            while (hasPoint && points.time() == time) {
                value = sum(value, points.value());
                hasPoint = points.next();
            }
            if (before != Publisher.UNKNOWN && value != Publisher.UNKNOWN) {
                take(basics.logChange(facts, before, value) - mean);
            }
            before = value;
        }
    }

    private long sum(final long amount, final long other) {
        final long both = amount + other;
        isBeyondLong |= ((amount ^ both) & (other ^ both)) < 0;
        return both;
    }

    private void take(final double change) {
        changeCount++;
        isUndefined |= Double.isNaN(change);
        sum.add(change);
        squares.add(change * change);
    }
}
