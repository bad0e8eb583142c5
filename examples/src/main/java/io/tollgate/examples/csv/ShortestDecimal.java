package io.tollgate.examples.csv;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * Doubles as text: the decimal with the fewest digits that reads back as the same double, of several the closest, in
 * plain notation with ASCII digits, {@code -} and {@code .} only. Before JDK 19, {@link Double#toString(double)} may
 * give a digit too many (JDK-4511638).
 */
public final class ShortestDecimal {
    /** Digits with which a decimal of the usual range is told from any other: no two of them are one double. */
    private static final int SAFE_DIGITS = 15;

    private static final int MAX_DIGITS = 17;
    private static final double SAFE_LIMIT = 1e15;
    private static final int SIGNIFICAND_BITS = 52;
    private static final long HIDDEN_BIT = 1L << SIGNIFICAND_BITS;
    private static final int MIN_EXPONENT = -1074;

    /** Keeps four times a remainder in 63 bits. */
    private static final int MAX_SHIFT = 60;

    /** The powers of ten that are doubles. */
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
     * Writes a number.
     *
     * @param value to write, finite.
     * @return its text, which {@link Double#parseDouble(String)} reads back as the same double.
     * @throws IllegalArgumentException if it is NaN or infinite.
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
            // Both sides of the division are exact, and so it rounds as reading the text would.
            final double digits = Math.rint(scaled);
            if (digits / EXACT_POWERS[scale] == magnitude) {
                return plain(sign, (long) digits, scale);
            }
        }
        return exact(sign, magnitude, 1);
    }

    /**
     * As {@link #exact} where 15 digits are known not to do, in 128 bits where these suffice.
     *
     * @param digitsBefore the decimal point, or one less or more.
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
     * By exact integers: {@code magnitude x 10^scale = significand x unit / divisor}, and a decimal reads back as the
     * magnitude if it is not further off than half the gap to the next double.
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

    /** Of the neighbours that read back, the closer one; of two as close, the even one. */
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

    /** Doubles the distance to the double below once more where that is twice as close: at a power of two. */
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

    /** {@code digits / 10^scale} without an exponent. */
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
