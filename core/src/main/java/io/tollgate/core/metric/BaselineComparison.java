package io.tollgate.core.metric;

import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.BaselineRatio;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PoissonScore;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.ScoreQuotients;
import io.tollgate.core.window.SeriesRuns;

/** {@link BaselineRatio} and {@link PoissonScore}. */
final class BaselineComparison extends PointMetric {
    private final BasicMetrics basics;
    private final boolean isRatio;
    private final BaselineReading baseline;
    private final ScoreQuotients scores = new ScoreQuotients();

    BaselineComparison(final BaselineRatio metric, final BasicMetrics basics) {
        this(metric, metric.baseline(), basics);
    }

    BaselineComparison(final PoissonScore metric, final BasicMetrics basics) {
        this(metric, metric.baseline(), basics);
    }

    private BaselineComparison(final Metric metric, final Baseline baseline, final BasicMetrics basics) {
        super(metric);
        this.basics = basics;
        this.baseline = new BaselineReading(baseline, basics);
        isRatio = metric instanceof BaselineRatio;
    }

    @Override
    boolean evaluate(final WindowFacts facts, final SeriesRuns runs) {
        final Status status = basics.status(BaselineReading.compared(facts.isStep()), facts);
        if (status != Status.OK) {
            none(status);
            return true;
        }
        if (!isRatio && facts.isStep()) {
            none(Status.UNDEFINED);
            return true;
        }
        if (!baseline.read(facts, runs)) {
            return false;
        }
        if (!baseline.status().hasValue()) {
            none(baseline.status());
            return true;
        }
        final double result = compare(facts);
        if (Double.isNaN(result)) {
            none(Status.UNDEFINED);
        } else if (baseline.status() == Status.PARTIAL) {
            partial(result);
        } else {
            ok(result);
        }
        return true;
    }

    private double compare(final WindowFacts facts) {
        final RunSummary run = facts.run();
        return isRatio
                ? scores.baselineRatio(
                        run.firstMomentLow(), run.firstMomentHigh(), BaselineReading.weight(facts), baseline.mean())
                : scores.poissonScore(run.firstMomentLow(), run.firstMomentHigh(), baseline.mean(), facts.scale());
    }
}
