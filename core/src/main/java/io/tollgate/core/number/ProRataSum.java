package io.tollgate.core.number;

/**
 * A sum of amounts of which some count in part, for example periods that a window cuts. It is an integer plus
 * {@code amount * part / whole} for each partial amount, as one exact quotient, converted once.
 *
 * <p>The integer and an amount have 128 bits, a part and a whole 64 each, so each amount adds 65 bits to the numerator
 * and 64 to the denominator: after {@value #MAX_COUNT} they have at most 648 and 512. A rate per day and a scale add 47
 * and 94 bits, so the 1024 bits of a {@link WideInteger} suffice.
 *
 * <p>Not safe for use by several threads. No method allocates.
 */
public final class ProRataSum {
    /** Maximum number of partial amounts. */
    public static final int MAX_COUNT = 8;

    private final WideInteger numerator = new WideInteger();
    private final WideInteger denominator = new WideInteger();
    private final WideInteger scaled = new WideInteger();
    private final WideInteger divisor = new WideInteger();
    private final WideInteger share = new WideInteger();
    private final LongDivision division = new LongDivision();

    /** Creates a sum of 0. */
    public ProRataSum() {
        set(0, 0);
    }

    /**
     * Sets the sum of the whole amounts.
     *
     * @param low  the lowest word of 128 bits in two's complement.
     * @param high the highest word.
     * @return this.
     */
    public ProRataSum set(final long low, final long high) {
        numerator.setSigned(low, high);
        denominator.set(1);
        return this;
    }

    /**
     * Adds {@code amount * part / whole}; {@link #MAX_COUNT} times at most.
     *
     * @param low   the lowest word of the amount, 128 bits in two's complement.
     * @param high  the highest word.
     * @param part  unsigned, the time in ns that counts.
     * @param whole unsigned, the length in ns of the whole period; 0 makes the sum NaN.
     */
    public void add(final long low, final long high, final long part, final long whole) {
        share.setSigned(low, high).multiply(part);
        scaled.setProduct(share, denominator);
        numerator.multiply(whole).add(scaled);
        denominator.multiply(whole);
    }

    /**
     * Returns the sum.
     *
     * @param scale of the amounts, from 0 to 9.
     * @return the nearest double.
     */
    public double value(final int scale) {
        return quotient(1, 1, scale);
    }

    /**
     * Returns the sum per day.
     *
     * @param lengthNs unsigned, the length of the window.
     * @param scale    of the amounts, from 0 to 9.
     * @return the nearest double, NaN if the length is 0.
     */
    public double perDay(final long lengthNs, final int scale) {
        return quotient(Quotients.DAY_NS, lengthNs, scale);
    }

    private double quotient(final long factor, final long length, final int scale) {
        scaled.setProduct(numerator, share.set(factor));
        divisor.setProduct(denominator, share.set(length)).multiply(Quotients.powerOfTen(scale));
        return division.signedQuotient(scaled, divisor);
    }
}
