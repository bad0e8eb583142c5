package io.tollgate.api.read;

import java.util.Objects;

/**
 * What can be asked of a window of one series: one of the rolling basics, or a metric with parameters made by a method
 * here. Immutable; two metrics of the same parameters are equal.
 */
public sealed interface Metric
        permits BasicMetric, BaselineRatio, Cusum, Ewma, PoissonScore, Quantile, ShareAbove, ShareBelow, Volatility {
    /** {@link BasicMetric#COUNT}. */
    BasicMetric COUNT = BasicMetric.COUNT;

    /** {@link BasicMetric#SUM}. */
    BasicMetric SUM = BasicMetric.SUM;

    /** {@link BasicMetric#RATE}. */
    BasicMetric RATE = BasicMetric.RATE;

    /** {@link BasicMetric#MEAN}. */
    BasicMetric MEAN = BasicMetric.MEAN;

    /** {@link BasicMetric#VARIANCE}. */
    BasicMetric VARIANCE = BasicMetric.VARIANCE;

    /** {@link BasicMetric#SD}. */
    BasicMetric SD = BasicMetric.SD;

    /** {@link BasicMetric#POPULATION_VARIANCE}. */
    BasicMetric POPULATION_VARIANCE = BasicMetric.POPULATION_VARIANCE;

    /** {@link BasicMetric#POPULATION_SD}. */
    BasicMetric POPULATION_SD = BasicMetric.POPULATION_SD;

    /** {@link BasicMetric#ZSCORE}. */
    BasicMetric ZSCORE = BasicMetric.ZSCORE;

    /** {@link BasicMetric#ZSCORE_INCLUSIVE}. */
    BasicMetric ZSCORE_INCLUSIVE = BasicMetric.ZSCORE_INCLUSIVE;

    /** {@link BasicMetric#MIN}. */
    BasicMetric MIN = BasicMetric.MIN;

    /** {@link BasicMetric#MAX}. */
    BasicMetric MAX = BasicMetric.MAX;

    /** {@link BasicMetric#FIRST}. */
    BasicMetric FIRST = BasicMetric.FIRST;

    /** {@link BasicMetric#LAST}. */
    BasicMetric LAST = BasicMetric.LAST;

    /** {@link BasicMetric#DELTA}. */
    BasicMetric DELTA = BasicMetric.DELTA;

    /** {@link BasicMetric#RANGE}. */
    BasicMetric RANGE = BasicMetric.RANGE;

    /** {@link BasicMetric#RELATIVE}. */
    BasicMetric RELATIVE = BasicMetric.RELATIVE;

    /** {@link BasicMetric#LOG_CHANGE}. */
    BasicMetric LOG_CHANGE = BasicMetric.LOG_CHANGE;

    /** {@link BasicMetric#SKEW}. */
    BasicMetric SKEW = BasicMetric.SKEW;

    /** {@link BasicMetric#KURTOSIS}. */
    BasicMetric KURTOSIS = BasicMetric.KURTOSIS;

    /** {@link BasicMetric#SLOPE}. */
    BasicMetric SLOPE = BasicMetric.SLOPE;

    /** {@link BasicMetric#INTERCEPT}. */
    BasicMetric INTERCEPT = BasicMetric.INTERCEPT;

    /** {@link BasicMetric#COVERAGE}. */
    BasicMetric COVERAGE = BasicMetric.COVERAGE;

    /** {@link BasicMetric#CHANGES}. */
    BasicMetric CHANGES = BasicMetric.CHANGES;

    /** {@link BasicMetric#SINCE_CHANGE}. */
    BasicMetric SINCE_CHANGE = BasicMetric.SINCE_CHANGE;

    /** The {@link Quantile} of one half. */
    Quantile MEDIAN = quantile(0.5);

    /**
     * A quantile; of a FLOW with {@link QuantileMethod#LINEAR}.
     *
     * @param p from 0 to 1, as a decimal number of at most 9 places.
     * @return the metric.
     * @throws IllegalArgumentException if it is another number.
     */
    static Quantile quantile(final double p) {
        return quantile(p, QuantileMethod.LINEAR);
    }

    /**
     * A quantile.
     *
     * @param p      from 0 to 1, as a decimal number of at most 9 places.
     * @param method of a FLOW.
     * @return the metric.
     * @throws IllegalArgumentException if it is another number.
     */
    static Quantile quantile(final double p, final QuantileMethod method) {
        return Quantile.of(p, method);
    }

    /**
     * The share above a level: of a STEP of its known time, of a FLOW of its events.
     *
     * @param level as decimal text; strictly above it counts.
     * @return the metric.
     * @throws IllegalArgumentException if the text is no decimal number, 10^40 or more, or has more than 40 decimal
     *                                  places.
     */
    static ShareAbove above(final String level) {
        return new ShareAbove(DecimalParameter.parse("level", level));
    }

    /**
     * The share below a level: of a STEP of its known time, of a FLOW of its events.
     *
     * @param level as decimal text; strictly below it counts.
     * @return the metric.
     * @throws IllegalArgumentException if the text is no decimal number, 10^40 or more, or has more than 40 decimal
     *                                  places.
     */
    static ShareBelow below(final String level) {
        return new ShareBelow(DecimalParameter.parse("level", level));
    }

    /**
     * The annualised volatility: the standard deviation of the logarithmic changes from point to point, times the root
     * of the number of periods in a year.
     *
     * @param periodsPerYear how many changes make a year, as decimal text, above 0.
     * @return the metric.
     * @throws IllegalArgumentException if the text is no such number.
     */
    static Volatility volatility(final String periodsPerYear) {
        return new Volatility(DecimalParameter.parse("periodsPerYear", periodsPerYear));
    }

    /**
     * The time-decayed average of a STEP, the decayed rate per day of a FLOW.
     *
     * @param decay how fast what was fades.
     * @return the metric.
     */
    static Ewma ewma(final Decay decay) {
        return new Ewma(decay);
    }

    /**
     * S of a CUSUM chart at the end of the window.
     *
     * @param chart and its parameters.
     * @return the metric.
     */
    static Cusum cusum(final CusumChart chart) {
        return new Cusum(chart, Cusum.Answer.SUM);
    }

    /**
     * The number of alarms of a CUSUM chart inside the window.
     *
     * @param chart and its parameters.
     * @return the metric.
     */
    static Cusum cusumAlarms(final CusumChart chart) {
        return new Cusum(chart, Cusum.Answer.ALARMS);
    }

    /**
     * The time since the last alarm of a CUSUM chart inside the window, in days.
     *
     * @param chart and its parameters.
     * @return the metric.
     */
    static Cusum sinceCusumAlarm(final CusumChart chart) {
        return new Cusum(chart, Cusum.Answer.SINCE_ALARM);
    }

    /**
     * The sum of a FLOW, or the mean of a STEP, over the mean of a baseline.
     *
     * @param baseline that the window is compared with.
     * @return the metric.
     */
    static BaselineRatio ratioTo(final Baseline baseline) {
        return new BaselineRatio(baseline);
    }

    /**
     * How unusual the sum of a FLOW is against a baseline, in standard deviations of Poisson.
     *
     * @param baseline that the window is compared with.
     * @return the metric.
     */
    static PoissonScore poissonZ(final Baseline baseline) {
        return new PoissonScore(baseline);
    }

    /**
     * The metric of a text.
     *
     * @param text as {@link #text()} gives it.
     * @return the metric, equal to the one that gave it.
     * @throws IllegalArgumentException if no metric has this text.
     */
    static Metric parse(final String text) {
        Objects.requireNonNull(text, "text");
        return MetricText.parse(text);
    }

    /**
     * The name used on the command line and in files.
     *
     * @return for example {@code mean} or {@code above:25}.
     */
    String text();
}
