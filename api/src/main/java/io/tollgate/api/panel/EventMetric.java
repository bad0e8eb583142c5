package io.tollgate.api.panel;

/**
 * What can be asked of one series and one event of an {@link EventStudy}. With n returns in the estimation window and L
 * in the event window; r is a return, m that of the market, and x their difference from the mean over the estimation.
 */
public enum EventMetric {
    /** The intercept of the market model; the mean of the other one. */
    ALPHA,
    /** The slope on the return of the market, {@code sum xm xr / sum xm^2}; 0 in the model of a constant mean. */
    BETA,
    /** The standard deviation s of what the model does not explain, with n - 2 degrees of freedom; n - 1 of a mean. */
    SIGMA,
    /** The cumulative abnormal return, {@code sum (r - alpha - beta m)} over the event window. */
    CAR,
    /** The statistic {@code CAR / (s sqrt L)}. UNDEFINED if s is 0. */
    T_SIMPLE,
    /**
     * The statistic with the exact variance of the prediction, {@code CAR / (s sqrt(L + L^2 / n + D^2 / sum xm^2))},
     * where D is the sum over the event window of {@code m} less L times its mean; without the last term for a constant
     * mean. UNDEFINED if s is 0.
     */
    T_EXACT
}
