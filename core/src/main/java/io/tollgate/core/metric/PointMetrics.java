package io.tollgate.core.metric;

import io.tollgate.api.read.BaselineRatio;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Cusum;
import io.tollgate.api.read.Ewma;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PoissonScore;
import io.tollgate.api.read.Quantile;
import io.tollgate.api.read.ShareAbove;
import io.tollgate.api.read.ShareBelow;
import io.tollgate.api.read.Volatility;

/** Creates the {@link PointMetric} that computes a metric. */
final class PointMetrics {
    private PointMetrics() {}

    /** Returns true if a metric needs more than the summary; a shape needs an extended summary. */
    static boolean isNeededFor(final Metric metric) {
        return !(metric instanceof BasicMetric)
                || metric == Metric.CHANGES
                || metric == Metric.SINCE_CHANGE
                || metric == Metric.ZSCORE;
    }

    /** Creates the computation of a metric. The metric must need a declaration, and must not be a shape. */
    static PointMetric of(final Metric metric, final BasicMetrics basics) {
        if (metric instanceof ShareAbove above) {
            return ShareBeyondLevel.above(above, basics.quotients());
        }
        if (metric instanceof ShareBelow below) {
            return ShareBeyondLevel.below(below, basics.quotients());
        }
        if (metric instanceof Volatility volatility) {
            return new AnnualVolatility(volatility, basics);
        }
        if (metric instanceof Quantile quantile) {
            return new SelectedQuantile(quantile, basics);
        }
        if (metric == Metric.ZSCORE) {
            return new NewestScore(basics);
        }
        if (metric instanceof Ewma ewma) {
            return new DecayedAverage(ewma, basics.quotients());
        }
        if (metric instanceof Cusum cusum) {
            return new CusumReading(cusum, basics.quotients());
        }
        if (metric instanceof BaselineRatio ratio) {
            return new BaselineComparison(ratio, basics);
        }
        if (metric instanceof PoissonScore score) {
            return new BaselineComparison(score, basics);
        }
        return metric == Metric.CHANGES ? new ChangeCount() : new TimeSinceChange(basics.quotients());
    }
}
