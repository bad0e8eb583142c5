package io.tollgate.core.metric;

import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Ewma;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.CompensatedSum;
import io.tollgate.core.number.DecayWeights;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;

/**
 * {@link Ewma}, as a sum of weighted values, whose error does not grow with the number of points. With {@code u =
 * 2^-53}, weights within 14 u, see {@link DecayWeights}, and values, products and {@link CompensatedSum} within 1 u
 * each, an average is within 17 u of the largest magnitude, which is less than 17 of its ulp. A rate is within 11 u of
 * the rate of the magnitudes: its weights are within 6 u, the speed of the decay and its product within 4 u at most.
 */
final class DecayedAverage extends PointMetric {
    private final Quotients quotients;
    private final DecayWeights weights;
    private final CompensatedSum sum = new CompensatedSum();

    DecayedAverage(final Ewma metric, final Quotients quotients) {
        super(metric);
        this.quotients = quotients;
        final Decay decay = metric.decay();
        weights = decay instanceof Decay.HalfLife halfLife
                ? new DecayWeights(true, halfLife.lengthNs(), quotients)
                : new DecayWeights(false, ((Decay.TimeConstant) decay).lengthNs(), quotients);
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        return facts.isStep() ? average(facts, runs) : rate(facts, runs);
    }

    /**
     * Expands {@code E = v w(0) + (E - v) w(dt)}. The weight of the first value is the decay over all known time. The
     * weight of each stretch is the decay lost within it, times the decay over the known time after it. The weights add
     * up to 1, so the average lies between the smallest and the largest value.
     */
    private boolean average(final WindowFacts facts, final SeriesRuns runs) {
        if (isNothingKnown(facts)) {
            return true;
        }
        final int scale = facts.scale();
        final RunPoints points = runs.points();
        long behind = facts.covered();
        sum.clear();
        sum.add(quotients.decimal(facts.run().firstKnown(), scale) * weights.left(behind));
        while (points.next()) {
            if (points.value() != Decimals.UNKNOWN) {
                final long stretch = points.weight();
                behind -= stretch;
                sum.add(quotients.decimal(points.value(), scale) * (weights.left(behind) * weights.lost(stretch)));
            }
        }
        final double least = quotients.decimal(facts.run().min(), scale);
        final double most = quotients.decimal(facts.run().max(), scale);
        ok(Math.min(Math.max(sum.value(), least), most));
        return points.isIntact();
    }

    /** Sums the events of one instant exactly, so that their order does not matter. */
    private boolean rate(final WindowFacts facts, final SeriesRuns runs) {
        if (facts.count() == 0) {
            if (facts.isAlive()) {
                ok(0);
            } else {
                none(Status.EMPTY);
            }
            return true;
        }
        final RunPoints points = runs.points();
        boolean hasPoint = points.next();
        sum.clear();
        while (hasPoint) {
            final long time = points.time();
            long low = 0;
            long high = 0;
            do {
                final long value = points.value();
                low += value;
                high += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
                hasPoint = points.next();
            } while (hasPoint && points.time() == time);
            sum.add(quotients.decimal(low, high, facts.scale()) * weights.left(facts.atNs() - time));
        }
        ok(sum.value() * weights.perDay());
        return points.isIntact();
    }
}
