package io.tollgate.api.read;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * The p-quantile of a window. FLOW: of the events, by the given method. STEP, with any method: the smallest value for
 * which the share of the known time at or below it is at least p; for p = 0 the minimum. The known time must be above
 * 0. A read visits every point of the window in a few passes, for each quantile separately.
 *
 * @param partsPerBillion p x 10^9.
 * @param method          method for a FLOW.
 */
public record Quantile(int partsPerBillion, QuantileMethod method) implements Metric {
    /** The parts of a share of 1. */
    public static final int BILLION = 1_000_000_000;

    private static final int PERCENT = BILLION / 100;

    /**
     * Checks the share.
     *
     * @param partsPerBillion p x 10^9.
     * @param method          method for a FLOW.
     * @throws IllegalArgumentException if the share is below 0 or above 1.
     */
    public Quantile {
        if (partsPerBillion < 0 || partsPerBillion > BILLION) {
            throw new IllegalArgumentException("partsPerBillion=" + partsPerBillion + ", expected 0 to " + BILLION);
        }
        Objects.requireNonNull(method, "method");
    }

    /**
     * Accepts p if it is the double nearest to a decimal of at most 9 places. Such a double is the correctly rounded
     * quotient of two integers.
     */
    static Quantile of(final double p, final QuantileMethod method) {
        final long parts = Math.round(p * BILLION);
        if (p < 0 || p > 1 || (double) parts / BILLION != p) {
            throw new IllegalArgumentException("p=" + p + ", expected 0 to 1, at most 9 decimal places");
        }
        return new Quantile((int) parts, method);
    }

    /**
     * {@inheritDoc}
     *
     * @return {@code median}, {@code p01} to {@code p99} or {@code quantile:0.999}; with the suffix
     *     {@code :nearest-rank} for that method.
     */
    @Override
    public String text() {
        return share() + (method == QuantileMethod.NEAREST_RANK ? ":nearest-rank" : "");
    }

    private String share() {
        final int percent = partsPerBillion / PERCENT;
        if (percent * PERCENT != partsPerBillion || percent == 0 || percent == 100) {
            return "quantile:"
                    + BigDecimal.valueOf(partsPerBillion, 9)
                            .stripTrailingZeros()
                            .toPlainString();
        }
        return percent == 50 ? "median" : (percent < 10 ? "p0" : "p") + percent;
    }
}
