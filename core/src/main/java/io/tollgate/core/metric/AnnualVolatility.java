package io.tollgate.core.metric;

import io.tollgate.api.read.Volatility;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.CompensatedSum;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;

/**
 * {@link Volatility}, in two passes: the mean of the changes, then the squares of their distances from it, minus the
 * error that the rounding of the mean adds. With {@code u = 2^-53}, changes are within 5 u of their magnitude, see
 * {@link BasicMetrics#logChange}, and move the deviation by at most 1.42 times that; all other errors are a few u of
 * it.
 */
final class AnnualVolatility extends PointMetric {
    private final BasicMetrics basics;
    private final double rootOfPeriods;
    private final CompensatedSum sum = new CompensatedSum();
    private final CompensatedSum squares = new CompensatedSum();
    private long changeCount;
    private boolean isUndefined;
    private boolean isBeyondLong;

    /** For the last instant read: false if its level is UNKNOWN. */
    private boolean isKnown;

    /** False if the amount overflows a long; then it has a value that cannot be computed with. */
    private boolean isLong;

    private long value;

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
        return points.isIntact();
    }

    private void pass(final WindowFacts facts, final RunPoints points, final double mean) {
        sum.clear();
        squares.clear();
        changeCount = 0;
        isUndefined = false;
        isBeyondLong = false;
        boolean wasKnown = false;
        boolean wasLong = false;
        long before = 0;
        boolean hasPoint = points.next();
        while (hasPoint) {
            hasPoint = takeInstant(points, facts.isStep());
            isBeyondLong |= !isLong;
            if (wasKnown && isKnown) {
                take(logChange(facts, wasLong, before) - mean);
            }
            wasKnown = isKnown;
            wasLong = isLong;
            before = value;
        }
    }

    /**
     * Sums the points of an instant in two words, so that their order does not matter. Returns true if another point
     * follows.
     */
    private boolean takeInstant(final RunPoints points, final boolean isStep) {
        final long time = points.time();
        isKnown = !isStep || points.value() != Decimals.UNKNOWN;
        long low = 0;
        long high = 0;
        boolean hasPoint;
        do {
            final long amount = points.value();
            low += amount;
            high += (amount >> 63) + (Long.compareUnsigned(low, amount) < 0 ? 1 : 0);
            hasPoint = points.next();
        } while (hasPoint && points.time() == time);
        isLong = high == low >> 63;
        // For a rate this low, 1 + rate is also below 0, for any unit and scale.
        isUndefined |= !isLong && high < 0;
        value = low;
        return hasPoint;
    }

    /**
     * Returns the change between two instants. If one end overflows a long, the result only says whether the other end
     * has a logarithm: 0 or NaN.
     */
    private double logChange(final WindowFacts facts, final boolean wasLong, final long before) {
        return wasLong || isLong ? basics.logChange(facts, wasLong ? before : value, isLong ? value : before) : 0;
    }

    private void take(final double change) {
        changeCount++;
        isUndefined |= Double.isNaN(change);
        sum.add(change);
        squares.add(change * change);
    }
}
