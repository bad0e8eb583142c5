package io.tollgate.core.number;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The sum S of a CUSUM chart, in standard deviations: {@code S = max(0, S + z - k)} or {@code S = max(0, S - z - k)},
 * where {@code z = (v - mean) / sd}. Multiplied by sd, all terms are decimals, so the sum is kept as an exact integer
 * in units of 10^-places. Only the reported value is rounded. Used by one thread.
 *
 * <p>With numbers below 10^40 of up to 40 decimal places each, an observation moves the integer by less than 2^533; so
 * below 2^596 it never overflows.
 */
public final class CusumSum {
    private static final int MAX_SCALE = 9;

    private final boolean isUpper;
    private final WideInteger mean;
    private final WideInteger deviation;
    private final WideInteger slack;
    private final WideInteger threshold;

    /** The value of 10^-scale in units of the sum, for each scale. */
    private final WideInteger[] units = new WideInteger[MAX_SCALE + 1];

    private final WideInteger sum = new WideInteger();
    private final WideInteger value = new WideInteger();
    private final WideInteger step = new WideInteger();
    private final LongDivision division = new LongDivision();

    /**
     * Creates the sum of a chart, 0.
     *
     * @param isUpper   whether larger values make it grow, else smaller ones do.
     * @param mean      the expected value.
     * @param deviation the standard deviation, above 0.
     * @param slack     k, in standard deviations.
     * @param threshold h, in standard deviations.
     */
    public CusumSum(
            final boolean isUpper,
            final BigDecimal mean,
            final BigDecimal deviation,
            final BigDecimal slack,
            final BigDecimal threshold) {
        this.isUpper = isUpper;
        final BigDecimal freely = slack.multiply(deviation);
        final BigDecimal limit = threshold.multiply(deviation);
        final int places = Math.max(
                Math.max(MAX_SCALE, Math.max(mean.scale(), deviation.scale())),
                Math.max(freely.scale(), limit.scale()));
        this.mean = scaled(mean, places);
        this.deviation = scaled(deviation, places);
        this.slack = scaled(freely, places);
        this.threshold = scaled(limit, places);
        for (int scale = 0; scale <= MAX_SCALE; scale++) {
            units[scale] = scaled(BigDecimal.ONE, places - scale);
        }
    }

    private static WideInteger scaled(final BigDecimal number, final int places) {
        final BigInteger unscaled = number.setScale(places).unscaledValue();
        return new WideInteger().set(unscaled);
    }

    /** Resets the sum to 0. */
    public void clear() {
        sum.set(0);
    }

    /**
     * Adds the next observation.
     *
     * @param observed the scaled value.
     * @param scale    from 0 to 9.
     * @return whether the sum is now above the threshold.
     */
    public boolean add(final long observed, final int scale) {
        value.setSigned(observed, observed >> 63);
        step.setProduct(value, units[scale]).subtract(mean);
        if (isUpper) {
            sum.add(step);
        } else {
            sum.subtract(step);
        }
        if (sum.subtract(slack).isNegative()) {
            sum.set(0);
        }
        step.set(0).add(sum).subtract(threshold);
        return step.length() != 0 && !step.isNegative();
    }

    /**
     * Returns the sum in standard deviations.
     *
     * @return S, the nearest double.
     */
    public double value() {
        return division.quotient(sum, deviation);
    }
}
