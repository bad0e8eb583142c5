package io.tollgate.api.read;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * How often and how much the points of a window were restated, filled again and again by {@link #read}, for any series.
 * Belongs to the thread of the reader that made it; a version that became known after the instant of that reader is
 * left out.
 *
 * <p>A point is what shares an identity: the instant, and under {@link DuplicatePolicy#ALL} the reference too; an
 * event without a reference is a point of its own. It is <em>revised</em> each time that a new version takes the place
 * of an old one, also one
 * of the same value with another reference, and <em>withdrawn</em> each time that it is taken back. The size of a
 * restatement is {@code latest - first}, what it says now less what it said first, over points that have both and were
 * revised or withdrawn meanwhile; an unknown value has no size.
 */
public interface RevisionReading {
    /**
     * Reads how often and how much the points of the window of a series were restated. The cost is linear in their
     * versions.
     *
     * @param series of either kind.
     * @param atNs   the instant t in ns, the end of the window; a point after it is left out.
     * @return this reading, filled.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    RevisionReading read(Series series, long atNs);

    /**
     * What the counts are worth.
     *
     * @return OK; PARTIAL if the series has a {@linkplain #horizonNs() horizon}: what was forgotten is not counted,
     *     and what was said first is the first that is left; EMPTY if nothing was ever said of the window;
     *     FORGOTTEN if nothing is left to tell; CONTENDED; or UNREAD; in the last four all counts are 0.
     */
    Status status();

    /**
     * Up to when restatements were forgotten.
     *
     * @return the {@linkplain Retention horizon} of the series, {@link Instants#NONE} if it has none, or was not read
     *     ({@link Status#CONTENDED}, {@link Status#FORGOTTEN} as known before it).
     */
    long horizonNs();

    /**
     * How many points were ever put into the window.
     *
     * @return 0 or more, with those that were withdrawn.
     */
    long pointCount();

    /**
     * How many of these were revised or withdrawn at least once.
     *
     * @return 0 to {@link #pointCount()}.
     */
    long restatedCount();

    /**
     * How many revisions there were.
     *
     * @return 0 or more, of one point perhaps many.
     */
    long revisionCount();

    /**
     * How many withdrawals there were.
     *
     * @return 0 or more.
     */
    long withdrawalCount();

    /**
     * The mean of {@code latest - first}, the bias of first statements.
     *
     * @return in the unit of the series, correctly rounded; NaN where no restatement has a size.
     */
    double meanRevision();

    /**
     * The mean of {@code |latest - first|}.
     *
     * @return in the unit of the series, correctly rounded; NaN where no restatement has a size.
     */
    double meanAbsoluteRevision();

    /**
     * The largest {@code |latest - first|}.
     *
     * @return in the unit of the series; NaN where no restatement has a size.
     */
    double maxAbsoluteRevision();
}
