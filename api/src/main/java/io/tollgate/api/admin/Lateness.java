package io.tollgate.api.admin;

/**
 * By how much the late points of some series came late, since they are tracked: how far each lay behind the last point
 * of its series, in valid time. Revisions, withdrawals and points in order are not among them. Values are within 1%.
 */
public interface Lateness {
    /**
     * How many points came late.
     *
     * @return 0 or more.
     */
    long count();

    /**
     * The largest lateness.
     *
     * @return nanoseconds, 0 if nothing came late.
     */
    long maxNs();

    /**
     * The mean lateness.
     *
     * @return nanoseconds, NaN if nothing came late.
     */
    double meanNs();

    /**
     * The lateness at or below which a share of the late points lies.
     *
     * @param percent from 0 to 100.
     * @return nanoseconds, 0 if nothing came late.
     */
    long percentileNs(double percent);
}
