package io.tollgate.api.read;

import java.math.BigDecimal;
import java.util.Objects;

/** Checks decimal parameters of metrics. */
final class DecimalParameter {
    private static final int MAX_DIGITS = 40;

    private DecimalParameter() {}

    /**
     * Removes trailing zeros, so that equal numbers give equal metrics.
     *
     * @throws IllegalArgumentException if the number is 10^40 or more, or has more than 40 decimal places.
     */
    static BigDecimal of(final String name, final BigDecimal value) {
        final BigDecimal stripped = Objects.requireNonNull(value, name).stripTrailingZeros();
        if (stripped.precision() - (long) stripped.scale() > MAX_DIGITS || stripped.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    name + "=" + stripped + ", expected below 10^40, at most 40 decimal places");
        }
        return stripped;
    }

    /**
     * Parses a number.
     *
     * @throws IllegalArgumentException if the text is not a decimal number.
     */
    static BigDecimal parse(final String name, final String text) {
        try {
            return new BigDecimal(Objects.requireNonNull(text, name + "=null, expected a decimal number such as 12.5"));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + text + ", expected a decimal number such as 12.5", e);
        }
    }

    /** Like {@link #of}, but refuses numbers below 0. */
    static BigDecimal notNegative(final String name, final BigDecimal value) {
        if (Objects.requireNonNull(value, name).signum() < 0) {
            throw new IllegalArgumentException(name + "=" + value + ", expected 0 or more");
        }
        return of(name, value);
    }
}
