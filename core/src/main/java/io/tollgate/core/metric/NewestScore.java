package io.tollgate.core.metric;

import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.ScoreQuotients;
import io.tollgate.core.window.SeriesRuns;
import io.tollgate.core.window.WindowBounds;

/** {@link Metric#ZSCORE}: the newest point against the window up to its instant, summed up by itself in O(log n). */
final class NewestScore extends PointMetric {
    private final Quotients quotients;
    private final ScoreQuotients scoreQuotients;
    private final WindowBounds bounds = new WindowBounds();
    private final RunSummary summary = new RunSummary();
    private final WindowFacts baseline = new WindowFacts();

    NewestScore(final BasicMetrics basics) {
        super(Metric.ZSCORE);
        quotients = basics.quotients();
        scoreQuotients = basics.scoreQuotients();
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        if (isNothingKnown(facts)) {
            return true;
        }
        none(Status.INSUFFICIENT);
        if (facts.count() == 0) {
            return true;
        }
        if (!runs.findFloor(runs.bounds().highestNs()) || !runs.hasFloor()) {
            return false;
        }
        if (runs.value() == Publisher.UNKNOWN || runs.time() <= facts.startNs()) {
            return true;
        }
        bounds.before(runs.bounds(), runs.time());
        if (!runs.summarise(bounds, summary)) {
            return false;
        }
        if (facts.isStep()) {
            baseline.step(summary, facts.scale(), bounds);
        } else {
            baseline.flow(summary, facts.scale(), facts.startNs(), WindowBounds.NEVER, bounds);
        }
        score(facts.ddof(), runs.value());
        return true;
    }

    private void score(final int ddof, final long newest) {
        final RunSummary before = baseline.run();
        final long weight = baseline.weight();
        if (Long.compareUnsigned(weight, ddof) <= 0) {
            return;
        }
        if (quotients.isConstant(before, weight)) {
            none(Status.UNDEFINED);
        } else {
            ok(scoreQuotients.zScore(before, weight, ddof, newest));
        }
    }
}
