package io.tollgate.core.number;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The mean of a baseline as an exact quotient, {@code S / (N 10^scale)}. For amounts, S is their sum and N their
 * number; for levels over time, S is their integral and N the time; a decimal number is possible too. For at most 2^10
 * runs, S and N stay below 2^138 and 2^74. For a number below 10^40 with 40 decimal places, they stay below 2^296 and
 * 2^133. Used by one thread.
 */
public final class BaselineMean {
    final WideInteger sum = new WideInteger();
    final WideInteger weight = new WideInteger();
    private final WideInteger term = new WideInteger();

    /** Creates an empty mean. */
    public BaselineMean() {}

    /**
     * Clears the mean.
     *
     * @return this.
     */
    public BaselineMean clear() {
        sum.set(0);
        weight.set(0);
        return this;
    }

    /**
     * Adds a run.
     *
     * @param low       the lowest word of its first moment, 128 bits in two's complement.
     * @param high      the highest word of it.
     * @param runWeight its weight, unsigned: 1 for an amount, its time for a level.
     * @return this.
     */
    public BaselineMean add(final long low, final long high, final long runWeight) {
        sum.add(term.setSigned(low, high));
        weight.add(term.set(runWeight));
        return this;
    }

    /**
     * Sets the mean to a number. Allocates.
     *
     * @param mean  with at most 40 decimal places.
     * @param scale of the values it is compared with, from 0 to 9.
     * @return this.
     */
    public BaselineMean set(final BigDecimal mean, final int scale) {
        final int places = Math.max(0, mean.scale());
        sum.set(mean.setScale(places).scaleByPowerOfTen(scale + places).toBigIntegerExact());
        weight.set(BigInteger.TEN.pow(places));
        return this;
    }
}
