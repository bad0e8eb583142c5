package io.tollgate.api.pair;

/** What can be asked of two series x and y that are read together. */
public enum PairMetric {
    /**
     * The covariance, in the units of both series multiplied: by bucket the sample's (n - 1), as-of the integral of
     * {@code (x - mean of x) (y - mean of y)} over the common known time, divided by that time. Correctly rounded.
     */
    COVARIANCE("cov"),
    /** Pearson's coefficient of correlation, -1 to 1, within 1 ulp. UNDEFINED if a side is constant. */
    CORRELATION("corr"),
    /**
     * The slope of the line of least squares of y on x, in units of y per unit of x, correctly rounded. UNDEFINED if x
     * is constant.
     */
    BETA("beta");

    private final String text;

    PairMetric(final String text) {
        this.text = text;
    }

    /**
     * The name used on the command line and in files.
     *
     * @return for example {@code corr}.
     */
    public String text() {
        return text;
    }
}
