package io.tollgate.api.series;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * Converts decimal numbers to and from scaled values. A scaled value is a fixed-point decimal: a {@code long} of
 * {@code value x 10^scale}. {@link #UNKNOWN} is reserved.
 *
 * <pre>{@code
 * long scaled = Decimals.parse("4.4", 2, RoundingMode.UNNECESSARY); // 440
 * String text = Decimals.format(scaled, 2); // "4.4"
 * }</pre>
 */
public final class Decimals {
    /** The scaled value of a STEP point that marks the level as unknown, and of a withdrawal. Reserved. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** The largest scale: number of digits after the decimal point. */
    public static final int MAX_SCALE = 9;

    /**
     * Two different decimals with so many digits never convert to the same double; a double needs at most two digits
     * more.
     */
    private static final int SAFE_DIGITS = 15;

    private static final int MAX_DOUBLE_DIGITS = 17;
    private static final int MAX_EXPONENT = 40;
    private static final int MAX_TEXT_LENGTH = 100;

    private Decimals() {}

    /**
     * Converts decimal text to a scaled value.
     *
     * @param text     a number such as {@code 4.4} or {@code -1.5e3}, at most 100 characters.
     * @param scale    number of digits after the decimal point, 0 to 9.
     * @param rounding treatment of further digits; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the text is not a number in ASCII digits, its exponent is beyond 40, or the
     *                                  value does not fit; the message names value and scale.
     */
    public static long parse(final String text, final int scale, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        Objects.requireNonNull(text, "text");
        if (text.length() > MAX_TEXT_LENGTH) {
            throw refused(beginning(text), scale, "at most 100 characters");
        }
        final BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (final NumberFormatException e) {
            throw refused(text, scale, "a decimal number in ASCII digits");
        }
        if (!text.chars().allMatch(c -> c < 128)) {
            throw refused(text, scale, "a decimal number in ASCII digits");
        }
        // Checked before the number is expanded: 1e999999999 must stay cheap.
        final int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (mark >= 0 && Math.abs(Long.parseLong(text.substring(mark + 1))) > MAX_EXPONENT) {
            throw exponentRefused(text, scale);
        }
        return expanded(value, scale, rounding);
    }

    /**
     * Converts a decimal to a scaled value.
     *
     * @param value    the number.
     * @param scale    number of digits after the decimal point, 0 to 9.
     * @param rounding treatment of further digits; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the exponent in scientific notation is beyond 40, or the value does not fit;
     *                                  the message names value and scale.
     */
    public static long scaled(final BigDecimal value, final int scale, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        Objects.requireNonNull(value, "value");
        if (value.scale() < -MAX_EXPONENT || value.precision() - (long) value.scale() - 1 < -MAX_EXPONENT) {
            throw exponentRefused(value.toString(), requireScale(scale));
        }
        return expanded(value, scale, rounding);
    }

    private static long expanded(final BigDecimal value, final int scale, final RoundingMode rounding) {
        requireScale(scale);
        final BigInteger scaled;
        try {
            scaled = value.setScale(scale, rounding).unscaledValue();
        } catch (final ArithmeticException e) {
            throw refused(
                    value.toString(),
                    scale,
                    "at most " + scale + " digits after the decimal point, or a larger scale, or a rounding mode");
        }
        if (scaled.bitLength() >= Long.SIZE) {
            throw refused(value.toString(), scale, range(scale));
        }
        if (scaled.longValue() == UNKNOWN) {
            throw refused(value.toString(), scale, range(scale) + " (the scaled value -2^63 is reserved)");
        }
        return scaled.longValue();
    }

    /**
     * Converts a double to a scaled value.
     *
     * @param value    the number; its shortest decimal form counts, so {@code 4.4} is exactly 4.4.
     * @param scale    number of digits after the decimal point, 0 to 9.
     * @param rounding treatment of further digits; UNNECESSARY refuses them.
     * @return {@code value x 10^scale}.
     * @throws IllegalArgumentException if the number is NaN or infinite, its exponent is beyond 40, or it does not fit;
     *                                  the message names value and scale.
     */
    public static long scaled(final double value, final int scale, final RoundingMode rounding) {
        Objects.requireNonNull(rounding, "rounding");
        if (!Double.isFinite(value)) {
            throw refused(Double.toString(value), scale, "a finite number");
        }
        return scaled(shortest(value), scale, rounding);
    }

    /**
     * Returns the decimal with the fewest digits that converts back to the same double; of several, the closest one.
     * Before JDK 19, {@link Double#toString(double)} could return a digit too many (JDK-4511638).
     *
     * @param value a finite number.
     * @return the decimal.
     */
    public static BigDecimal shortest(final double value) {
        final BigDecimal text = new BigDecimal(Double.toString(value));
        if (text.precision() <= SAFE_DIGITS) {
            return text;
        }
        final BigDecimal exact = new BigDecimal(value);
        for (int digits = SAFE_DIGITS; digits < MAX_DOUBLE_DIGITS; digits++) {
            final BigDecimal closest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (closest.doubleValue() == value) {
                return closest;
            }
            // At a power of two the next double above is further away, so a decimal above may still convert back.
            final BigDecimal outer = exact.round(new MathContext(digits, RoundingMode.UP));
            if (outer.doubleValue() == value) {
                return outer;
            }
        }
        return exact.round(new MathContext(MAX_DOUBLE_DIGITS, RoundingMode.HALF_EVEN));
    }

    /**
     * Formats a scaled value as a plain decimal number without trailing zeros after the point.
     *
     * @param scaled {@code value x 10^scale}.
     * @param scale  number of digits after the decimal point, 0 to 9.
     * @return the text.
     */
    public static String format(final long scaled, final int scale) {
        final BigDecimal value = BigDecimal.valueOf(scaled, requireScale(scale)).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0).toPlainString() : value.toPlainString();
    }

    /**
     * Checks that a scale is in range.
     *
     * @param scale scale to check.
     * @return the same scale.
     * @throws IllegalArgumentException if it is not 0 to 9.
     */
    public static int requireScale(final int scale) {
        if (scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale=" + scale + ", expected 0 to " + MAX_SCALE);
        }
        return scale;
    }

    /** Shortens a text for a message without splitting a surrogate pair: half a pair cannot be written to a file. */
    private static String beginning(final String text) {
        final boolean isPairCut = Character.isHighSurrogate(text.charAt(MAX_TEXT_LENGTH - 1));
        return text.substring(0, isPairCut ? MAX_TEXT_LENGTH - 1 : MAX_TEXT_LENGTH) + "...";
    }

    private static String range(final int scale) {
        return format(-Long.MAX_VALUE, scale) + " to " + format(Long.MAX_VALUE, scale);
    }

    private static IllegalArgumentException exponentRefused(final String value, final int scale) {
        return refused(value, scale, "an exponent of at most " + MAX_EXPONENT);
    }

    private static IllegalArgumentException refused(final String value, final int scale, final String expected) {
        return new IllegalArgumentException("value=" + value + " scale=" + scale + ", expected " + expected);
    }
}
