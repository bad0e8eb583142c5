package io.tollgate.api.read;

import java.util.Objects;

/**
 * A metric over a window of one series: a {@link BasicMetric}, or a metric with parameters that a method here creates.
 * Immutable; metrics with the same parameters are equal.
 *
 * <pre>{@code
 * WindowReading month = reader.window(
 *         Window.sliding(Duration.ofDays(30)), Metric.MEAN, Metric.quantile(0.9), Metric.above("25"));
 * double timeAbove25 = month.read(rate, engine.now()).value(Metric.above("25"));
 * }</pre>
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

    /** The {@link Quantile} for p = 0.5. */
    Quantile MEDIAN = quantile(0.5);

    /**
     * Creates a quantile; for a FLOW with {@link QuantileMethod#LINEAR}.
     *
     * @param p share from 0 to 1, with at most 9 decimal places.
     * @return the metric.
     * @throws IllegalArgumentException if p is out of range or has more decimal places.
     */
    static Quantile quantile(final double p) {
        return quantile(p, QuantileMethod.LINEAR);
    }

    /**
     * Creates a quantile.
     *
     * @param p      share from 0 to 1, with at most 9 decimal places.
     * @param method method for a FLOW.
     * @return the metric.
     * @throws IllegalArgumentException if p is out of range or has more decimal places.
     */
    static Quantile quantile(final double p, final QuantileMethod method) {
        return Quantile.of(p, method);
    }

    /**
     * Creates the share above a level: of the known time of a STEP, or of the events of a FLOW.
     *
     * @param level decimal text in the unit of the series; only values strictly above it count.
     * @return the metric.
     * @throws IllegalArgumentException if the text is not a decimal number, is 10^40 or more, or has more than 40
     *                                  decimal places.
     */
    static ShareAbove above(final String level) {
        return new ShareAbove(DecimalParameter.parse("level", level));
    }

    /**
     * Creates the share below a level: of the known time of a STEP, or of the events of a FLOW.
     *
     * @param level decimal text in the unit of the series; only values strictly below it count.
     * @return the metric.
     * @throws IllegalArgumentException if the text is not a decimal number, is 10^40 or more, or has more than 40
     *                                  decimal places.
     */
    static ShareBelow below(final String level) {
        return new ShareBelow(DecimalParameter.parse("level", level));
    }

    /**
     * Creates the annualised volatility: standard deviation of the logarithmic changes from point to point, times the
     * square root of the number of periods in a year.
     *
     * @param periodsPerYear number of changes in a year, as decimal text, above 0.
     * @return the metric.
     * @throws IllegalArgumentException if the text is not such a number.
     */
    static Volatility volatility(final String periodsPerYear) {
        return new Volatility(DecimalParameter.parse("periodsPerYear", periodsPerYear));
    }

    /**
     * Creates the exponentially weighted average of a STEP, or the decayed rate per day of a FLOW.
     *
     * @param decay speed of the decay.
     * @return the metric.
     */
    static Ewma ewma(final Decay decay) {
        return new Ewma(decay);
    }

    /**
     * Creates the sum S of a CUSUM chart at the end of the window.
     *
     * @param chart chart and its parameters.
     * @return the metric.
     */
    static Cusum cusum(final CusumChart chart) {
        return new Cusum(chart, Cusum.Answer.SUM);
    }

    /**
     * Creates the number of alarms of a CUSUM chart inside the window.
     *
     * @param chart chart and its parameters.
     * @return the metric.
     */
    static Cusum cusumAlarms(final CusumChart chart) {
        return new Cusum(chart, Cusum.Answer.ALARMS);
    }

    /**
     * Creates the time since the last alarm of a CUSUM chart inside the window, in days.
     *
     * @param chart chart and its parameters.
     * @return the metric.
     */
    static Cusum sinceCusumAlarm(final CusumChart chart) {
        return new Cusum(chart, Cusum.Answer.SINCE_ALARM);
    }

    /**
     * Creates the ratio of the sum of a FLOW, or the mean of a STEP, to the mean of a baseline.
     *
     * @param baseline the baseline.
     * @return the metric.
     */
    static BaselineRatio ratioTo(final Baseline baseline) {
        return new BaselineRatio(baseline);
    }

    /**
     * Creates the Poisson z-score of the sum of a FLOW against a baseline.
     *
     * @param baseline the baseline.
     * @return the metric.
     */
    static PoissonScore poissonZ(final Baseline baseline) {
        return new PoissonScore(baseline);
    }

    /**
     * Parses the text form of a metric.
     *
     * @param text a text from {@link #text()}.
     * @return the metric.
     * @throws IllegalArgumentException if no metric has this text.
     */
    static Metric parse(final String text) {
        Objects.requireNonNull(text, "text");
        return MetricText.parse(text);
    }

    /** {@return the name in commands and files, for example {@code mean} or {@code above:25}} */
    String text();
}
