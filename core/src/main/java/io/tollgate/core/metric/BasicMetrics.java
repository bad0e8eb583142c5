package io.tollgate.core.metric;

import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.ScoreQuotients;
import io.tollgate.core.number.ShapeQuotients;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.window.WindowChangeTimes;

/** Computes the basic metrics of the summary of a run, and their status. Used by one thread. */
public final class BasicMetrics {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private static final long SUM_BIT = bit(BasicMetric.SUM);
    private static final long MEAN_BIT = bit(BasicMetric.MEAN);
    private static final long SD_BIT = bit(BasicMetric.SD);
    private static final long MIN_BIT = bit(BasicMetric.MIN);
    private static final long MAX_BIT = bit(BasicMetric.MAX);

    /**
     * A bit for each metric that {@link #computeCommon} computes. These metrics have a value in each {@linkplain
     * WindowFacts#isOrdinary ordinary} window.
     */
    static final long COMMON = SUM_BIT | MEAN_BIT | SD_BIT | MIN_BIT | MAX_BIT;

    private final Quotients quotients = new Quotients();
    private final ShapeQuotients shapeQuotients = new ShapeQuotients();
    private final ScoreQuotients scoreQuotients = new ScoreQuotients();
    private final RankSelection rankSelection = new RankSelection();

    /** Creates an object that computes the basics of any window. */
    public BasicMetrics() {}

    /**
     * Returns the parts of a window that metrics depend on. Metrics that are UNDEFINED if all values are equal depend
     * on the spread, and so on the instant at which a STEP first changes. Metrics that compare with the newest point
     * depend on the start of the window.
     *
     * @param metrics any.
     * @return see {@link WindowChangeTimes#next}.
     */
    public static int aspects(final Metric... metrics) {
        int aspects = WindowChangeTimes.CONTENTS;
        for (final Metric metric : metrics) {
            if (metric == Metric.ZSCORE_INCLUSIVE || metric == Metric.SKEW || metric == Metric.KURTOSIS) {
                aspects |= WindowChangeTimes.SPREAD;
            } else if (metric == Metric.ZSCORE) {
                aspects |= WindowChangeTimes.START;
            }
        }
        return aspects;
    }

    /** {@return the divisions, shared with other metrics} */
    Quotients quotients() {
        return quotients;
    }

    /** {@return the scores, shared with other metrics} */
    ScoreQuotients scoreQuotients() {
        return scoreQuotients;
    }

    /** {@return the search by rank, shared by all quantiles of a reader} */
    RankSelection rankSelection() {
        return rankSelection;
    }

    /** Returns the bit of a metric in a set of basic metrics. */
    static long bit(final BasicMetric metric) {
        return 1L << metric.ordinal();
    }

    /** Returns EMPTY, INSUFFICIENT or UNDEFINED if the metric has no value, otherwise OK. */
    Status status(final BasicMetric metric, final WindowFacts facts) {
        if (metric == BasicMetric.COUNT || metric == BasicMetric.COVERAGE) {
            return Status.OK;
        }
        final Status shortfall = facts.isStep() ? stepShortfall(metric, facts) : flowShortfall(metric, facts);
        if (shortfall != Status.OK) {
            return shortfall;
        }
        if (metric == BasicMetric.RATE && facts.lengthNs() == 0) {
            return Status.INSUFFICIENT;
        }
        return isUndefined(metric, facts) ? Status.UNDEFINED : Status.OK;
    }

    private static Status stepShortfall(final BasicMetric metric, final WindowFacts facts) {
        if (facts.count() == 0 && !facts.hasCarriedIn()) {
            return Status.EMPTY;
        }
        if (!facts.run().hasKnown()) {
            return Status.INSUFFICIENT;
        }
        final boolean needsTime = switch (metric) {
            case SUM, MEAN, VARIANCE, SD, POPULATION_VARIANCE, POPULATION_SD, ZSCORE_INCLUSIVE -> true;
            default -> metric.isShape();
        };
        return needsTime && facts.covered() == 0 ? Status.INSUFFICIENT : Status.OK;
    }

    private static Status flowShortfall(final BasicMetric metric, final WindowFacts facts) {
        if (facts.count() == 0) {
            final boolean isTotal = metric == BasicMetric.SUM || metric == BasicMetric.RATE;
            return isTotal && (facts.isAlive() || facts.hasCut()) ? Status.OK : Status.EMPTY;
        }
        final int needed = switch (metric) {
            case VARIANCE, SD, ZSCORE_INCLUSIVE, SLOPE, INTERCEPT -> 2;
            case SKEW -> 3;
            case KURTOSIS -> 4;
            default -> 1;
        };
        return facts.count() < needed ? Status.INSUFFICIENT : Status.OK;
    }

    private boolean isUndefined(final BasicMetric metric, final WindowFacts facts) {
        return switch (metric) {
            case SUM, RATE -> facts.isCutTooOften();
            case RELATIVE -> facts.run().firstKnown() == 0;
            case LOG_CHANGE -> Double.isNaN(logChange(facts));
            case SKEW, KURTOSIS, ZSCORE_INCLUSIVE -> quotients.isConstant(facts.run(), facts.weight());
            case SLOPE, INTERCEPT -> shapeQuotients.isInstant(facts.run());
            default -> false;
        };
    }

    /**
     * Computes the most common metrics of an ordinary window in one pass, because a call for each of them takes longer.
     *
     * @param metrics a bit for each metric to compute.
     * @param values  receives the values, by the ordinal of the metric.
     */
    void computeCommon(final long metrics, final WindowFacts facts, final double[] values) {
        final RunSummary run = facts.run();
        final int scale = facts.scale();
        final long weight = facts.weight();
        if ((metrics & SUM_BIT) != 0) {
            values[BasicMetric.SUM.ordinal()] = quotients.firstMoment(run, facts.isStep() ? NANOS_PER_DAY : 1, scale);
        }
        if ((metrics & MEAN_BIT) != 0) {
            values[BasicMetric.MEAN.ordinal()] = quotients.firstMoment(run, weight, scale);
        }
        if ((metrics & SD_BIT) != 0) {
            values[BasicMetric.SD.ordinal()] = quotients.standardDeviation(run, weight, facts.ddof(), scale);
        }
        if ((metrics & MIN_BIT) != 0) {
            values[BasicMetric.MIN.ordinal()] = quotients.decimal(run.min(), scale);
        }
        if ((metrics & MAX_BIT) != 0) {
            values[BasicMetric.MAX.ordinal()] = quotients.decimal(run.max(), scale);
        }
    }

    /** Returns the value of a metric whose status is OK. */
    double value(final BasicMetric metric, final WindowFacts facts) {
        final RunSummary run = facts.run();
        final int scale = facts.scale();
        final long weight = facts.weight();
        return switch (metric) {
            case COUNT -> facts.count();
            case COVERAGE -> coverage(metric, facts);
            case SUM -> sum(facts);
            case RATE -> ratePerDay(facts);
            case MEAN -> quotients.firstMoment(run, weight, scale);
            case VARIANCE -> quotients.variance(run, weight, facts.ddof(), scale);
            case SD -> quotients.standardDeviation(run, weight, facts.ddof(), scale);
            case POPULATION_VARIANCE -> quotients.variance(run, weight, 0, scale);
            case POPULATION_SD -> quotients.standardDeviation(run, weight, 0, scale);
            case ZSCORE_INCLUSIVE -> scoreQuotients.zScore(run, weight, facts.ddof(), run.lastKnown());
            case MIN -> quotients.decimal(run.min(), scale);
            case MAX -> quotients.decimal(run.max(), scale);
            case FIRST -> quotients.decimal(run.firstKnown(), scale);
            case LAST -> quotients.decimal(run.lastKnown(), scale);
            case DELTA -> quotients.difference(run.lastKnown(), run.firstKnown(), scale);
            case RANGE -> quotients.difference(run.max(), run.min(), scale);
            case RELATIVE -> quotients.relativeChange(run.firstKnown(), run.lastKnown());
            case LOG_CHANGE -> logChange(facts);
            case SKEW -> shapeQuotients.skew(run);
            case KURTOSIS -> shapeQuotients.kurtosis(run);
            case SLOPE -> shapeQuotients.slopePerDay(run, scale);
            case INTERCEPT -> intercept(facts);
            case CHANGES, SINCE_CHANGE, ZSCORE ->
                throw new IllegalArgumentException("metric=" + metric + " cannot be computed from a summary");
        };
    }

    /**
     * Compares the exact value of a metric whose status is OK with a threshold. Called if the rounded value is equal to
     * the threshold, or nearly so. Returns 0 for metrics that have no exact value.
     */
    int compareExactly(final BasicMetric metric, final WindowFacts facts, final Threshold threshold) {
        final RunSummary run = facts.run();
        final int scale = facts.scale();
        final long weight = facts.weight();
        return switch (metric) {
            case COVERAGE ->
                facts.wanted() == 0 ? 0 : quotients.compareRatio(facts.covered(metric), facts.wanted(), threshold);
            case SUM -> facts.hasCut() ? 0 : compareMean(run, facts.isStep() ? NANOS_PER_DAY : 1, scale, threshold);
            case RATE -> compareRate(facts, threshold);
            case MEAN -> compareMean(run, weight, scale, threshold);
            case VARIANCE, SD ->
                quotients.compareVariance(run, weight, facts.ddof(), scale, metric == BasicMetric.SD, threshold);
            case POPULATION_VARIANCE, POPULATION_SD ->
                quotients.compareVariance(run, weight, 0, scale, metric == BasicMetric.POPULATION_SD, threshold);
            case ZSCORE_INCLUSIVE ->
                scoreQuotients.compareZScore(run, weight, facts.ddof(), run.lastKnown(), threshold);
            case MIN -> quotients.compareDifference(run.min(), 0, scale, threshold);
            case MAX -> quotients.compareDifference(run.max(), 0, scale, threshold);
            case FIRST -> quotients.compareDifference(run.firstKnown(), 0, scale, threshold);
            case LAST -> quotients.compareDifference(run.lastKnown(), 0, scale, threshold);
            case DELTA -> quotients.compareDifference(run.lastKnown(), run.firstKnown(), scale, threshold);
            case RANGE -> quotients.compareDifference(run.max(), run.min(), scale, threshold);
            default -> 0;
        };
    }

    private int compareMean(final RunSummary run, final long divisor, final int scale, final Threshold threshold) {
        return quotients.compareMean(run.firstMomentLow(), run.firstMomentHigh(), divisor, scale, threshold);
    }

    private int compareRate(final WindowFacts facts, final Threshold threshold) {
        final RunSummary run = facts.run();
        if (facts.hasCut()) {
            return 0;
        }
        return facts.isStep()
                ? quotients.compareDifferencePerDay(
                        run.lastKnown(), run.firstKnown(), facts.lengthNs(), facts.scale(), threshold)
                : quotients.comparePerDay(
                        run.firstMomentLow(), run.firstMomentHigh(), facts.lengthNs(), facts.scale(), threshold);
    }

    /** Returns the coverage of a metric, 0 to 1. */
    double coverage(final Metric metric, final WindowFacts facts) {
        return facts.wanted() == 0 ? 0 : quotients.ratio(facts.covered(metric), facts.wanted());
    }

    private double sum(final WindowFacts facts) {
        return facts.hasCut()
                ? facts.proRataSum().value(facts.scale())
                : quotients.firstMoment(facts.run(), facts.isStep() ? NANOS_PER_DAY : 1, facts.scale());
    }

    private double ratePerDay(final WindowFacts facts) {
        final RunSummary run = facts.run();
        if (facts.hasCut()) {
            return facts.proRataSum().perDay(facts.lengthNs(), facts.scale());
        }
        return facts.isStep()
                ? quotients.differencePerDay(run.lastKnown(), run.firstKnown(), facts.lengthNs(), facts.scale())
                : quotients.firstMomentPerDay(run, facts.lengthNs(), facts.scale());
    }

    /** Returns the intercept at the start of the window, which may be before the first representable instant. */
    private double intercept(final WindowFacts facts) {
        return facts.startNs() > Long.MIN_VALUE
                ? shapeQuotients.intercept(facts.run(), facts.startNs(), facts.scale())
                : shapeQuotients.intercept(facts.run(), facts.atNs(), facts.lengthNs(), facts.scale());
    }

    private double logChange(final WindowFacts facts) {
        return logChange(facts, facts.run().firstKnown(), facts.run().lastKnown());
    }

    /** Returns the logarithmic change of the window's series, NaN if it has none. */
    double logChange(final WindowFacts facts, final long first, final long last) {
        return facts.wholeInUnit() == 0
                ? quotients.logRatio(first, last)
                : quotients.logChange(first, last, facts.scale(), facts.wholeInUnit());
    }
}
