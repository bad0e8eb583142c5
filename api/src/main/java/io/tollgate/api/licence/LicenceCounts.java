package io.tollgate.api.licence;

import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * The events of a pipeline in one window, and what their counts are worth. Immutable.
 *
 * @param received  applications.
 * @param issued    approved.
 * @param refused   denied.
 * @param returned  without action.
 * @param withdrawn by the applicants.
 * @param revoked   licences taken away.
 * @param expired   licences run out.
 * @param status    OK; PARTIAL where a part of the window lies outside of the time of which the pipeline tells; EMPTY
 *                  where all of it does: that each count is 0 says nothing then.
 */
public record LicenceCounts(
        long received,
        long issued,
        long refused,
        long returned,
        long withdrawn,
        long revoked,
        long expired,
        Status status) {
    /**
     * Checks that none is below 0.
     *
     * @param received  applications.
     * @param issued    approved.
     * @param refused   denied.
     * @param returned  without action.
     * @param withdrawn by the applicants.
     * @param revoked   licences taken away.
     * @param expired   licences run out.
     * @param status    OK, PARTIAL or EMPTY.
     * @throws IllegalArgumentException if one is, or the status is none of these.
     */
    public LicenceCounts {
        Objects.requireNonNull(status, "status");
        if (!status.hasValue() && status != Status.EMPTY) {
            throw new IllegalArgumentException("status=" + status + ", expected OK, PARTIAL or EMPTY");
        }
        final long least = Math.min(
                Math.min(Math.min(received, issued), Math.min(refused, returned)),
                Math.min(Math.min(withdrawn, revoked), expired));
        if (least < 0) {
            throw new IllegalArgumentException("count=" + least + ", expected 0 or more of each kind");
        }
    }

    /**
     * Counts of a window of which all is told, as published ones.
     *
     * @param received  applications.
     * @param issued    approved.
     * @param refused   denied.
     * @param returned  without action.
     * @param withdrawn by the applicants.
     * @param revoked   licences taken away.
     * @param expired   licences run out.
     * @throws IllegalArgumentException if one is below 0.
     */
    public LicenceCounts(
            final long received,
            final long issued,
            final long refused,
            final long returned,
            final long withdrawn,
            final long revoked,
            final long expired) {
        this(received, issued, refused, returned, withdrawn, revoked, expired, Status.OK);
    }

    /** Counts in the order of the kinds. */
    static LicenceCounts of(final long[] counts, final Status status) {
        return new LicenceCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], status);
    }

    /**
     * Cases decided: issued and refused.
     *
     * @return {@code A + D}.
     */
    public long decided() {
        return Math.addExact(issued, refused);
    }

    /**
     * Cases that the authority closed: decided, and returned without action.
     *
     * @return {@code A + D + R}.
     */
    public long closed() {
        return Math.addExact(decided(), returned);
    }

    /**
     * The approval rate.
     *
     * @param denominator of what it is a share.
     * @return the rate with its bounds; EMPTY of no cases, PARTIAL as the counts are.
     */
    public ApprovalRate approvalRate(final Denominator denominator) {
        Objects.requireNonNull(denominator, "denominator");
        return new ApprovalRate(
                issued,
                switch (denominator) {
                    case DECIDED -> decided();
                    case CLOSED -> closed();
                    case RECEIVED -> received;
                },
                denominator,
                status);
    }

    /**
     * By how much the backlog grows.
     *
     * @return {@code received - closed - withdrawn}.
     */
    public long backlogChange() {
        return Math.subtractExact(Math.subtractExact(received, closed()), withdrawn);
    }

    /**
     * Months of work: how long the backlog would take at the pace of this window.
     *
     * @param backlog pending applications.
     * @param months  length of the window in months, above 0.
     * @return {@code backlog / (closed / months)}; NaN if nothing was closed and something is pending, 0 if nothing is.
     * @throws IllegalArgumentException if the months are not above 0.
     */
    public double monthsOfWork(final long backlog, final double months) {
        if (!(months > 0) || Double.isInfinite(months)) {
            throw new IllegalArgumentException("months=" + months + ", expected a length above 0");
        }
        if (backlog == 0) {
            return 0;
        }
        return closed() == 0 ? Double.NaN : backlog * months / closed();
    }
}
