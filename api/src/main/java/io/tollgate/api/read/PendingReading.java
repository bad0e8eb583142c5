package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * The pending points of a series as seen from an instant: known, but not yet in effect. One reading can read any
 * series, any number of times. It counts all pending points, and holds the first ones in time order, up to the number
 * for which it was created.
 *
 * <pre>{@code
 * PendingReading pending = reader.pending(100);
 * pending.read(rate, engine.now());
 * for (int i = 0; i < pending.heldCount(); i++) {
 *     System.out.println(Instants.format(pending.validTimeNs(i)) + ": " + pending.value(i));
 * }
 * }</pre>
 *
 * <p>A reading belongs to the thread of its reader, and answers as of the knowledge time of that reader.
 */
public interface PendingReading {
    /**
     * Reads the points that are pending as seen from an instant. The cost is linear in their number.
     *
     * @param series series of either kind.
     * @param atNs   the instant t in ns; a point at t itself is in effect.
     * @return this reading.
     * @throws IllegalArgumentException if the series is not a series of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    PendingReading read(Series series, long atNs);

    /**
     * Returns the status of the list.
     *
     * @return OK; EMPTY if no point is pending; PARTIAL if more points are pending than the reading holds; CONTENDED;
     *     FORGOTTEN; or UNREAD.
     */
    Status status();

    /**
     * Returns the instant t of the read.
     *
     * @return the instant in ns, {@link Instants#NONE} before the first read.
     */
    long atNs();

    /** {@return the number of pending points, held or not} */
    long count();

    /** {@return the number of pending points that this reading holds: the first ones in time order} */
    int heldCount();

    /**
     * Returns the instant at which a point takes effect.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the valid time in ns, after t.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long validTimeNs(int index);

    /**
     * Returns the value of a point: a level or an amount.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the value in the unit of the series; NaN for an unknown level.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    double value(int index);

    /**
     * Returns the scaled value of a point.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the scaled value; {@link Decimals#UNKNOWN} for an unknown level.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long scaledValue(int index);

    /**
     * Returns the change that a point makes. For a level, it is the difference to the point before (for the first
     * point, to the level in force at t); for an event, its amount.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the change in the unit of the series (percentage points for PERCENT), correctly rounded; NaN if either
     *     level is unknown.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    double change(int index);

    /**
     * Returns the knowledge time of a point.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the knowledge time in ns.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long knowledgeTimeNs(int index);

    /**
     * Returns the reference of a point: the source of a level, or the identity of an event.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return the reference, {@link Publisher#NO_REFERENCE} if the point has none.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long reference(int index);

    /**
     * Returns the time from the announcement of a point to its effect.
     *
     * @param index from 0, below {@link #heldCount()}.
     * @return valid time minus knowledge time in ns, at most 292 years.
     * @throws IndexOutOfBoundsException if the index is out of range.
     */
    long announcementLagNs(int index);

    /**
     * Returns the sum of all pending changes, held or not.
     *
     * @return for a STEP, the level after the last pending point minus the level in force at t, NaN if either is
     *     unknown; for a FLOW, the sum of the pending amounts. 0 if no point is pending; NaN before the first read.
     *     Correctly rounded.
     */
    double pipeline();
}
