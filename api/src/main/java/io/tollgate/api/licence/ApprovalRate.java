package io.tollgate.api.licence;

import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * Approvals of a number of cases. Immutable.
 *
 * @param approved    cases, 0 or more.
 * @param of          all cases, 0 or more; may be fewer than were approved where RECEIVED is the denominator.
 * @param denominator what they are.
 * @param counted     what the counts are worth: OK, PARTIAL or EMPTY.
 */
public record ApprovalRate(long approved, long of, Denominator denominator, Status counted) {
    /** The normal deviate of 95% between two bounds. */
    public static final double Z95 = 1.959963984540054;

    /**
     * Checks the ranges.
     *
     * @param approved    cases, 0 or more.
     * @param of          all cases, 0 or more.
     * @param denominator what they are.
     * @param counted     what the counts are worth.
     * @throws IllegalArgumentException if a count is below 0, or more were approved than decided or closed, or the
     *                                  counts are worth something else.
     */
    public ApprovalRate {
        Objects.requireNonNull(counted, "counted");
        Objects.requireNonNull(denominator, "denominator");
        if (!counted.hasValue() && counted != Status.EMPTY) {
            throw new IllegalArgumentException("counted=" + counted + ", expected OK, PARTIAL or EMPTY");
        }
        if (approved < 0 || of < 0 || approved > of && denominator != Denominator.RECEIVED) {
            throw new IllegalArgumentException("approved=" + approved + " of=" + of + " " + denominator
                    + ", expected counts of 0 or more, and no more approved than there are cases");
        }
    }

    /**
     * The rate of counts that are whole, as published ones.
     *
     * @param approved    cases, 0 or more.
     * @param of          all cases, 0 or more.
     * @param denominator what they are.
     * @throws IllegalArgumentException if a count is below 0, or more were approved than decided or closed.
     */
    public ApprovalRate(final long approved, final long of, final Denominator denominator) {
        this(approved, of, denominator, Status.OK);
    }

    /**
     * What the rate is worth.
     *
     * @return EMPTY of no cases; UNDEFINED where more were approved than received, which is no share; else what the
     *     counts are worth.
     */
    public Status status() {
        if (of == 0) {
            return Status.EMPTY;
        }
        return approved > of ? Status.UNDEFINED : counted;
    }

    /**
     * The rate.
     *
     * @return {@code approved / of}, the double nearest to it for counts below 2^53; NaN where the status has no value.
     */
    public double value() {
        return status().hasValue() ? (double) approved / of : Double.NaN;
    }

    /**
     * The lower bound of Wilson's score interval (Wilson 1927): unlike {@code p +- z sqrt(p (1 - p) / n)} it stays
     * within 0 and 1 and means something for 19 of 20 and for 20 of 20.
     *
     * @param z normal deviate, 0 or more; {@link #Z95} for 95%.
     * @return the smallest rate that is no more than z standard errors of its own below the one seen, within 4 ulp of
     *     the greater bound; NaN where the status has no value.
     */
    public double wilsonLow(final double z) {
        return wilson(z, -1);
    }

    /**
     * The upper bound of Wilson's score interval.
     *
     * @param z normal deviate, 0 or more; {@link #Z95} for 95%.
     * @return the largest rate that is no more than z standard errors of its own above the one seen, within 4 ulp; NaN
     *     where the status has no value.
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
