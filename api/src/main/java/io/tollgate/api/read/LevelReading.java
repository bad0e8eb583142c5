package io.tollgate.api.read;

import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;

/**
 * The level of a STEP series at an instant, with the next pending change. One reading can read any STEP series, any
 * number of times.
 *
 * <pre>{@code
 * LevelReading level = reader.level();
 * level.read(rate, engine.now());
 * double inForce = level.value();
 * if (level.nextChangeAtNs() != Instants.NONE) {
 *     double next = level.nextValue(); // in force from level.nextChangeAtNs() on
 * }
 * }</pre>
 *
 * <p>A reading belongs to the thread of its reader, and answers as of the knowledge time of that reader.
 *
 * <p>A level is unknown after its heartbeat has expired, as after an unknown point. The other methods still describe
 * the expired point. It expired at {@link #sinceNs()} plus the heartbeat, which is not a pending change. The same
 * applies from the end of a {@linkplain SeriesCatalog#close closed} series on.
 */
public interface LevelReading {
    /**
     * Reads the level in force at an instant.
     *
     * @param series any STEP series.
     * @param atNs   the instant t in ns; later points are pending.
     * @return this reading.
     * @throws IllegalArgumentException if the series is not a series of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    LevelReading read(StepSeries series, long atNs);

    /**
     * Returns the status of the level.
     *
     * @return OK; EMPTY before the first point; INSUFFICIENT if the level is unknown, its heartbeat has expired, or the
     *     life of the series has ended; CONTENDED; FORGOTTEN; or UNREAD.
     */
    Status status();

    /** {@return the instant t of the read in ns, {@link Instants#NONE} before the first read} */
    long atNs();

    /** {@return the level in force in the unit of the series, NaN if the status has no value} */
    double value();

    /**
     * Returns the level in force as a scaled value.
     *
     * @return the scaled value, {@link Decimals#UNKNOWN} if the status has no value.
     */
    long scaledValue();

    /** {@return the valid time of the level in force, {@link Instants#NONE} if EMPTY} */
    long sinceNs();

    /** {@return the valid time of the next point, {@link Instants#NONE} if no change is pending} */
    long nextChangeAtNs();

    /**
     * {@return the level of the next point in the unit of the series; NaN if no change is pending, or the next level is
     * unknown}
     */
    double nextValue();

    /**
     * {@return the level of the next point as a scaled value; {@link Decimals#UNKNOWN} if no change is pending, or the
     * next level is unknown}
     */
    long nextScaledValue();

    /** {@return the knowledge time of the next point, {@link Instants#NONE} if no change is pending} */
    long nextKnowledgeTimeNs();

    /**
     * Returns the pending change: the next level minus the level in force.
     *
     * @return the difference in the unit of the series (percentage points for PERCENT), correctly rounded; NaN unless
     *     both levels are known.
     */
    double pendingChange();

    /**
     * Returns the time until the next change.
     *
     * @return {@code nextChangeAtNs - atNs}, above 0 and at most 292 years; {@link Instants#NONE} if no change is
     *     pending.
     */
    long countdownNs();

    /**
     * Returns the share of the time from the start of this level to the next change that has elapsed.
     *
     * @return {@code (atNs - sinceNs) / (nextChangeAtNs - sinceNs)}, 0 to 1, correctly rounded; NaN if EMPTY, or no
     *     change is pending.
     */
    double shareElapsed();

    /**
     * Returns the time from the announcement of this level to its effect.
     *
     * @return {@code sinceNs - knowledgeTimeNs}, below 0 for a retroactive level; at most 292 years either way;
     *     {@link Instants#NONE} if EMPTY.
     */
    long announcementLagNs();

    /** {@return the knowledge time of this level, {@link Instants#NONE} if EMPTY} */
    long knowledgeTimeNs();

    /**
     * Returns the reference of this level: its source.
     *
     * @return the reference, {@link Publisher#NO_REFERENCE} if it has none.
     */
    long reference();
}
