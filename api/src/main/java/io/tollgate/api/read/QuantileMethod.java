package io.tollgate.api.read;

/** What a {@link Quantile} of a FLOW is where it falls between two events; that of a STEP never does. */
public enum QuantileMethod {
    /**
     * On the straight line between the two: with the n values in order, {@code v_1 <= ... <= v_n}, and
     * {@code h = 1 + (n - 1) p}, it is {@code v_floor(h) + (h - floor(h)) (v_(floor(h) + 1) - v_floor(h))}. Type 7 of
     * Hyndman and Fan (1996), the default of NumPy, pandas and R.
     */
    LINEAR,
    /** The smallest value such that the share of events at or below it is p or more. Type 1 of Hyndman and Fan. */
    NEAREST_RANK
}
