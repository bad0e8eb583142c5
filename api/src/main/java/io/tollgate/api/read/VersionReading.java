package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * Versions of the points in a window: either the points from which an answer is computed ({@link MetricReader#points}),
 * or all versions ({@link MetricReader#versions}). One reading can read any series, any number of times. It counts all
 * versions and holds the first ones, up to the number for which it was created. Versions are in order of valid time;
 * versions of one point are in the order in which they became known.
 *
 * <pre>{@code
 * VersionReading points = reader.points(month, 1_000);
 * points.read(rate, engine.now());
 * for (int i = 0; i < points.heldCount(); i++) {
 *     System.out.println(points.value(i) + " known at " + Instants.format(points.knowledgeTimeNs(i)));
 * }
 * }</pre>
 *
 * <p>A reading belongs to the thread of its reader, and ignores versions that became known after the knowledge time of
 * that reader.
 */
public interface VersionReading {
    /**
     * Reads the points or versions of a window as seen from an instant. The cost is linear in their number.
     *
     * @param series series of either kind.
     * @param atNs   the instant t in ns, the end of the window; later points are ignored.
     * @return this reading.
     * @throws IllegalArgumentException if the series is not a series of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    VersionReading read(Series series, long atNs);

    /**
     * Returns the status of the list.
     *
     * @return OK; EMPTY if there is no version; PARTIAL if there are more versions than the reading holds, or all
     *     versions were requested and the series has a {@linkplain #horizonNs() retention horizon}; FORGOTTEN if the
     *     versions known then were deleted, or no version is left; CONTENDED; or UNREAD.
     */
    Status status();

    /**
     * Returns the retention horizon if {@linkplain MetricReader#versions all versions} were requested. Versions that
     * ended before it are not listed, nor are those that had ended at it when the history was deleted.
     *
     * @return the {@linkplain Retention retention horizon} of the series in ns. {@link Instants#NONE} if it has none,
     *     or was not read ({@link Status#CONTENDED}, or {@link Status#FORGOTTEN} as of an earlier time).
     */
    long horizonNs();

    /** {@return the number of versions, held or not} */
    long count();

    /** {@return the number of versions that this reading holds: the first ones} */
    int heldCount();

    /**
     * Returns the valid time of a version.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the valid time in ns; before the window for a carried-in level.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long validTimeNs(int index);

    /**
     * Returns the value of a version.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the value in the unit of the series; NaN for an unknown level.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    double value(int index);

    /**
     * Returns the scaled value of a version.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the scaled value; {@link Decimals#UNKNOWN} for an unknown level.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long scaledValue(int index);

    /**
     * Returns the knowledge time of a version.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the knowledge time in ns.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long knowledgeTimeNs(int index);

    /**
     * Returns the reference of a version: the source of a level, or the identity of an event if the caller gave one.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the reference, {@link Publisher#NO_REFERENCE} if the version has none.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long reference(int index);

    /**
     * Returns the knowledge time of the revision or withdrawal that ended a version.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the knowledge time in ns, {@link Instants#NONE} if the version is current.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long endKnowledgeTimeNs(int index);

    /**
     * Returns true if a version was withdrawn.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return false if it was revised or is current.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    boolean isWithdrawn(int index);
}
