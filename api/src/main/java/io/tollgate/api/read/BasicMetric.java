package io.tollgate.api.read;

import io.tollgate.api.series.ReportingPeriod;

/**
 * The rolling basics: metrics without a parameter. For a FLOW the values are its events inside the window, with a
 * {@link ReportingPeriod} those of the periods that lie inside as a whole; for a STEP they are the values in force
 * inside it, weighted with the time for which they were in force.
 */
public enum BasicMetric implements Metric {
    /** Points whose valid time lies inside the window; always has a value. */
    COUNT("count"),
    /**
     * FLOW: the sum of the values. STEP: the integral over the known time, which must be above 0, in unit x days of 24
     * h.
     */
    SUM("sum"),
    /**
     * Per day of 24 h of the window's length, which must be above 0. FLOW: the sum; inside the series' life 0 where
     * nothing happened. STEP: {@link #DELTA}.
     */
    RATE("rate"),
    /** FLOW: sum / count. STEP: {@code sum(v_k dt_k) / sum(dt_k)} over the known time, which must be above 0. */
    MEAN("mean"),
    /**
     * FLOW: the sample variance, {@code sum((v - mean)^2) / (n - 1)}, n at least 2.
     * STEP: {@code integral (v - mean)^2 dt / known time}.
     */
    VARIANCE("variance"),
    /** Standard deviation: the root of {@link #VARIANCE}. Within 1 ulp. */
    SD("sd"),
    /** FLOW: the variance of all there is, {@code sum((v - mean)^2) / n}. STEP: the same as {@link #VARIANCE}. */
    POPULATION_VARIANCE("variance-population"),
    /** Standard deviation: the root of {@link #POPULATION_VARIANCE}. Within 1 ulp. */
    POPULATION_SD("sd-population"),
    /**
     * The z-score of the newest point inside the window against what was before it:
     * {@code (v - mean) / sd} with {@link #MEAN} and {@link #SD} over the time from the start of the window, included,
     * up to the instant of the newest point, excluded, so that no point of that instant is compared with itself.
     * INSUFFICIENT where no point lies inside, the newest says UNKNOWN, or there is too little before it, UNDEFINED
     * where that is constant. Within 1 ulp.
     */
    ZSCORE("zscore"),
    /**
     * The z-score of the last value against the window that it is part of: {@code (last - mean) / sd} with {@link
     * #LAST}, {@link #MEAN} and {@link #SD}; UNDEFINED where the window is constant. Within 1 ulp.
     */
    ZSCORE_INCLUSIVE("zscore-inclusive"),
    /** The smallest value. */
    MIN("min"),
    /** The largest value. */
    MAX("max"),
    /** The first value; of a STEP the carried-in one where there is one. */
    FIRST("first"),
    /** The last value. */
    LAST("last"),
    /** {@link #LAST} - {@link #FIRST}. */
    DELTA("delta"),
    /** {@link #MAX} - {@link #MIN}. */
    RANGE("range"),
    /** {@code (last - first) / |first|}, a fraction; UNDEFINED from 0. */
    RELATIVE("relative"),
    /**
     * {@code ln((1 + last) / (1 + first))} of a rate (PERCENT, FRACTION, BASIS_POINT; 1 is 100%), {@code ln(last /
     * first)} of anything else; UNDEFINED where the first or last value, of a rate plus 1, is not positive. Within 2.5
     * ulp.
     */
    LOG_CHANGE("log-change"),
    /**
     * FLOW: the adjusted Fisher-Pearson coefficient of a sample of 3 or more. STEP: that of the population, weighted
     * with
     * time. UNDEFINED where all values are equal. Within 1 ulp.
     */
    SKEW("skew"),
    /**
     * Excess kurtosis. FLOW: unbiased, of a sample of 4 or more. STEP: that of the population, weighted with time.
     * UNDEFINED where all values are equal.
     */
    KURTOSIS("kurtosis"),
    /**
     * The slope of the straight line of least squares of value on time, in unit per day of 24 h: FLOW of the events, 2
     * or
     * more, STEP of the level over the known time. UNDEFINED where all events happen at one instant.
     */
    SLOPE("slope"),
    /** The value of the line of {@link #SLOPE} at the start of the window. */
    INTERCEPT("intercept"),
    /**
     * STEP: the share of the window's time with a known value. FLOW: the share of it inside the series' life, of the
     * last n points the share of the n that there are; with a {@link ReportingPeriod} the share of it that whole
     * periods cover, however many cover the same. Always has a value, 0 to 1.
     */
    COVERAGE("coverage"),
    /**
     * Points inside the window whose value differs from that of the point before them, which may lie outside. A FLOW
     * without events has 0.
     */
    CHANGES("changes"),
    /**
     * The time from the last change at or before the end of the window to t, in days of 24 h: from the last point whose
     * value differs from that of the point before it, which may lie before the window. EMPTY in a FLOW without an
     * event in the window; INSUFFICIENT where nothing ever changed.
     */
    SINCE_CHANGE("since-change");

    private final String text;

    BasicMetric(final String text) {
        this.text = text;
    }

    /**
     * Whether this metric needs the third or fourth moment, or sums on time.
     *
     * @return true for SKEW, KURTOSIS, SLOPE and INTERCEPT.
     */
    public boolean isShape() {
        return this == SKEW || this == KURTOSIS || this == SLOPE || this == INTERCEPT;
    }

    @Override
    public String text() {
        return text;
    }
}
