package io.tollgate.examples.report;

import io.tollgate.examples.csv.ShortestDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as charts show them: ASCII digits, {@code -} and {@code .}, in every locale. */
final class Numbers {
    private Numbers() {}

    /** The shortest decimal that reads back as the same double, without an exponent. */
    static String exact(final double value) {
        return ShortestDecimal.of(value);
    }

    /** The value to so many decimals, half even, trailing zeros cut. */
    static String rounded(final double value, final int decimals) {
        final BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** The same, the digits before the point in groups of three. */
    static String label(final double value, final int decimals) {
        return grouped(rounded(value, decimals));
    }

    /** A plain decimal, the digits before its point in groups of three. */
    static String grouped(final String decimal) {
        final int point = decimal.indexOf('.');
        final int end = point < 0 ? decimal.length() : point;
        return decimal.substring(0, end).replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",") + decimal.substring(end);
    }

    /** The coordinate to a hundredth of a pixel. */
    static String pixel(final double value) {
        return rounded(value, 2);
    }
}
