package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.window.SeriesRuns;

/**
 * {@link Metric#CHANGES}: the changes within the run, plus one if its first point differs from the one before the
 * window.
 */
final class ChangeCount extends PointMetric {
    ChangeCount() {
        super(Metric.CHANGES);
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        final RunSummary run = facts.run();
        if (facts.count() == 0 && !facts.isStep() && facts.isAlive()) {
            ok(0);
            return true;
        }
        if (isNothingKnown(facts)) {
            return true;
        }
        long changes = run.changes();
        final boolean isFirstInside = run.count() == facts.count();
        if (isFirstInside) {
            if (!runs.findFloor(runs.bounds().lowestNs() - 1)) {
                return false;
            }
            if (runs.hasFloor() && runs.value() != run.firstValue()) {
                changes++;
            }
        }
        ok(changes);
        return true;
    }
}
