package io.tollgate.core.number;

import static io.tollgate.core.number.Int320.ADD;

/**
 * Two sums of amounts of 128 bits, and their ratio: one exact quotient, correctly rounded. Not safe for use by several
 * threads; no method allocates.
 */
public final class FlowSums {
    private static final int PERCENT = 100;

    /** From this growth to {@link #NEAR_ABOVE} (ratios from 1/2 to 2), {@link #logRatio()} uses {@code log1p}. */
    private static final double NEAR_BELOW = -0.5;

    private static final double NEAR_ABOVE = 1;

    private final Int320 dividend = new Int320();
    private final Int320 divisor = new Int320();
    private final WideInteger term = new WideInteger();
    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates sums of 0. */
    public FlowSums() {}

    /** Sets both sums to 0. */
    public void clear() {
        dividend.clear();
        divisor.clear();
    }

    /**
     * Adds an amount to the dividend.
     *
     * @param low  the lowest word of 128 bits in two's complement.
     * @param high the highest word.
     */
    public void addDividend(final long low, final long high) {
        dividend.add(term.setSigned(low, high), high < 0 ? ~ADD : ADD);
    }

    /**
     * Adds an amount to the divisor.
     *
     * @param low  the lowest word of 128 bits in two's complement.
     * @param high the highest word.
     */
    public void addDivisor(final long low, final long high) {
        divisor.add(term.setSigned(low, high), high < 0 ? ~ADD : ADD);
    }

    /** {@return whether the divisor is 0} */
    public boolean isDivisorZero() {
        return divisor.isZero();
    }

    /** {@return whether both sums are above 0} */
    public boolean isAboveZero() {
        return !dividend.isNegative() && !dividend.isZero() && !divisor.isNegative() && !divisor.isZero();
    }

    /**
     * Returns the ratio.
     *
     * @param dividendScale of the dividend, from 0 to 9.
     * @param divisorScale  of the divisor, from 0 to 9.
     * @return the nearest double, NaN if the divisor is 0.
     */
    public double ratio(final int dividendScale, final int divisorScale) {
        set(dividendScale, divisorScale);
        return division.signedQuotient(numerator, denominator);
    }

    /**
     * Returns the ratio in per cent.
     *
     * @param dividendScale of the dividend, from 0 to 9.
     * @param divisorScale  of the divisor, from 0 to 9.
     * @return the nearest double, NaN if the divisor is 0.
     */
    public double percent(final int dividendScale, final int divisorScale) {
        set(dividendScale, divisorScale);
        return division.signedQuotient(numerator.multiply(PERCENT), denominator);
    }

    /**
     * Returns the ratio minus 1.
     *
     * @param dividendScale of the dividend, from 0 to 9.
     * @param divisorScale  of the divisor, from 0 to 9.
     * @return the nearest double, NaN if the divisor is 0.
     */
    public double growth(final int dividendScale, final int divisorScale) {
        set(dividendScale, divisorScale);
        return division.signedQuotient(numerator.subtract(denominator), denominator);
    }

    /**
     * Returns the logarithm of the ratio of two sums with the same scale, both above 0. Within 2.5 ulp, as
     * {@link Quotients#logRatio}.
     *
     * @return {@code ln(dividend / divisor)}.
     */
    public double logRatio() {
        final double growth = growth(0, 0);
        return growth >= NEAR_BELOW && growth <= NEAR_ABOVE ? StrictMath.log1p(growth) : StrictMath.log(ratio(0, 0));
    }

    private void set(final int dividendScale, final int divisorScale) {
        numerator.set(dividend).multiply(Quotients.powerOfTen(divisorScale));
        denominator.set(divisor).multiply(Quotients.powerOfTen(dividendScale));
    }
}
