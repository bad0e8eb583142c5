package io.tollgate.api.read;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * Number and size of the restatements of the points in a window. One reading can read any series, any number of times.
 * A reading belongs to the thread of its reader, and ignores versions that became known after the knowledge time of
 * that reader.
 *
 * <p>Versions with the same identity belong to one point. The identity is the instant; under
 * {@link DuplicatePolicy#ALL} it includes the reference, and an event without a reference is always a separate point. A
 * point is <em>revised</em> each time a new version replaces an old one, even with the same value and another
 * reference. It is <em>withdrawn</em> each time it is taken back. The size of a restatement is {@code latest - first}:
 * the current value minus the first value, for points that have both and were revised or withdrawn. An unknown level
 * has no size.
 */
public interface RevisionReading {
    /**
     * Reads the restatements in the window of a series. The cost is linear in the number of versions.
     *
     * @param series series of either kind.
     * @param atNs   the instant t in ns, the end of the window; later points are ignored.
     * @return this reading.
     * @throws IllegalArgumentException if the series is not a series of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    RevisionReading read(Series series, long atNs);

    /**
     * Returns the status of the counts.
     *
     * @return OK; PARTIAL if the series has a {@linkplain #horizonNs() retention horizon}, so that deleted versions are
     *     not counted and the first value is the first one left; EMPTY if the window never had a point; FORGOTTEN if no
     *     version is left; CONTENDED; or UNREAD. All counts are 0 for the last four.
     */
    Status status();

    /**
     * Returns the retention horizon, up to which versions may be missing.
     *
     * @return the {@linkplain Retention retention horizon} of the series in ns. {@link Instants#NONE} if it has none,
     *     or was not read ({@link Status#CONTENDED}, or {@link Status#FORGOTTEN} as of an earlier time).
     */
    long horizonNs();

    /** {@return the number of points that were ever in the window, including withdrawn ones} */
    long pointCount();

    /** {@return the number of points that were revised or withdrawn at least once} */
    long restatedCount();

    /** {@return the number of revisions; one point may have many} */
    long revisionCount();

    /** {@return the number of withdrawals} */
    long withdrawalCount();

    /**
     * Returns the mean of {@code latest - first}: the bias of first values.
     *
     * @return the mean in the unit of the series, correctly rounded; NaN if no restatement has a size.
     */
    double meanRevision();

    /**
     * Returns the mean of {@code |latest - first|}.
     *
     * @return the mean in the unit of the series, correctly rounded; NaN if no restatement has a size.
     */
    double meanAbsoluteRevision();

    /**
     * Returns the largest {@code |latest - first|}.
     *
     * @return the maximum in the unit of the series; NaN if no restatement has a size.
     */
    double maxAbsoluteRevision();
}
