package io.tollgate.api.read;

import java.math.BigDecimal;

/**
 * The annualised volatility of a window: the standard deviation of the logarithmic changes from each of its points to
 * the next, with {@code n - 1} of {@code n} changes in the denominator, times the root of the number of periods in a
 * year, of which each change is one: 252 for the closing prices of trading days, 12 for monthly figures.
 * Worked out from the points of the window.
 *
 * <p>The change of a rate (PERCENT, FRACTION, BASIS_POINT) is {@code ln((1 + new) / (1 + old))}, of anything else
 * {@code ln(new / old)}, as {@link BasicMetric#LOG_CHANGE}. A STEP changes first from the value that is carried in;
 * where it is unknown there is no change, neither to it nor from it. The events of a FLOW at one instant are one
 * amount.
 *
 * <p>INSUFFICIENT with less than two changes; else UNDEFINED where a value, of a rate plus 1, is not positive; else
 * OVERFLOW where the amount of an instant is beyond a {@code long}. Within 10 ulp of the largest magnitude of a change,
 * times the root.
 *
 * @param periodsPerYear how many changes make a year, above 0; without trailing zeros.
 */
public record Volatility(BigDecimal periodsPerYear) implements Metric {
    /**
     * Takes trailing zeros away, so that equal numbers make equal metrics.
     *
     * @param periodsPerYear how many changes make a year.
     * @throws IllegalArgumentException if it is not above 0, is 10^40 or more, or has more than 40 decimal places.
     */
    public Volatility {
        periodsPerYear = DecimalParameter.of("periodsPerYear", periodsPerYear);
        if (periodsPerYear.signum() <= 0) {
            throw new IllegalArgumentException(
                    "periodsPerYear=" + periodsPerYear + ", expected above 0: how many changes make a year");
        }
    }

    @Override
    public String text() {
        return "volatility:" + periodsPerYear.toPlainString();
    }
}
