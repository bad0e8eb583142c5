package io.tollgate.core.metric;

import static io.tollgate.api.read.Quantile.BILLION;

import io.tollgate.api.read.Quantile;
import io.tollgate.api.read.QuantileMethod;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;

/**
 * {@link Quantile}: the value at an exact rank among those of the window, found by a {@link RankSelection}. The share
 * of a weight W is a whole number and a fraction of 10^9: with {@code W = a 10^9 + b} and P parts per 10^9 it is {@code
 * a P + b P / 10^9}, whose products fit a word.
 */
final class SelectedQuantile extends PointMetric {
    private final int share;
    private final boolean isLinear;
    private final Quotients quotients;
    private final RankSelection selection;

    SelectedQuantile(final Quantile metric, final BasicMetrics basics) {
        super(metric);
        share = metric.partsPerBillion();
        isLinear = metric.method() == QuantileMethod.LINEAR;
        quotients = basics.quotients();
        selection = basics.rankSelection();
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        if (isNothingKnown(facts)) {
            return true;
        }
        if (facts.weight() == 0) {
            none(Status.INSUFFICIENT);
            return true;
        }
        if (facts.isStep() && share == 0) {
            ok(quotients.decimal(facts.run().min(), facts.scale()));
            return true;
        }
        return isLinear && !facts.isStep() ? interpolate(facts, runs.points()) : select(facts, runs.points());
    }

    private boolean select(final WindowFacts facts, final RunPoints points) {
        final long weight = facts.weight();
        final long below = whole(weight) + (part(weight) == 0 ? 0 : 1);
        final boolean isFound = selection.find(points, facts.run(), below == 0 ? 1 : below);
        ok(quotients.decimal(selection.value(), facts.scale()));
        return isFound;
    }

    private boolean interpolate(final WindowFacts facts, final RunPoints points) {
        final long last = facts.count() - 1;
        final boolean isFound = selection.find(points, facts.run(), whole(last) + 1);
        final int part = part(last);
        ok(
                part == 0
                        ? quotients.decimal(selection.value(), facts.scale())
                        : quotients.interpolation(
                                selection.value(), selection.valueAfter(), part, BILLION, facts.scale()));
        return isFound;
    }

    /** Returns the whole part of the share of a weight. */
    private long whole(final long weight) {
        final long billions = Long.divideUnsigned(weight, BILLION);
        return billions * share + (weight - billions * BILLION) * share / BILLION;
    }

    /** Returns the fractional part of the share of a weight, in parts per 10^9. */
    private int part(final long weight) {
        return (int) (Long.remainderUnsigned(weight, BILLION) * share % BILLION);
    }
}
