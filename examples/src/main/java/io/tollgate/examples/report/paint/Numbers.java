package io.tollgate.examples.report.paint;

import io.tollgate.data.text.ShortestDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Formats numbers for charts: ASCII digits, {@code -} and {@code .}, in every locale. */
public final class Numbers {
    /** Digits before the decimal point that are not a part of a word, a date or a fraction. */
    private static final Pattern LONG_INTEGER = Pattern.compile("(?<![\\w.:])[0-9]{5,}(?![\\w:]|-[0-9])");

    private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9])(?=([0-9]{3})+$)");

    private Numbers() {}

    /**
     * Inserts commas into the integers of a text. A number of four digits has none, so that years stay as they are.
     *
     * @param text with numbers.
     * @return the text with {@code 11,500} for {@code 11500}.
     */
    public static String grouped(final String text) {
        return LONG_INTEGER
                .matcher(text)
                .replaceAll(digits -> THOUSANDS.matcher(digits.group()).replaceAll(","));
    }

    /** Returns the shortest decimal that reads back as the same double, without an exponent. */
    public static String exact(final double value) {
        return ShortestDecimal.of(value);
    }

    /** Rounds to a number of decimals, half even, without trailing zeros. */
    static String rounded(final double value, final int decimals) {
        final BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Formats a coordinate to a hundredth of a pixel. */
    static String pixel(final double value) {
        return rounded(value, 2);
    }
}
