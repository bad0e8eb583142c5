package io.tollgate.examples.impact.finding;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats numbers with ASCII digits, {@code -} and {@code .}, in every locale. */
public final class Numbers {
    private Numbers() {}

    /** Formats with a fixed number of digits after the decimal point: {@code 94.6556}. */
    public static String fixed(final double value, final int digits) {
        final BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
        return rounded.toPlainString();
    }

    /**
     * Formats with at most a number of digits after the decimal point, without trailing zeros: {@code 145}, {@code
     * 7.5}.
     */
    public static String atMost(final double value, final int digits) {
        final BigDecimal cut =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return fixed(value, Math.max(0, cut.scale()));
    }
}
