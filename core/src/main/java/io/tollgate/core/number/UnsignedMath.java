package io.tollgate.core.number;

/** The arithmetic of wide integers on 64-bit words: carries, borrows and products. Stateless. */
public final class UnsignedMath {
    private UnsignedMath() {}

    /** Returns the carry, 0 or 1, out of {@code sum = a + b}, all unsigned; {@code a} is either of the two operands. */
    public static long carry(final long sum, final long a) {
        return borrow(sum, a);
    }

    /**
     * Returns the borrow, 0 or 1, out of {@code a - b}, both unsigned. The highest bit of the formula says if {@code a}
     * is below {@code b} (Warren, Hacker's Delight, 2-12). A branch would often be predicted wrongly, because the lower
     * words of products look random.
     */
    public static long borrow(final long a, final long b) {
        return (~a & b | (~a | b) & a - b) >>> 63;
    }

    /**
     * Returns the high word of the product of a signed and an unsigned factor; the low word is
     * {@code signed * unsigned}.
     */
    public static long multiplyHigh(final long signed, final long unsigned) {
        return Math.multiplyHigh(signed, unsigned) + (signed & (unsigned >> 63));
    }

    /** Returns the high word of the product of two unsigned factors; the low word is {@code a * b}. */
    static long multiplyHighUnsigned(final long a, final long b) {
        return Math.multiplyHigh(a, b) + (a & (b >> 63)) + (b & (a >> 63));
    }

    /**
     * Returns the unsigned quotient of the two-word dividend {@code high * 2^64 + low} by a divisor with its top bit
     * set. Schoolbook division in half words (Knuth, The Art of Computer Programming 2, 4.3.1 D).
     *
     * @param high    below the divisor, so that the quotient fits one word.
     * @param low     the unsigned low word.
     * @param divisor unsigned, at least 2^63.
     */
    static long divide(final long high, final long low, final long divisor) {
        final long upper = digit(high, low >>> 32, divisor);
        final long rest = ((high << 32) | (low >>> 32)) - upper * divisor;
        return (upper << 32) + digit(rest, low & 0xFFFF_FFFFL, divisor);
    }

    /**
     * Returns the 32-bit quotient of {@code rest * 2^32 + next} by the divisor, for {@code rest < divisor}. The
     * estimate from the divisor's top half is at most 2 too large and at most 2^32 + 1; its product with the bottom
     * half fits.
     */
    private static long digit(final long rest, final long next, final long divisor) {
        final long top = divisor >>> 32;
        final long bottom = divisor & 0xFFFF_FFFFL;
        long digit = Long.divideUnsigned(rest, top);
        long remainder = rest - digit * top;
        while (remainder >>> 32 == 0 && Long.compareUnsigned(digit * bottom, (remainder << 32) | next) > 0) {
            digit--;
            remainder += top;
        }
        return digit;
    }
}
