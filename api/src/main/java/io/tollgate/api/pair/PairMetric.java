package io.tollgate.api.pair;

/** A metric of two series x and y together. */
public enum PairMetric {
    /**
     * The covariance, in the product of both units, correctly rounded. By bucket it is that of the sample (n - 1).
     * As-of it is the integral of {@code (x - mean x) (y - mean y)} over the time at which both are known, divided by
     * that time.
     */
    COVARIANCE("cov"),
    /** Pearson's correlation coefficient, -1 to 1, within 1 ulp. UNDEFINED if x or y is constant. */
    CORRELATION("corr"),
    /**
     * The least-squares slope of y on x, in units of y per unit of x, correctly rounded. UNDEFINED if x is constant.
     */
    BETA("beta");

    private final String text;

    PairMetric(final String text) {
        this.text = text;
    }

    /** {@return the name used on the command line and in files, for example {@code corr}} */
    public String text() {
        return text;
    }
}
