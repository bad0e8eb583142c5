package io.tollgate.data.text;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * Formats doubles as the shortest decimal that reads back as the same double, the closest of several. The notation is
 * plain, with ASCII digits, {@code -} and {@code .} only. Before JDK 19, {@link Double#toString(double)} may give a
 * digit too many (JDK-4511638).
 */
public final class ShortestDecimal {
    /** Any two different decimals of the usual range with at most this many digits are different doubles. */
    private static final int SAFE_DIGITS = 15;

    private static final int MAX_DIGITS = 17;
    private static final double SAFE_LIMIT = 1e15;
    private static final int SIGNIFICAND_BITS = 52;
    private static final long HIDDEN_BIT = 1L << SIGNIFICAND_BITS;
    private static final int MIN_EXPONENT = -1074;

    /** With this shift, four times a remainder fits 63 bits. */
    private static final int MAX_SHIFT = 60;

    /** The powers of ten that a double represents exactly. */
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Enough for 17 digits of the smallest double. */
    private static final BigInteger[] POWERS =
            Stream.iterate(BigInteger.ONE, BigInteger.TEN::multiply).limit(342).toArray(BigInteger[]::new);

    private static final long[] LONG_POWERS =
            Stream.of(POWERS).limit(19).mapToLong(BigInteger::longValueExact).toArray();

    private ShortestDecimal() {}

    /**
     * Formats a number.
     *
     * @param value finite.
     * @return text that {@link Double#parseDouble(String)} reads back as the same double.
     * @throws IllegalArgumentException if the value is NaN or infinite.
     */
    public static String of(final double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value=" + value + ", expected a finite number");
        }
        final String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        final double magnitude = Math.abs(value);
        if (magnitude == 0) {
            return sign + '0';
        }
        for (int scale = 0; scale < EXACT_POWERS.length; scale++) {
            final double scaled = magnitude * EXACT_POWERS[scale];
            if (scaled >= SAFE_LIMIT) {
                if (scale == 0) {
                    break;
                }
                return longest(sign, magnitude, SAFE_DIGITS + 1 - scale);
            }
            // Dividend and divisor are exact, so the quotient is rounded as parsing the text would round it.
            final double digits = Math.rint(scaled);
            if (digits / EXACT_POWERS[scale] == magnitude) {
                return plain(sign, (long) digits, scale);
            }
        }
        return exact(sign, magnitude, 1);
    }

    /**
     * The same as {@link #exact} if 15 digits are not enough, in 128-bit arithmetic if that is enough.
     *
     * @param digitsBefore digits before the decimal point, which may be wrong by one.
     */
    private static String longest(final String sign, final double magnitude, final int digitsBefore) {
        final long bits = Double.doubleToRawLongBits(magnitude);
        final int shift = -exponent(bits);
        if (shift < 1 || shift > MAX_SHIFT || MAX_DIGITS + 1 - digitsBefore >= LONG_POWERS.length) {
            return exact(sign, magnitude, SAFE_DIGITS + 1);
        }
        int before = digitsBefore;
        for (int digits = SAFE_DIGITS + 1; digits <= MAX_DIGITS; digits++) {
            final long unit = LONG_POWERS[digits - before];
            final long low = significand(bits) * unit;
            final long below = Math.multiplyHigh(significand(bits), unit) << (Long.SIZE - shift) | low >>> shift;
            final int excess = Long.toString(below).length() - digits;
            if (excess != 0) {
                before += excess;
                digits--;
                continue;
            }
            final long toBelow = low & (1L << shift) - 1;
            final long toAbove = (1L << shift) - toBelow;
            final int even = isEven(bits) ? 1 : 0;
            final boolean belowReads = toBelow << gapShift(bits) < unit + even;
            final boolean aboveReads = toAbove << 1 < unit + even;
            if (belowReads || aboveReads) {
                return plain(
                        sign, chosen(below, belowReads, aboveReads, Long.compare(toBelow, toAbove)), digits - before);
            }
        }
        throw new IllegalStateException("value=" + magnitude + " has no decimal of " + MAX_DIGITS + " digits");
    }

    /**
     * Formats with exact integers: {@code magnitude x 10^scale = significand x unit / divisor}. A decimal reads back as
     * the magnitude if its distance is at most half the gap to the next double.
     */
    private static String exact(final String sign, final double magnitude, final int minDigits) {
        final long bits = Double.doubleToRawLongBits(magnitude);
        final int exponent = exponent(bits);
        int digitsBefore = (int) Math.floor(Math.log10(magnitude)) + 1;
        for (int digits = minDigits; digits <= MAX_DIGITS; digits++) {
            final int scale = digits - digitsBefore;
            final BigInteger unit = power(scale).shiftLeft(Math.max(exponent, 0));
            final BigInteger divisor = power(-scale).shiftLeft(Math.max(-exponent, 0));
            final BigInteger[] quotient =
                    unit.multiply(BigInteger.valueOf(significand(bits))).divideAndRemainder(divisor);
            final long below = quotient[0].longValueExact();
            final int excess = below == 0 ? -1 : Long.toString(below).length() - digits;
            if (excess != 0) {
                // The logarithm was rounded across a power of ten.
                digitsBefore += excess;
                digits--;
                continue;
            }
            final BigInteger toBelow = quotient[1];
            final BigInteger toAbove = divisor.subtract(toBelow);
            final boolean belowReads = within(toBelow.shiftLeft(gapShift(bits)), unit, isEven(bits));
            final boolean aboveReads = within(toAbove.shiftLeft(1), unit, isEven(bits));
            if (belowReads || aboveReads) {
                return plain(sign, chosen(below, belowReads, aboveReads, toBelow.compareTo(toAbove)), scale);
            }
        }
        throw new IllegalStateException("value=" + magnitude + " has no decimal of " + MAX_DIGITS + " digits");
    }

    /** Returns the closer of the neighbours that read back; on a tie the even one. */
    private static long chosen(
            final long below, final boolean belowReads, final boolean aboveReads, final int comparison) {
        final boolean closerBelow = comparison < 0 || comparison == 0 && (below & 1) == 0;
        return belowReads && (!aboveReads || closerBelow) ? below : below + 1;
    }

    private static long significand(final long bits) {
        final long fraction = bits & (HIDDEN_BIT - 1);
        return bits < HIDDEN_BIT ? fraction : fraction | HIDDEN_BIT;
    }

    private static int exponent(final long bits) {
        return MIN_EXPONENT + Math.max((int) (bits >>> SIGNIFICAND_BITS), 1) - 1;
    }

    /** At a power of two the gap to the double below is half as large, so the distance is doubled once more. */
    private static int gapShift(final long bits) {
        return (bits & (HIDDEN_BIT - 1)) == 0 && bits >= 2 * HIDDEN_BIT ? 2 : 1;
    }

    private static boolean isEven(final long bits) {
        return (bits & 1) == 0;
    }

    private static boolean within(final BigInteger distance, final BigInteger gap, final boolean inclusive) {
        return distance.compareTo(gap) < (inclusive ? 1 : 0);
    }

    private static BigInteger power(final int exponent) {
        return POWERS[Math.max(exponent, 0)];
    }

    /** Formats {@code digits / 10^scale} without an exponent. */
    private static String plain(final String sign, final long digits, final int scale) {
        long kept = digits;
        int keptScale = scale;
        while (kept % 10 == 0) {
            kept /= 10;
            keptScale--;
        }
        final String text = Long.toString(kept);
        if (keptScale <= 0) {
            return sign + text + "0".repeat(-keptScale);
        }
        final int point = text.length() - keptScale;
        return point > 0
                ? sign + text.substring(0, point) + '.' + text.substring(point)
                : sign + "0." + "0".repeat(-point) + text;
    }
}
