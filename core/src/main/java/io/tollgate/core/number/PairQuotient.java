package io.tollgate.core.number;

/**
 * Quotients of wide unsigned integers as the nearest {@code double}, mostly without a long division.
 *
 * <p>Both operands are pairs of doubles: the nearest double or the highest 53 bits, and what is left of the number. The
 * relative error of a pair is below 2^-103. The division of the pairs multiplies by the inverse of the divisor,
 * computes the remainder by a fused multiply-add (in hardware on ARM, and on x86 since 2013), and adds a correction.
 * The first quotient is right to 2^-51. The remainder and the correction are at most that part of it, and right to
 * 2^-51 of themselves, so all errors together stay below 2^-100 of the quotient. The sum of the quotient and its
 * correction is the nearest double if no number within 2^-98 of the quotient rounds differently. Otherwise {@link
 * #divide} returns NaN, and the caller divides exactly. This happens once in about 2^44 random quotients, and whenever
 * the quotient lies halfway between two doubles.
 *
 * <p>Not safe for use by several threads.
 */
final class PairQuotient {
    private static final double UPPER = 0x1p53;
    private static final double ERROR = 0x1p-98;

    /** Significant bits of an operand. */
    private static final int WORD_BITS = 22;

    /** A factor of so many bits is a pair of doubles: its nearest double, and an exact rest. */
    private static final int MAX_FACTOR_BITS = 62;

    private double numeratorHigh;
    private double numeratorLow;
    private int numeratorExponent;

    /** Sets the numerator, the highest word first; not 0. */
    void numerator(final long w3, final long w2, final long w1, final long w0) {
        if (w3 != 0) {
            numerator(w3, w2, w1, 2 * Long.SIZE);
        } else if (w2 != 0) {
            numerator(w2, w1, w0, Long.SIZE);
        } else if (w1 != 0) {
            numerator(w1, w0, 0, 0);
        } else {
            numerator(w0, 0, 0, -Long.SIZE);
        }
    }

    private void numerator(final long highest, final long middle, final long lowest, final int exponent) {
        final int shift = Long.numberOfLeadingZeros(highest);
        final long high = shifted(highest, middle, shift);
        final long low = shifted(middle, lowest, shift);
        numeratorHigh = (high >>> 11) * UPPER;
        numeratorLow = lowerBits(high, low);
        numeratorExponent = exponent - shift;
    }

    private static long shifted(final long word, final long next, final int shift) {
        return word << shift | next >>> 1 >>> (Long.SIZE - 1 - shift);
    }

    /** Returns the 53 bits after the first 53. */
    private static double lowerBits(final long high, final long low) {
        return (high & 0x7FF) << 42 | low >>> WORD_BITS;
    }

    /**
     * Divides the numerator by {@code a * b * power}.
     *
     * @param a     unsigned.
     * @param b     unsigned.
     * @param power from 1 to 10^18, exact.
     * @return the nearest double, NaN if that is not certain, or if {@code a} or {@code b} is 0, or 2^62 or more.
     */
    double divide(final long a, final long b, final double power) {
        if ((a | b) >>> MAX_FACTOR_BITS != 0) {
            return Double.NaN;
        }
        final double left = a;
        final double right = b;
        final double product = left * right;
        final double rest = Math.fma(left, right, -product) + (left * (b - (long) right) + right * (a - (long) left));
        final double denominator = product * power;
        final long exponent = Double.MAX_EXPONENT + WORD_BITS + numeratorExponent;
        return divide(numeratorHigh, numeratorLow, denominator, Math.fma(product, power, -denominator) + rest * power)
                * Double.longBitsToDouble(exponent << 52);
    }

    /**
     * Divides an integer of two words, {@code (high * 2^64 + low) / (divisor * power)}.
     *
     * @param high    of the numerator, unsigned.
     * @param low     of the numerator, unsigned.
     * @param divisor unsigned.
     * @param power   from 1 to 10^18, exact.
     * @return the nearest double, NaN if that is not certain, or if {@code high} is 2^53 or more, or the divisor 0, or
     *     2^62 or more.
     */
    static double divide(final long high, final long low, final long divisor, final double power) {
        if (high >>> 53 != 0 || divisor >>> MAX_FACTOR_BITS != 0) {
            return Double.NaN;
        }
        final double word = upperHalf(low) + lowerHalf(low);
        final double upper = high * 0x1p64;
        final double numerator = upper + word;
        final double divisorHigh = divisor;
        final double denominator = divisorHigh * power;
        return divide(
                numerator,
                word - (numerator - upper) + (lowerHalf(low) - (word - upperHalf(low))),
                denominator,
                Math.fma(divisorHigh, power, -denominator) + (divisor - (long) divisorHigh) * power);
    }

    private static double upperHalf(final long word) {
        return (word >>> Integer.SIZE) * 0x1p32;
    }

    private static double lowerHalf(final long word) {
        return word & 0xFFFF_FFFFL;
    }

    /**
     * Divides two pairs. Each pair is a double, and what is left of the number: at most one ulp of that double.
     *
     * @return the nearest double, NaN if that is not certain.
     */
    static double divide(
            final double numeratorHigh,
            final double numeratorLow,
            final double denominatorHigh,
            final double denominatorLow) {
        final double inverse = 1 / denominatorHigh;
        final double quotient = numeratorHigh * inverse;
        final double rest =
                Math.fma(-quotient, denominatorHigh, numeratorHigh) + (numeratorLow - quotient * denominatorLow);
        final double correction = rest * inverse;
        final double high = quotient + correction;
        final double low = quotient - high + correction;
        final double error = high * ERROR;
        return high + (low + error) == high && high + (low - error) == high ? high : Double.NaN;
    }
}
