package io.tollgate.core.number;

/** Rounds exact binary numbers to the nearest {@code double}; ties round to even. Stateless. */
final class Rounding {
    private static final int PRECISION = 53;
    private static final int SMALLEST_EXPONENT = -1074;
    private static final int LARGEST_EXPONENT = 971;

    private Rounding() {}

    /**
     * Rounds {@code (digits + rest) * 2^exponent}, subnormal results and overflow to infinity included.
     *
     * @param digits   unsigned, not 0, and of 54 bits or more if there is a rest.
     * @param rest     whether a fraction above 0 and below 1 was truncated.
     * @param exponent from -10,000 to 10,000.
     */
    static double toDouble(final long digits, final boolean rest, final int exponent) {
        final int length = 64 - Long.numberOfLeadingZeros(digits);
        final int dropped = Math.max(length - PRECISION, SMALLEST_EXPONENT - exponent);
        if (dropped > 64) {
            return 0.0;
        }
        if (dropped <= 0) {
            return compose(digits << -dropped, exponent + dropped);
        }
        final long half = 1L << (dropped - 1);
        final long fraction = digits & ((half << 1) - 1);
        final long kept = digits >>> (dropped - 1) >>> 1;
        final boolean up = fraction == half ? rest || (kept & 1) != 0 : Long.compareUnsigned(fraction, half) > 0;
        return compose(up ? kept + 1 : kept, exponent + dropped);
    }

    /* A significand of 53 bits adds its highest bit to the exponent field; so does one that was rounded up to 2^53. */
    private static double compose(final long significand, final int exponent) {
        return exponent > LARGEST_EXPONENT
                ? Double.POSITIVE_INFINITY
                : Double.longBitsToDouble(((long) (exponent - SMALLEST_EXPONENT) << (PRECISION - 1)) + significand);
    }
}
