package io.tollgate.api.licence;

import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * The number of events of a pipeline in one window, by kind. Immutable.
 *
 * <pre>{@code
 * WindowReading year = reader.window(Window.sliding(Duration.ofDays(365)), Metric.SUM);
 * LicenceCounts counts = licences.counts(year, engine.now());
 * double approved = counts.approvalRate(Denominator.DECIDED).value();
 * }</pre>
 *
 * @param received  applications received.
 * @param issued    applications approved.
 * @param refused   applications denied.
 * @param returned  applications returned without action.
 * @param withdrawn applications withdrawn by the applicants.
 * @param revoked   licences revoked.
 * @param expired   licences expired.
 * @param status    OK; PARTIAL if a part of the window is outside the time that the pipeline covers; EMPTY if all of it
 *                  is, so that the counts of 0 mean nothing.
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
     * Checks that no count is below 0.
     *
     * @param received  applications received.
     * @param issued    applications approved.
     * @param refused   applications denied.
     * @param returned  applications returned without action.
     * @param withdrawn applications withdrawn by the applicants.
     * @param revoked   licences revoked.
     * @param expired   licences expired.
     * @param status    OK, PARTIAL or EMPTY.
     * @throws IllegalArgumentException if a count is below 0, or the status is another one.
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
     * Creates complete counts, such as published ones.
     *
     * @param received  applications received.
     * @param issued    applications approved.
     * @param refused   applications denied.
     * @param returned  applications returned without action.
     * @param withdrawn applications withdrawn by the applicants.
     * @param revoked   licences revoked.
     * @param expired   licences expired.
     * @throws IllegalArgumentException if a count is below 0.
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

    /** Creates counts from an array in the order of the kinds. */
    static LicenceCounts of(final long[] counts, final Status status) {
        return new LicenceCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], status);
    }

    /** {@return the number of cases decided, {@code A + D}: issued and refused} */
    public long decided() {
        return Math.addExact(issued, refused);
    }

    /**
     * {@return the number of cases closed by the authority, {@code A + D + R}: decided, and returned without action}
     */
    public long closed() {
        return Math.addExact(decided(), returned);
    }

    /**
     * Returns the approval rate.
     *
     * @param denominator cases that the denominator counts.
     * @return the rate; EMPTY if there are no cases, otherwise with the status of the counts.
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

    /** {@return the growth of the backlog: {@code received - closed - withdrawn}} */
    public long backlogChange() {
        return Math.subtractExact(Math.subtractExact(received, closed()), withdrawn);
    }

    /**
     * Returns the months that the authority needs for the backlog at the pace of this window.
     *
     * @param backlog number of pending applications.
     * @param months  length of the window in months, above 0.
     * @return {@code backlog / (closed / months)}; 0 if the backlog is 0, otherwise NaN if no case was closed.
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
