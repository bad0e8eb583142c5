package io.tollgate.core.number;

/**
 * Quotients of wide unsigned integers as the nearest {@code double}, mostly without a long division.
 *
 * <p>Both operands are pairs of doubles, usually the highest 106 bits of the number, 53 in each. The relative error of
 * a pair is below 2^-104. The division of the pairs multiplies by the inverse of the divisor, computes the
 * remainder by a fused multiply-add (in hardware on ARM, and on x86 since 2013), and adds a correction. The first
 * quotient is right to 2^-51. The remainder and the correction are at most that part of it, and right to 2^-51 of
 * themselves, so all errors together stay below 2^-100 of the quotient. The sum of the quotient and its correction is
 * the nearest double if no number within 2^-98 of the quotient rounds differently. Otherwise {@link #divide} returns
 * NaN, and the caller divides exactly. This happens once in about 2^44 random quotients, and whenever the quotient lies
 * halfway between two doubles.
 *
 * <p>Not safe for use by several threads.
 */
final class PairQuotient {
    private static final double UPPER = 0x1p53;
    private static final double ERROR = 0x1p-98;

    /** Significant bits of an operand. */
    private static final int WORD_BITS = 22;

    private double numeratorHigh;
    private double numeratorLow;
    private int numeratorExponent;
    private double denominatorHigh;
    private double denominatorLow;
    private int denominatorExponent;

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

    /** Sets the denominator, the highest word first; not 0. */
    void denominator(final long w2, final long w1, final long w0) {
        if (w2 != 0) {
            denominator(w2, w1, w0, Long.SIZE);
        } else if (w1 != 0) {
            denominator(w1, w0, 0, 0);
        } else {
            denominator(w0, 0, 0, -Long.SIZE);
        }
    }

    private void denominator(final long highest, final long middle, final long lowest, final int exponent) {
        final int shift = Long.numberOfLeadingZeros(highest);
        final long high = shifted(highest, middle, shift);
        final long low = shifted(middle, lowest, shift);
        denominatorHigh = (high >>> 11) * UPPER;
        denominatorLow = lowerBits(high, low);
        denominatorExponent = exponent - shift;
    }

    private static long shifted(final long word, final long next, final int shift) {
        return word << shift | next >>> 1 >>> (Long.SIZE - 1 - shift);
    }

    /** Returns the 53 bits after the first 53. */
    private static double lowerBits(final long high, final long low) {
        return (high & 0x7FF) << 42 | low >>> WORD_BITS;
    }

    /**
     * Divides.
     *
     * @param exponent the quotient is multiplied by this power of two; the result must be a normal double.
     * @return the nearest double, NaN if that is not certain.
     */
    double divide(final int exponent) {
        final long scale = numeratorExponent - denominatorExponent + exponent;
        return divide(numeratorHigh, numeratorLow, denominatorHigh, denominatorLow)
                * Double.longBitsToDouble(Double.MAX_EXPONENT + scale << 52);
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
