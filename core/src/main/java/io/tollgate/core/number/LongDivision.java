package io.tollgate.core.number;

/**
 * Divides the magnitudes of two wide integers to the nearest {@code double}; ties round to even.
 *
 * <p>Both are shifted so that the denominator fills its words and the numerator has 63 bits more. One step of long
 * division (Knuth, The Art of Computer Programming 2, 4.3.1 D, with digits of 64 bits) then gives a quotient of 63 or
 * 64 bits, more than a double has. The remainder matters only for being 0 or not. Not safe for use by several threads.
 */
final class LongDivision {
    private final long[] remainder = new long[WideInteger.CAPACITY];

    /**
     * Divides.
     *
     * @param numerator   at most {@link WideInteger#CAPACITY} words.
     * @param denominator at most {@link WideInteger#CAPACITY} words.
     * @return the nearest double, NaN if the denominator is 0.
     */
    double quotient(final WideInteger numerator, final WideInteger denominator) {
        if (denominator.length() == 0) {
            return Double.NaN;
        }
        if (numerator.length() == 0) {
            return 0.0;
        }
        final int length = denominator.length();
        final int top = 64 * length;
        final int denominatorShift = top - denominator.bitLength();
        final int numeratorShift = top + 63 - numerator.bitLength();
        long digits = UnsignedMath.divide(
                numerator.bitsAt(top - numeratorShift),
                numerator.bitsAt(top - 64 - numeratorShift),
                denominator.bitsAt(top - 64 - denominatorShift));
        long high = subtractProduct(digits, numerator, numeratorShift, denominator, denominatorShift);
        /* The estimate from the top words is at most 2 too large. */
        while (high < 0) {
            digits--;
            high += addBack(denominator, denominatorShift);
        }
        final boolean rest = anyRemainder(length) || numerator.anyBelow(-numeratorShift);
        return Rounding.toDouble(digits, rest, denominatorShift - numeratorShift);
    }

    /**
     * Divides two words by one in a single step.
     *
     * @param high     of the numerator, unsigned.
     * @param low      of the numerator, unsigned.
     * @param divisor  unsigned.
     * @return the double nearest to {@code (high * 2^64 + low) / divisor}, NaN if the divisor is 0.
     */
    static double quotient(final long high, final long low, final long divisor) {
        if (divisor == 0) {
            return Double.NaN;
        }
        if ((high | low) == 0) {
            return 0.0;
        }
        final int divisorShift = Long.numberOfLeadingZeros(divisor);
        final int zeros = high == 0 ? 64 + Long.numberOfLeadingZeros(low) : Long.numberOfLeadingZeros(high);
        /* Shifts to 127 bits: the highest word is below every divisor whose top bit is set. */
        final int shift = zeros - 1;
        final long highest;
        final long lowest;
        if (shift >= 64) {
            highest = low << shift;
            lowest = 0;
        } else if (shift >= 0) {
            highest = high << shift | low >>> 1 >>> (63 - shift);
            lowest = low << shift;
        } else {
            highest = high >>> 1;
            lowest = high << 63 | low >>> 1;
        }
        final long divisorWord = divisor << divisorShift;
        final long digits = UnsignedMath.divide(highest, lowest, divisorWord);
        final boolean rest = lowest != digits * divisorWord || shift < 0 && (low & 1) != 0;
        return Rounding.toDouble(digits, rest, divisorShift - shift);
    }

    /** Like {@link #quotient(WideInteger, WideInteger)}, but negative if the signs differ; the quotient of 0 is 0.0. */
    double signedQuotient(final WideInteger numerator, final WideInteger denominator) {
        final double magnitude = quotient(numerator, denominator);
        return numerator.isNegative() == denominator.isNegative() || magnitude == 0.0 ? magnitude : -magnitude;
    }

    /** Sets the remainder except its highest word, which is returned: it is below 0 if the digits were too large. */
    private long subtractProduct(
            final long digits,
            final WideInteger numerator,
            final int numeratorShift,
            final WideInteger denominator,
            final int denominatorShift) {
        final int length = denominator.length();
        long carry = 0;
        for (int i = 0; i < length; i++) {
            final long word = denominator.bitsAt(64 * i - denominatorShift);
            final long product = word * digits;
            final long subtrahend = product + carry;
            final long minuend = numerator.bitsAt(64 * i - numeratorShift);
            remainder[i] = minuend - subtrahend;
            carry = UnsignedMath.multiplyHighUnsigned(word, digits)
                    + UnsignedMath.carry(subtrahend, product)
                    + UnsignedMath.borrow(minuend, subtrahend);
        }
        return numerator.bitsAt(64 * length - numeratorShift) - carry;
    }

    /** Adds the denominator to the remainder and returns the carry out of it. */
    private long addBack(final WideInteger denominator, final int denominatorShift) {
        long carry = 0;
        for (int i = 0; i < denominator.length(); i++) {
            final long word = denominator.bitsAt(64 * i - denominatorShift);
            final long partial = remainder[i] + word;
            final long sum = partial + carry;
            carry = UnsignedMath.carry(partial, word) + UnsignedMath.carry(sum, partial);
            remainder[i] = sum;
        }
        return carry;
    }

    private boolean anyRemainder(final int length) {
        long any = 0;
        for (int i = 0; i < length; i++) {
            any |= remainder[i];
        }
        return any != 0;
    }
}
