package io.tollgate.core.number;

/**
 * What each layer of a stack adds, as integers in units of 10^-(scale + shareScale), so that a share of a rate is exact
 * too. A rate is below 2^63 and a share below 2^30, so the terms of 64 layers add up to less than 2^100; what is read
 * from torn records may be more, and fits all the same. Not safe for use by several threads; no method allocates.
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
     * Terms of 0.
     *
     * @param count      how many at most.
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
     * Whether a number is a share.
     *
     * @param share  any long.
     * @param digits of it behind the decimal point, from 0 to 9.
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
     * @param digits of the share behind the decimal point, at most those that the terms were made for.
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
     * Takes another term away from a term.
     *
     * @param index of the term.
     * @param other index of the other one.
     */
    public void subtract(final int index, final int other) {
        terms[index].subtract(terms[other]);
    }

    /**
     * Whether a term is below 0.
     *
     * @param index of the term.
     * @return true if so.
     */
    public boolean isNegative(final int index) {
        return terms[index].isNegative();
    }

    /**
     * Whether a term is larger than another one.
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
     * A term as a rate.
     *
     * @param index of the term.
     * @return the nearest double.
     */
    public double value(final int index) {
        return value(terms[index]);
    }

    /**
     * The sum of terms as a rate.
     *
     * @param count of the first terms.
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
     * What a term comes to on an amount, {@code amount * term / 10^(scale + shareScale + unitDigits)}, rounded half up:
     * a tie goes away from 0. With the divisor {@code D} it is {@code floor((2 x + D) / (2 D))}, and to divide by one
     * power of ten after the other, cutting off each time, gives the same as to divide by their product.
     *
     * @param index      of the term.
     * @param amount     any long but the smallest.
     * @param unitDigits what a rate of 1 is in the unit: 0 for FRACTION, 2 for PERCENT, 4 for BASIS_POINT.
     * @return the amount.
     * @throws ArithmeticException if it is beyond a {@code long}.
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
            throw new ArithmeticException("amount=" + amount + ", expected one whose duty is below 2^63");
        }
        return isNegative ? -scratch.word(0) : scratch.word(0);
    }
}
