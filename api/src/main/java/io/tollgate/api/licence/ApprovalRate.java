package io.tollgate.api.licence;

import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * An approval rate, {@code approved / of}, with Wilson's score interval (Wilson 1927). Immutable.
 *
 * <pre>{@code
 * ApprovalRate rate = new ApprovalRate(19, 20, Denominator.DECIDED);
 * double value = rate.value(); // 0.95
 * double low = rate.wilsonLow(ApprovalRate.Z95); // 0.76
 * }</pre>
 *
 * @param approved    number of approved cases, 0 or more.
 * @param of          number of cases in the denominator, 0 or more; may be below {@code approved} for RECEIVED.
 * @param denominator cases that the denominator counts.
 * @param counted     status of the counts: OK, PARTIAL or EMPTY.
 */
public record ApprovalRate(long approved, long of, Denominator denominator, Status counted) {
    /** The normal deviate for a two-sided interval of 95%. */
    public static final double Z95 = 1.959963984540054;

    /**
     * Checks the ranges.
     *
     * @param approved    number of approved cases, 0 or more.
     * @param of          number of cases in the denominator, 0 or more.
     * @param denominator cases that the denominator counts.
     * @param counted     status of the counts.
     * @throws IllegalArgumentException if a count is below 0, more cases were approved than decided or closed, or the
     *                                  status is not one of these three.
     */
    public ApprovalRate {
        Objects.requireNonNull(counted, "counted");
        Objects.requireNonNull(denominator, "denominator");
        if (!counted.hasValue() && counted != Status.EMPTY) {
            throw new IllegalArgumentException("counted=" + counted + ", expected OK, PARTIAL or EMPTY");
        }
        if (approved < 0 || of < 0 || approved > of && denominator != Denominator.RECEIVED) {
            throw new IllegalArgumentException("approved=" + approved + " of=" + of + " " + denominator
                    + ", expected counts of 0 or more, and approved at most the number of cases");
        }
    }

    /**
     * Creates the rate of complete counts, such as published ones.
     *
     * @param approved    number of approved cases, 0 or more.
     * @param of          number of cases in the denominator, 0 or more.
     * @param denominator cases that the denominator counts.
     * @throws IllegalArgumentException if a count is below 0, or more cases were approved than decided or closed.
     */
    public ApprovalRate(final long approved, final long of, final Denominator denominator) {
        this(approved, of, denominator, Status.OK);
    }

    /**
     * Returns the status of the rate.
     *
     * @return EMPTY if there are no cases; UNDEFINED if more cases were approved than received; otherwise the status of
     *     the counts.
     */
    public Status status() {
        if (of == 0) {
            return Status.EMPTY;
        }
        return approved > of ? Status.UNDEFINED : counted;
    }

    /** {@return {@code approved / of}, correctly rounded for counts below 2^53; NaN if the status has no value} */
    public double value() {
        return status().hasValue() ? (double) approved / of : Double.NaN;
    }

    /**
     * Returns the lower bound of Wilson's score interval. Unlike {@code p +- z sqrt(p (1 - p) / n)}, it stays within 0
     * and 1, and is usable for 19 of 20 and for 20 of 20.
     *
     * @param z normal deviate, 0 or more; {@link #Z95} for 95%.
     * @return the smallest rate that is at most z of its own standard errors below the observed one, within 4 ulp of
     *     the upper bound; NaN if the status has no value.
     */
    public double wilsonLow(final double z) {
        return wilson(z, -1);
    }

    /**
     * Returns the upper bound of Wilson's score interval.
     *
     * @param z normal deviate, 0 or more; {@link #Z95} for 95%.
     * @return the largest rate that is at most z of its own standard errors above the observed one, within 4 ulp; NaN
     *     if the status has no value.
     */
    public double wilsonHigh(final double z) {
        return wilson(z, 1);
    }

    private double wilson(final double z, final int side) {
        if (!(z >= 0) || Double.isInfinite(z)) {
            throw new IllegalArgumentException("z=" + z + ", expected 0 or more: 1.96 for 95%");
        }
        if (!status().hasValue()) {
            return Double.NaN;
        }
        if (side < 0 && approved == 0) {
            return 0;
        }
        if (side > 0 && approved == of) {
            return 1;
        }
        final double n = of;
        final double p = approved / n;
        final double zz = z * z;
        final double half = z * Math.sqrt(approved * (n - approved) / n + zz / 4);
        return Math.max(0, Math.min(1, (n * p + zz / 2 + side * half) / (n + zz)));
    }
}
