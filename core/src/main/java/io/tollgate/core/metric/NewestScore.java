package io.tollgate.core.metric;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.ScoreQuotients;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.window.SeriesRuns;
import io.tollgate.core.window.WindowBounds;

/**
 * {@link Metric#ZSCORE}: the newest point against the window up to its instant, which is summed separately in O(log n).
 */
final class NewestScore extends PointMetric {
    private final Quotients quotients;
    private final ScoreQuotients scoreQuotients;
    private final WindowBounds bounds = new WindowBounds();
    private final RunSummary summary = new RunSummary();
    private final WindowFacts baseline = new WindowFacts();
    private final SpreadSlope spreadSlope = new SpreadSlope();
    private final BasicMetrics basics;
    private int ddof;
    private long newest;

    NewestScore(final BasicMetrics basics) {
        super(Metric.ZSCORE);
        this.basics = basics;
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
        if (runs.value() == Decimals.UNKNOWN || runs.time() <= facts.startNs()) {
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

    @Override
    int compareExactly(final Threshold threshold) {
        return scoreQuotients.compareZScore(baseline.run(), baseline.weight(), ddof, newest, threshold);
    }

    /** Returns the slope of the score of a STEP, times a positive number. */
    double slope(final boolean slides) {
        return spreadSlope.of(baseline, false, slides, basics).ofScore(quotients.decimal(newest, baseline.scale()));
    }

    private void score(final int ddofOfRun, final long newestValue) {
        ddof = ddofOfRun;
        newest = newestValue;
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
