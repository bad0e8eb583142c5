package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * Versions of points of a series, with all that is known of each: the points behind an answer
 * ({@link MetricReader#points}), or all that was ever said of the points of a window ({@link MetricReader#versions}).
 * Filled again and again by {@link #read}, for any series. It holds the first ones, as many as it was made for, and
 * counts all. In order of valid time, and of one point in the order in which they became known. Belongs to the thread
 * of the reader that made it; a version that became known after the instant of that reader is left out.
 */
public interface VersionReading {
    /**
     * Reads the points or versions of the window of a series as seen from an instant. The cost is linear in them.
     *
     * @param series of either kind.
     * @param atNs   the instant t in ns, the end of the window; a point after it is left out.
     * @return this reading, filled.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    VersionReading read(Series series, long atNs);

    /**
     * What the list is worth.
     *
     * @return OK; EMPTY if there is none; PARTIAL if there are more than it holds, or all versions were asked for and
     *     the series has a {@linkplain #horizonNs() horizon}; FORGOTTEN if what was known then was forgotten, or
     *     nothing is left to tell; CONTENDED; or UNREAD.
     */
    Status status();

    /**
     * Up to when versions were forgotten, where {@linkplain MetricReader#versions all versions} were asked for:
     * none that ended before it is listed, nor any that had ended at it by then.
     *
     * @return the {@linkplain Retention horizon} of the series, {@link Instants#NONE} if it has none, or was not read
     *     ({@link Status#CONTENDED}, {@link Status#FORGOTTEN} as known before it).
     */
    long horizonNs();

    /**
     * How many versions there are.
     *
     * @return all of them, held or not.
     */
    long count();

    /**
     * How many of them it holds.
     *
     * @return the first so many.
     */
    int heldCount();

    /**
     * From when on a version says that its value is in force, or when it says that it happened.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its valid time; before the window for a level that was carried in.
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    long validTimeNs(int index);

    /**
     * What a version says.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its value in the unit of the series; NaN for "unknown from there on".
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    double value(int index);

    /**
     * What a version says, exact.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its scaled value; {@link Decimals#UNKNOWN} for "unknown from there on".
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    long scaledValue(int index);

    /**
     * When a version became known.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its knowledge time.
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    long knowledgeTimeNs(int index);

    /**
     * The reference of a version: of a level its source, of an event its identity if the caller gave one.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its reference, {@link Publisher#NO_REFERENCE} if it has none.
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    long reference(int index);

    /**
     * When it became known that a version counts no more.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the knowledge time of the revision or withdrawal, {@link Instants#NONE} if it counts.
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    long endKnowledgeTimeNs(int index);

    /**
     * How a version came to its end.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return true if it was withdrawn, false if it was revised, or counts.
     * @throws IndexOutOfBoundsException if it holds no such version.
     */
    boolean isWithdrawn(int index);
}
