package io.tollgate.api.panel;

/**
 * A metric of one series and one event of an {@link EventStudy}. In the formulas r is a return of the series, m that of
 * the market, xr and xm are their deviations from the means over the estimation window. The estimation window has n
 * returns, the event window L.
 */
public enum EventMetric {
    /** The intercept of the market model, or the mean of the constant-mean model. */
    ALPHA,
    /** The slope on the return of the market, {@code sum xm xr / sum xm^2}; 0 in the constant-mean model. */
    BETA,
    /** The standard deviation s of the residuals, with n - 2 degrees of freedom; n - 1 in the constant-mean model. */
    SIGMA,
    /** The cumulative abnormal return, {@code sum (r - alpha - beta m)} over the event window. */
    CAR,
    /** The statistic {@code CAR / (s sqrt L)}. UNDEFINED if s is 0. */
    T_SIMPLE,
    /**
     * The statistic with the exact prediction variance, {@code CAR / (s sqrt(L + L^2 / n + D^2 / sum xm^2))}. D is the
     * sum of m over the event window less L times the mean of m. The constant-mean model lacks the last term. UNDEFINED
     * if s is 0.
     */
    T_EXACT
}
