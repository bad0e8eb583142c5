package io.tollgate.api.read;

import java.math.BigDecimal;

/**
 * The annualised volatility of a window: the sample standard deviation (denominator {@code n - 1} for n changes) of the
 * logarithmic changes from each point to the next, times the square root of the number of periods in a year. Each
 * change is one period: 252 a year for closing prices of trading days, 12 for monthly figures. A read visits every
 * point of the window.
 *
 * <p>The change of a rate (PERCENT, FRACTION, BASIS_POINT) is {@code ln((1 + new) / (1 + old))}, of other units
 * {@code ln(new / old)}, as in {@link BasicMetric#LOG_CHANGE}. The first change of a STEP starts from the carried-in
 * level. There is no change to or from an unknown level. Events of a FLOW at one instant are added up.
 *
 * <p>INSUFFICIENT with fewer than two changes; otherwise UNDEFINED if a value (plus 1 for a rate) is not positive;
 * otherwise OVERFLOW if the amount at an instant exceeds a {@code long}. Within 10 ulp of the largest magnitude of a
 * change, times the square root.
 *
 * @param periodsPerYear number of changes in a year, above 0, without trailing zeros.
 */
public record Volatility(BigDecimal periodsPerYear) implements Metric {
    /**
     * Removes trailing zeros, so that equal numbers give equal metrics.
     *
     * @param periodsPerYear number of changes in a year.
     * @throws IllegalArgumentException if it is not above 0, is 10^40 or more, or has more than 40 decimal places.
     */
    public Volatility {
        periodsPerYear = DecimalParameter.of("periodsPerYear", periodsPerYear);
        if (periodsPerYear.signum() <= 0) {
            throw new IllegalArgumentException(
                    "periodsPerYear=" + periodsPerYear + ", expected above 0: the number of changes in a year");
        }
    }

    @Override
    public String text() {
        return "volatility:" + periodsPerYear.toPlainString();
    }
}
