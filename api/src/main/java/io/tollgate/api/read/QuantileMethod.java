package io.tollgate.api.read;

/**
 * Definition of a {@link Quantile} of a FLOW that falls between two events. Quantiles of a STEP do not depend on it.
 */
public enum QuantileMethod {
    /**
     * Linear interpolation between the two events. With the n values in order, {@code v_1 <= ... <= v_n}, and
     * {@code h = 1 + (n - 1) p}, the quantile is {@code v_floor(h) + (h - floor(h)) (v_(floor(h) + 1) - v_floor(h))}.
     * Type 7 of Hyndman and Fan (1996); the default of NumPy, pandas and R.
     */
    LINEAR,
    /**
     * The smallest value for which the share of events at or below it is at least p. Type 1 of Hyndman and Fan (1996).
     */
    NEAREST_RANK
}
