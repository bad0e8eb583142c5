package io.tollgate.core.number;

/**
 * A sum of doubles that compensates rounding errors (Neumaier 1974). For n terms the error is at most 1 ulp of the
 * exact sum plus n^2 2^-105 times the sum of the magnitudes. Used by one thread.
 */
public final class CompensatedSum {
    private double sum;
    private double lost;

    /** Creates an empty sum. */
    public CompensatedSum() {}

    /** Sets the sum to 0. */
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
