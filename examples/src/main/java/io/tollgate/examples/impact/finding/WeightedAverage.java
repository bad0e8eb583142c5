package io.tollgate.examples.impact.finding;

import io.tollgate.api.series.Status;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The average {@code sum(w t) / sum(w)} of scaled rates over the members with a known rate, from exact integer sums.
 * Other members are dropped and the weights renormalised. Single-threaded.
 */
public final class WeightedAverage {
    /** Enough digits for a quotient halfway between two doubles, so that it is rounded only once. */
    private static final MathContext DIGITS = new MathContext(150);

    private final int scale;
    private BigInteger products = BigInteger.ZERO;
    private long coveredWeight;
    private long totalWeight;
    private int knownCount;

    /**
     * Creates an average without members.
     *
     * @param scale of the rates.
     */
    public WeightedAverage(final int scale) {
        this.scale = scale;
    }

    /** Adds a member with a known rate. */
    public void add(final long weight, final long scaledRate) {
        products = products.add(BigInteger.valueOf(weight).multiply(BigInteger.valueOf(scaledRate)));
        coveredWeight = Math.addExact(coveredWeight, weight);
        totalWeight = Math.addExact(totalWeight, weight);
        knownCount++;
    }

    /** Adds a member with an unknown rate, which counts only in the total weight. */
    public void addUnknown(final long weight) {
        totalWeight = Math.addExact(totalWeight, weight);
    }

    /** Returns the average over the covered weight: PARTIAL if that is less than the total weight, EMPTY if it is 0. */
    public Amount value(final String unit) {
        if (coveredWeight == 0) {
            return new Amount(Double.NaN, Status.EMPTY, unit);
        }
        final BigDecimal whole = BigDecimal.valueOf(coveredWeight).scaleByPowerOfTen(scale);
        final double value = new BigDecimal(products).divide(whole, DIGITS).doubleValue();
        return new Amount(value, coveredWeight == totalWeight ? Status.OK : Status.PARTIAL, unit);
    }

    /** Returns the weight of the members with a known rate. */
    public long coveredWeight() {
        return coveredWeight;
    }

    /** Returns the weight of all members. */
    public long totalWeight() {
        return totalWeight;
    }

    /** Returns the number of members with a known rate. */
    public int knownCount() {
        return knownCount;
    }
}
