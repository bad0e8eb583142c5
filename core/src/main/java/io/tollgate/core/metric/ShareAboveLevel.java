package io.tollgate.core.metric;

import io.tollgate.api.Publisher;
import io.tollgate.api.ShareAbove;
import io.tollgate.api.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.window.RunPoints;
import io.tollgate.core.window.SeriesRuns;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** {@link ShareAbove}: what the points above the level weigh, of what all known ones weigh. */
final class ShareAboveLevel extends PointMetric {
    private static final int MAX_SCALE = 9;

    private final Quotients quotients;

    /** The largest scaled value that is not above the level, for each scale. */
    private final long[] highestBelow = new long[MAX_SCALE + 1];

    ShareAboveLevel(final ShareAbove metric, final Quotients quotients) {
        super(metric);
        this.quotients = quotients;
        final BigDecimal lowest = BigDecimal.valueOf(Long.MIN_VALUE);
        final BigDecimal highest = BigDecimal.valueOf(Long.MAX_VALUE);
        for (int scale = 0; scale <= MAX_SCALE; scale++) {
            final BigDecimal scaled = metric.level().scaleByPowerOfTen(scale).setScale(0, RoundingMode.FLOOR);
            highestBelow[scale] = scaled.max(lowest).min(highest).longValueExact();
        }
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
        final long bound = highestBelow[facts.scale()];
        final RunPoints points = runs.points();
        long above = 0;
        while (points.next()) {
            if (points.value() != Publisher.UNKNOWN && points.value() > bound) {
                above += points.weight();
            }
        }
        ok(quotients.ratio(above, facts.weight()));
        return points.isWhole();
    }
}
