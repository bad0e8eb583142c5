package io.tollgate.examples.impact.finding;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text: ASCII digits, {@code -} and {@code .}, in every locale. */
public final class Numbers {
    private Numbers() {}

    /** A fixed number of digits behind the point, as {@code 94.6556}. */
    public static String fixed(final double value, final int digits) {
        final BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
        return rounded.toPlainString();
    }

    /** At most a number of digits behind the point, trailing zeros cut: {@code 145}, {@code 7.5}. */
    public static String atMost(final double value, final int digits) {
        final BigDecimal cut =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return fixed(value, Math.max(0, cut.scale()));
    }
}
