package io.tollgate.core.number;

/**
 * The contribution of each layer of a stack, as integers in units of 10^-(scale + shareScale), so that a share of a
 * rate is exact too. A rate is below 2^63 and a share below 2^30, so the terms of 64 layers add up to less than 2^100.
 * Terms of torn records may be larger, but still fit. Not safe for use by several threads; no method allocates.
 */
public final class StackTerms {
    private static final int BILLION_DIGITS = 9;

    private final WideInteger[] terms;
    private final WideInteger scratch = new WideInteger();
    private final WideInteger divisor = new WideInteger();
    private final WideInteger total = new WideInteger();
    private final LongDivision division = new LongDivision();
    private final int scale;
    private final int shareScale;

    /**
     * Creates terms of 0.
     *
     * @param count      maximum number of terms.
     * @param scale      of the rates, from 0 to 9.
     * @param shareScale of the shares, from 0 to 9.
     */
    public StackTerms(final int count, final int scale, final int shareScale) {
        terms = new WideInteger[count];
        for (int i = 0; i < count; i++) {
            terms[i] = new WideInteger();
        }
        this.scale = scale;
        this.shareScale = shareScale;
    }

    /**
     * Sets a term to 0.
     *
     * @param index of the term.
     */
    public void clear(final int index) {
        terms[index].set(0);
    }

    /**
     * Sets a term to a rate.
     *
     * @param index of the term.
     * @param rate  any long.
     */
    public void set(final int index, final long rate) {
        terms[index].setSigned(rate, rate >> 63).multiply(Quotients.powerOfTen(shareScale));
    }

    /**
     * Returns true if a number is a share.
     *
     * @param share  any long.
     * @param digits number of its decimal places, from 0 to 9.
     * @return true from 0 to 1, both included.
     */
    public static boolean isShare(final long share, final int digits) {
        return share >= 0 && share <= Quotients.powerOfTen(digits);
    }

    /**
     * Sets a term to {@code share * rate + (1 - share) * other}.
     *
     * @param index  of the term.
     * @param share  from 0 to {@code 10^digits}.
     * @param digits number of decimal places of the share, at most {@code shareScale}.
     * @param rate   on the share.
     * @param other  on the rest.
     */
    public void setShare(final int index, final long share, final int digits, final long rate, final long other) {
        final long power = Quotients.powerOfTen(shareScale - digits);
        scratch.setSigned(other, other >> 63)
                .multiply(Quotients.powerOfTen(digits) - share)
                .multiply(power);
        terms[index].setSigned(rate, rate >> 63).multiply(share).multiply(power).add(scratch);
    }

    /**
     * Subtracts another term from a term.
     *
     * @param index of the term.
     * @param other index of the other one.
     */
    public void subtract(final int index, final int other) {
        terms[index].subtract(terms[other]);
    }

    /**
     * Returns true if a term is below 0.
     *
     * @param index of the term.
     * @return true if so.
     */
    public boolean isNegative(final int index) {
        return terms[index].isNegative();
    }

    /**
     * Returns true if a term is larger than another one.
     *
     * @param index of the term.
     * @param other index of the other one.
     * @return true if so, false also if both are equal.
     */
    public boolean isAbove(final int index, final int other) {
        scratch.set(0).add(terms[other]).subtract(terms[index]);
        return scratch.isNegative();
    }

    /**
     * Returns a term as a rate.
     *
     * @param index of the term.
     * @return the nearest double.
     */
    public double value(final int index) {
        return value(terms[index]);
    }

    /**
     * Returns the sum of terms as a rate.
     *
     * @param count number of terms, from the first.
     * @return the nearest double.
     */
    public double total(final int count) {
        total.set(0);
        for (int i = 0; i < count; i++) {
            total.add(terms[i]);
        }
        return value(total);
    }

    private double value(final WideInteger term) {
        divisor.set(Quotients.powerOfTen(scale)).multiply(Quotients.powerOfTen(shareScale));
        return division.signedQuotient(term, divisor);
    }

    /**
     * Returns the duty of a term on an amount, {@code amount * term / 10^(scale + shareScale + unitDigits)}, rounded
     * half up: a tie goes away from 0. With the divisor {@code D} it is {@code floor((2 x + D) / (2 D))}. Dividing by
     * one power of ten after another, truncating each time, gives the same as dividing by their product.
     *
     * @param index      of the term.
     * @param amount     any long but the smallest.
     * @param unitDigits the rate of 1 in the unit, as a power of ten: 0 for FRACTION, 2 for PERCENT, 4 for BASIS_POINT.
     * @return the amount.
     * @throws ArithmeticException if it overflows a {@code long}.
     */
    public long amount(final int index, final long amount, final int unitDigits) {
        scratch.setSigned(amount, amount >> 63);
        total.setProduct(scratch, terms[index]);
        final boolean isNegative = total.isNegative();
        divisor.set(Quotients.powerOfTen(scale))
                .multiply(Quotients.powerOfTen(shareScale))
                .multiply(Quotients.powerOfTen(unitDigits));
        if (isNegative) {
            scratch.set(0).subtract(total).multiply(2).add(divisor);
        } else {
            scratch.set(0).add(total).multiply(2).add(divisor);
        }
        scratch.divide(2);
        for (int digits = scale + shareScale + unitDigits; digits > 0; digits -= BILLION_DIGITS) {
            scratch.divide((int) Quotients.powerOfTen(Math.min(digits, BILLION_DIGITS)));
        }
        if (scratch.bitLength() >= Long.SIZE) {
            throw new ArithmeticException(
                    "amount=" + amount + " has a duty that overflows a long; pass a smaller amount");
        }
        return isNegative ? -scratch.word(0) : scratch.word(0);
    }
}
