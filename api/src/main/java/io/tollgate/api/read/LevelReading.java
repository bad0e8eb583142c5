package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;

/**
 * The level of a STEP series at an instant, filled again and again by {@link #read}, for any such series. Belongs to
 * the thread of the reader that made it, and is as known at the instant of that reader: the next change too.
 *
 * <p>A level whose heartbeat has run out is unknown, as after a point that says so; all else is still that of the point
 * that ran out. It did so at {@link #sinceNs()} and the heartbeat: an instant that is no change to come. The same holds
 * from the end of its life on for the level of a series that is {@linkplain SeriesCatalog#close closed}.
 */
public interface LevelReading {
    /**
     * Reads the level in force at an instant.
     *
     * @param series any STEP.
     * @param atNs   the instant t in ns; a point after it is pending as seen from it.
     * @return this reading, filled.
     * @throws IllegalArgumentException if the series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    LevelReading read(StepSeries series, long atNs);

    /**
     * What the level is worth.
     *
     * @return OK; EMPTY before the first point; INSUFFICIENT where the level is unknown, its heartbeat has run out,
     *     or the life of the series has ended; CONTENDED; FORGOTTEN; or UNREAD.
     */
    Status status();

    /**
     * The instant at which it was read.
     *
     * @return the instant t of the read, {@link Instants#NONE} before the first one.
     */
    long atNs();

    /**
     * The level in force.
     *
     * @return the value in the unit of the series, NaN where the status has no value.
     */
    double value();

    /**
     * The level in force, exact.
     *
     * @return the scaled value, {@link Decimals#UNKNOWN} where the status has no value.
     */
    long scaledValue();

    /**
     * Since when it has been in force.
     *
     * @return its valid time, {@link Instants#NONE} if EMPTY.
     */
    long sinceNs();

    /**
     * Until when it is in force, as known now.
     *
     * @return the valid time of the next point, {@link Instants#NONE} if no change is pending.
     */
    long nextChangeAtNs();

    /**
     * The level to come: that of the next point, as known now.
     *
     * @return the value in the unit of the series, NaN if no change is pending, or it will be unknown.
     */
    double nextValue();

    /**
     * The level to come, exact.
     *
     * @return the scaled value, {@link Decimals#UNKNOWN} if no change is pending, or it will be unknown.
     */
    long nextScaledValue();

    /**
     * When the next change became known.
     *
     * @return the knowledge time of the next point, {@link Instants#NONE} if no change is pending.
     */
    long nextKnowledgeTimeNs();

    /**
     * The pending change: by how much the next point will change the level.
     *
     * @return the level to come less the one in force, in the unit of the series (percentage points for PERCENT), the
     *     double nearest to it; NaN unless both are known.
     */
    double pendingChange();

    /**
     * The countdown: how long it is until the next change.
     *
     * @return {@code nextChangeAtNs - atNs}, above 0, at most 292 years; {@link Instants#NONE} if no change is
     *     pending.
     */
    long countdownNs();

    /**
     * The share of the level's time that has passed, from its instant to the next change.
     *
     * @return {@code (atNs - sinceNs) / (nextChangeAtNs - sinceNs)}, the double nearest to it, 0 to 1; NaN if EMPTY, or
     *     no change is pending.
     */
    double shareElapsed();

    /**
     * How long before its effect this level was announced.
     *
     * @return {@code sinceNs - knowledgeTimeNs}, below 0 for one with effect back in time; at most 292 years either
     *     way; {@link Instants#NONE} if EMPTY.
     */
    long announcementLagNs();

    /**
     * When this level became known.
     *
     * @return its knowledge time, {@link Instants#NONE} if EMPTY.
     */
    long knowledgeTimeNs();

    /**
     * The source of this level.
     *
     * @return its reference, {@link Publisher#NO_REFERENCE} if it has none.
     */
    long reference();
}
