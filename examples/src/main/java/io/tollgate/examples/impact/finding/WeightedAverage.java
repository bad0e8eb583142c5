package io.tollgate.examples.impact.finding;

import io.tollgate.api.series.Status;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The average {@code sum(w t) / sum(w)} of scaled rates over those members whose rate is known (the others are dropped
 * and the weights renormalised), from exact integer sums. For one thread.
 */
public final class WeightedAverage {
    /** Enough for a quotient half way between two doubles, so that it is rounded once. */
    private static final MathContext DIGITS = new MathContext(150);

    private final int scale;
    private BigInteger products = BigInteger.ZERO;
    private long coveredWeight;
    private long totalWeight;
    private int knownCount;

    /**
     * An average of nothing yet.
     *
     * @param scale of the rates.
     */
    public WeightedAverage(final int scale) {
        this.scale = scale;
    }

    /** A member with a known rate. */
    public void add(final long weight, final long scaledRate) {
        products = products.add(BigInteger.valueOf(weight).multiply(BigInteger.valueOf(scaledRate)));
        coveredWeight = Math.addExact(coveredWeight, weight);
        totalWeight = Math.addExact(totalWeight, weight);
        knownCount++;
    }

    /** A member whose rate is not known: it counts only in the total weight. */
    public void addUnknown(final long weight) {
        totalWeight = Math.addExact(totalWeight, weight);
    }

    /** The average over the covered weight; PARTIAL where that is not all of it, EMPTY where it is 0. */
    public Amount value(final String unit) {
        if (coveredWeight == 0) {
            return new Amount(Double.NaN, Status.EMPTY, unit);
        }
        final BigDecimal whole = BigDecimal.valueOf(coveredWeight).scaleByPowerOfTen(scale);
        final double value = new BigDecimal(products).divide(whole, DIGITS).doubleValue();
        return new Amount(value, coveredWeight == totalWeight ? Status.OK : Status.PARTIAL, unit);
    }

    /** The weight of the members with a known rate. */
    public long coveredWeight() {
        return coveredWeight;
    }

    /** The weight of all members. */
    public long totalWeight() {
        return totalWeight;
    }

    /** How many members have a known rate. */
    public int knownCount() {
        return knownCount;
    }
}
