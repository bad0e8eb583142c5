package io.tollgate.examples.report.paint;

import io.tollgate.data.text.ShortestDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers for charts: ASCII digits, {@code -} and {@code .}, in every locale. */
public final class Numbers {
    private Numbers() {}

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
