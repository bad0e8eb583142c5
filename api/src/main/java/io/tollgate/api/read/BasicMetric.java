package io.tollgate.api.read;

import io.tollgate.api.series.ReportingPeriod;

/**
 * Metrics without parameters. For a FLOW, the values are the events inside the window; with a {@link ReportingPeriod},
 * the periods that are inside as a whole. For a STEP, they are the levels in force inside the window, weighted by the
 * time for which they were in force. Results are correctly rounded unless a bound is given.
 */
public enum BasicMetric implements Metric {
    /** Number of points with a valid time inside the window. Always has a value. */
    COUNT("count"),
    /**
     * FLOW: sum of the values. STEP: integral over the known time, in unit x days of 24 h; the known time must be above
     * 0.
     */
    SUM("sum"),
    /**
     * FLOW: sum of the values per day; 0 without events inside the life of the series. STEP: {@link #DELTA} per day.
     * The divisor is the length of the window in days of 24 h, which must be above 0.
     */
    RATE("rate"),
    /** FLOW: sum / count. STEP: {@code sum(v_k dt_k) / sum(dt_k)} over the known time, which must be above 0. */
    MEAN("mean"),
    /**
     * FLOW: sample variance, {@code sum((v - mean)^2) / (n - 1)} with n of 2 or more. STEP:
     * {@code integral (v - mean)^2 dt / known time}.
     */
    VARIANCE("variance"),
    /** Standard deviation: square root of {@link #VARIANCE}. Within 1 ulp. */
    SD("sd"),
    /** FLOW: population variance, {@code sum((v - mean)^2) / n}. STEP: the same as {@link #VARIANCE}. */
    POPULATION_VARIANCE("variance-population"),
    /** Population standard deviation: square root of {@link #POPULATION_VARIANCE}. Within 1 ulp. */
    POPULATION_SD("sd-population"),
    /**
     * Z-score of the newest point in the window against the time before it: {@code (v - mean) / sd}. {@link #MEAN} and
     * {@link #SD} are taken from the start of the window (included) to the instant of the newest point (excluded), so
     * points at that instant are not compared with themselves. INSUFFICIENT if no point is inside, the newest level is
     * unknown, or there is too little before it; UNDEFINED if the values before it are constant. Within 1 ulp.
     */
    ZSCORE("zscore"),
    /**
     * Z-score of the last value against the whole window, which includes it: {@code (last - mean) / sd} with
     * {@link #LAST}, {@link #MEAN} and {@link #SD}. UNDEFINED if the window is constant. Within 1 ulp.
     */
    ZSCORE_INCLUSIVE("zscore-inclusive"),
    /** Smallest value. */
    MIN("min"),
    /** Largest value. */
    MAX("max"),
    /** First value; for a STEP the carried-in level, if there is one. */
    FIRST("first"),
    /** Last value. */
    LAST("last"),
    /** {@link #LAST} - {@link #FIRST}. */
    DELTA("delta"),
    /** {@link #MAX} - {@link #MIN}. */
    RANGE("range"),
    /** {@code (last - first) / |first|}, as a fraction. UNDEFINED if the first value is 0. */
    RELATIVE("relative"),
    /**
     * Logarithmic change. For rates (PERCENT, FRACTION, BASIS_POINT) {@code ln((1 + last) / (1 + first))}, with 1 for
     * 100%; for other units {@code ln(last / first)}. UNDEFINED if the first or last value (plus 1 for a rate) is not
     * positive. Within 2.5 ulp.
     */
    LOG_CHANGE("log-change"),
    /**
     * Skewness. FLOW: the adjusted Fisher-Pearson coefficient {@code G1 = sqrt(n (n - 1)) / (n - 2) g1}, with n of 3 or
     * more. STEP: {@code g1 = m3 / m2^(3/2)}, weighted by time. UNDEFINED if all values are equal. Within 1 ulp.
     */
    SKEW("skew"),
    /**
     * Excess kurtosis. FLOW: {@code G2 = (n - 1) / ((n - 2) (n - 3)) ((n + 1) g2 + 6)}, with n of 4 or more. STEP:
     * {@code g2 = m4 / m2^2 - 3}, weighted by time. UNDEFINED if all values are equal.
     */
    KURTOSIS("kurtosis"),
    /**
     * Slope of the least-squares line of value on time, in unit per day of 24 h. FLOW: over 2 or more events. STEP:
     * over the known time. UNDEFINED if all events are at one instant.
     */
    SLOPE("slope"),
    /** Value of the line of {@link #SLOPE} at the start of the window. */
    INTERCEPT("intercept"),
    /**
     * Share of the window that is known, 0 to 1. Always has a value. STEP: share of its time with a known level. FLOW:
     * share of its time inside the life of the series. FLOW with a {@link ReportingPeriod}: share of its time covered
     * by whole periods; overlapping periods count once. FLOW over the last n points: the number of points found divided
     * by n.
     */
    COVERAGE("coverage"),
    /**
     * Number of points inside the window whose value differs from that of the point before, which may be outside. 0 for
     * a FLOW without events.
     */
    CHANGES("changes"),
    /**
     * Time from the last change at or before the end of the window to t, in days of 24 h. A change is a point whose
     * value differs from that of the point before; it may be before the window. EMPTY for a FLOW without events in the
     * window; INSUFFICIENT if the value never changed.
     */
    SINCE_CHANGE("since-change");

    private final String text;

    BasicMetric(final String text) {
        this.text = text;
    }

    /**
     * {@return true if this metric needs third or fourth moments, or sums on time: SKEW, KURTOSIS, SLOPE and INTERCEPT}
     */
    public boolean isShape() {
        return this == SKEW || this == KURTOSIS || this == SLOPE || this == INTERCEPT;
    }

    @Override
    public String text() {
        return text;
    }
}
