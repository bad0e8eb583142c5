package io.tollgate.examples.impact;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text: ASCII digits in every locale. */
final class Numbers {
    private static final int GROUP = 3;

    private Numbers() {}

    /** A fixed number of digits behind the point, as {@code 94.6556}; the integer part in groups of three. */
    static String fixed(final double value, final int digits) {
        final BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
        final String text = rounded.abs().toPlainString();
        final StringBuilder grouped = new StringBuilder(text);
        final int end = digits == 0 ? text.length() : text.indexOf('.');
        for (int at = end - GROUP; at > 0; at -= GROUP) {
            grouped.insert(at, ',');
        }
        return rounded.signum() < 0 ? grouped.insert(0, '-').toString() : grouped.toString();
    }

    /** At most a number of digits behind the point, trailing zeros cut: {@code 145}, {@code 7.5}. */
    static String atMost(final double value, final int digits) {
        final BigDecimal cut =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return fixed(value, Math.max(0, cut.scale()));
    }

    /** A fraction as a percentage, with its sign: {@code -74.5%}. */
    static String signed(final double value, final int digits) {
        return (value > 0 ? "+" : "") + fixed(value, digits);
    }
}
