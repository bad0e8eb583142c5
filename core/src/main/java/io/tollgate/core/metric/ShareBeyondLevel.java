package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ShareAbove;
import io.tollgate.api.read.ShareBelow;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@link ShareAbove} and {@link ShareBelow}: the weight of the points beyond the level, divided by the weight of all
 * known points.
 */
final class ShareBeyondLevel extends PointMetric {
    private static final int MAX_SCALE = 9;

    private final Quotients quotients;
    private final boolean isAbove;

    /**
     * For each scale, the largest scaled value that is not above the level. For {@link ShareBelow}, the largest value
     * that is below it.
     */
    private final long[] highest = new long[MAX_SCALE + 1];

    private ShareBeyondLevel(
            final Metric metric, final boolean isAbove, final BigDecimal level, final Quotients quotients) {
        super(metric);
        this.isAbove = isAbove;
        this.quotients = quotients;
        for (int scale = 0; scale <= MAX_SCALE; scale++) {
            final BigDecimal scaled = level.scaleByPowerOfTen(scale);
            final BigDecimal wanted = isAbove
                    ? scaled.setScale(0, RoundingMode.FLOOR)
                    : scaled.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
            highest[scale] = wanted.max(BigDecimal.valueOf(Long.MIN_VALUE))
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
    }

    static ShareBeyondLevel above(final ShareAbove metric, final Quotients quotients) {
        return new ShareBeyondLevel(metric, true, metric.level(), quotients);
    }

    static ShareBeyondLevel below(final ShareBelow metric, final Quotients quotients) {
        return new ShareBeyondLevel(metric, false, metric.level(), quotients);
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
        final long bound = highest[facts.scale()];
        final RunPoints points = runs.points();
        long beyond = 0;
        while (points.next()) {
            if (points.value() != Decimals.UNKNOWN && points.value() > bound == isAbove) {
                beyond += points.weight();
            }
        }
        okRatio(beyond, facts.weight(), quotients);
        return points.isIntact();
    }
}
