package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * The points of a series that are pending as seen from an instant: stored, known, and not yet in effect. Filled again
 * and again by {@link #read}, for any series. It holds the first ones in time order, as many as it was made for, and
 * counts all. Belongs to the thread of the reader that made it, and is as known at the instant of that reader.
 */
public interface PendingReading {
    /**
     * Reads the points that are pending as seen from an instant. The cost is linear in them.
     *
     * @param series of either kind.
     * @param atNs   the instant t in ns; a point at t itself is in effect, and not pending.
     * @return this reading, filled.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    PendingReading read(Series series, long atNs);

    /**
     * What the list is worth.
     *
     * @return OK; EMPTY if nothing is pending; PARTIAL if more is pending than it holds; CONTENDED; FORGOTTEN; or
     *     UNREAD.
     */
    Status status();

    /**
     * The instant as seen from which it was read.
     *
     * @return the instant t of the read, {@link Instants#NONE} before the first one.
     */
    long atNs();

    /**
     * How many points are pending.
     *
     * @return all of them, held or not.
     */
    long count();

    /**
     * How many of them it holds.
     *
     * @return the first so many in time order.
     */
    int heldCount();

    /**
     * When a point takes effect.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its valid time, after t.
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    long validTimeNs(int index);

    /**
     * What a point will be: a level, or an amount.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its value in the unit of the series; NaN for "unknown from there on".
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    double value(int index);

    /**
     * What a point will be, exact.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its scaled value; {@link Decimals#UNKNOWN} for "unknown from there on".
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    long scaledValue(int index);

    /**
     * By how much a point will change the series: a level from the one before it, for the first one from the level in
     * force at t; an event by its amount.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the change in the unit of the series (percentage points for PERCENT), the double nearest to it; NaN where
     *     either level is unknown.
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    double change(int index);

    /**
     * When a point became known.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its knowledge time.
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    long knowledgeTimeNs(int index);

    /**
     * The source of a point, or the identity of an event.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its reference, {@link Publisher#NO_REFERENCE} if it has none.
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    long reference(int index);

    /**
     * How long before its effect a point was announced.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return its valid time less its knowledge time, in ns, at most 292 years.
     * @throws IndexOutOfBoundsException if it holds no such point.
     */
    long announcementLagNs(int index);

    /**
     * The pipeline: the sum of all pending changes, held or not.
     *
     * @return for a STEP the level after the last of them less the one in force at t, NaN where either is unknown; for
     *     a FLOW the sum of their amounts; 0 where nothing is pending; NaN if it was not read. The double nearest to
     *     it.
     */
    double pipeline();
}
