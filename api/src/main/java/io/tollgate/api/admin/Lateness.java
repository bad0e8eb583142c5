package io.tollgate.api.admin;

/**
 * The distribution of the lateness of points since tracking began. The lateness of a point is the valid time of the
 * last point of its series less its own. Revisions, withdrawals and points in order do not count. Values are within 1%.
 */
public interface Lateness {
    /** {@return the number of late points} */
    long count();

    /** {@return the largest lateness in ns, 0 if there is no late point} */
    long maxNs();

    /** {@return the mean lateness in ns, NaN if there is no late point} */
    double meanNs();

    /**
     * Returns a percentile of the lateness.
     *
     * @param percent from 0 to 100.
     * @return the lateness in ns that this percentage of the late points does not exceed, 0 if there is no late point.
     */
    long percentileNs(double percent);
}
