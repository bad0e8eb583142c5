package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.window.SeriesRuns;

/** {@link Metric#SINCE_CHANGE}, searched backwards from the last point of the window. */
final class TimeSinceChange extends PointMetric {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private final Quotients quotients;

    TimeSinceChange(final Quotients quotients) {
        super(Metric.SINCE_CHANGE);
        this.quotients = quotients;
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        if (isNothingKnown(facts)) {
            return true;
        }
        if (!runs.findFloor(runs.bounds().highestNs()) || !runs.hasFloor() || !runs.findLastChange()) {
            return false;
        }
        if (runs.hasLastChange()) {
            okRatio(facts.atNs() - runs.lastChangeTime(), NANOS_PER_DAY, quotients);
        } else {
            none(Status.INSUFFICIENT);
        }
        return true;
    }
}
