package io.tollgate.core.number;

/**
 * A sum of doubles that carries along what rounding takes from it (Neumaier 1974): within 1 ulp of the exact sum, and
 * n^2 2^-105 times that of the magnitudes, of n terms. Used by one thread.
 */
public final class CompensatedSum {
    private double sum;
    private double lost;

    /** A sum of nothing. */
    public CompensatedSum() {}

    /** Becomes the sum of nothing, 0. */
    public void clear() {
        sum = 0;
        lost = 0;
    }

    /**
     * Adds a term.
     *
     * @param term any number; the sum of magnitudes must not overflow.
     */
    public void add(final double term) {
        final double next = sum + term;
        lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }

    /** {@return the sum} */
    public double value() {
        return sum + lost;
    }
}
