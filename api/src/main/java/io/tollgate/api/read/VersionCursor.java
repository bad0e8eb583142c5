package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * Walks over all versions of the points of a series, with bounded memory: current, pending, revised and withdrawn ones.
 * Versions are in order of valid time; versions of one point are in the order in which they became known. One cursor
 * can walk over any series, any number of times.
 *
 * <pre>{@code
 * VersionCursor versions = reader.versionCursor();
 * versions.open(rate);
 * while (versions.next()) {
 *     System.out.println(versions.scaledValue() + " known at " + Instants.format(versions.knowledgeTimeNs()));
 * }
 * }</pre>
 *
 * <p>A walk shows the series as known at the knowledge time of its reader, but at most at the last knowledge time that
 * the series had at the first call of {@link #next()}. Points that become known later do not disturb it. A point that
 * arrives during the walk with just that knowledge time may be shown or not.
 *
 * <p>A cursor belongs to the thread of its reader.
 */
public interface VersionCursor {
    /**
     * Moves before the first version of a series.
     *
     * @param series series of either kind.
     * @return this cursor.
     * @throws IllegalArgumentException if the series is not a series of this engine.
     * @throws IllegalStateException    if another thread owns the reader.
     */
    VersionCursor open(Series series);

    /**
     * Moves to the next version.
     *
     * @return false if there is none, or the status is FORGOTTEN, CONTENDED or UNREAD. After CONTENDED the call can be
     *     repeated, and continues where it stopped.
     * @throws IllegalStateException if the engine is closed, or another thread owns the reader.
     */
    boolean next();

    /**
     * Returns the status of the walk so far.
     *
     * @return OK; EMPTY if no version was found; PARTIAL if the series has a {@linkplain #horizonNs() retention
     *     horizon}; FORGOTTEN if the versions known then were deleted, or no version is left; CONTENDED; or UNREAD
     *     before the first call of {@link #next()}.
     */
    Status status();

    /**
     * Returns the retention horizon. Versions that ended before it are not shown, nor are those that had ended at it
     * when the history was deleted.
     *
     * @return the {@linkplain Retention retention horizon} of the series in ns, {@link Instants#NONE} if it has none.
     */
    long horizonNs();

    /** {@return the valid time of the version in ns} */
    long validTimeNs();

    /**
     * Returns the scaled value of the version.
     *
     * @return the scaled value; {@link Decimals#UNKNOWN} for an unknown level.
     */
    long scaledValue();

    /** {@return the knowledge time of the version in ns} */
    long knowledgeTimeNs();

    /**
     * Returns the reference of the version.
     *
     * @return the source of a level, or the identity of an event; {@link Publisher#NO_REFERENCE} for none.
     */
    long reference();

    /**
     * Returns the knowledge time of the revision or withdrawal that ended the version.
     *
     * @return the knowledge time in ns, {@link Instants#NONE} if the version is current.
     */
    long endKnowledgeTimeNs();

    /** {@return true if the version was withdrawn, false if it was revised or is current} */
    boolean isWithdrawn();
}
