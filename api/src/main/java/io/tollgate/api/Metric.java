package io.tollgate.api;

/**
 * What can be asked of a window of one series. For a FLOW the values are its events inside the window; for a STEP they
 * are the values in force inside it, weighted with the time for which they were in force.
 */
public enum Metric {
    /** Points whose valid time lies inside the window; always has a value. */
    COUNT("count"),
    /** FLOW: the sum of the values. STEP: the integral over the known time, in unit x days of 24 h. */
    SUM("sum"),
    /** FLOW: sum / count. STEP: {@code sum(v_k dt_k) / sum(dt_k)} over the known time, which must be above 0. */
    MEAN("mean"),
    /**
     * FLOW: the sample variance, {@code sum((v - mean)^2) / (n - 1)}, n at least 2.
     * STEP: {@code integral (v - mean)^2 dt / known time}.
     */
    VARIANCE("variance"),
    /** Standard deviation: the root of {@link #VARIANCE}. */
    SD("sd"),
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
    /**
     * STEP: the share of the window's time with a known value. FLOW: the share of it inside the series' life.
     * Always has a value, 0 to 1.
     */
    COVERAGE("coverage");

    private final String text;

    Metric(final String text) {
        this.text = text;
    }

    /**
     * The name used on the command line and in files.
     *
     * @return for example {@code mean}.
     */
    public String text() {
        return text;
    }
}
