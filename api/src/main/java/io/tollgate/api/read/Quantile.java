package io.tollgate.api.read;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * The value at or below which a share p lies. FLOW: of the events, as the method says. STEP, whatever the method: the
 * smallest value such that the share of the known time at or below it is p or more, for p = 0 the minimum; the known
 * time must be above 0. Worked out from the points of the window, in a few passes over them, each
 * quantile by itself.
 *
 * @param partsPerBillion p x 10^9.
 * @param method          of a FLOW.
 */
public record Quantile(int partsPerBillion, QuantileMethod method) implements Metric {
    /** What a share of 1 is. */
    public static final int BILLION = 1_000_000_000;

    private static final int PERCENT = BILLION / 100;

    /**
     * Checks the share, and that there is a method.
     *
     * @param partsPerBillion p x 10^9.
     * @param method          of a FLOW.
     * @throws IllegalArgumentException if the share is below 0 or above 1.
     */
    public Quantile {
        if (partsPerBillion < 0 || partsPerBillion > BILLION) {
            throw new IllegalArgumentException("partsPerBillion=" + partsPerBillion + ", expected 0 to " + BILLION);
        }
        Objects.requireNonNull(method, "method");
    }

    /** The double nearest to a decimal of at most 9 places is the quotient of two integers that are exact doubles. */
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
     * @return {@code median}, {@code p01} to {@code p99} or {@code quantile:0.999}, followed by {@code :nearest-rank}
     *     for that method.
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
