package io.tollgate.api.read;

import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * From when on and until when a series lives, and which series come before and after it. Filled again and again by
 * {@link #read}, for any series. Belongs to the thread of the reader that made it, and is as known at the instant of
 * that reader.
 */
public interface LifeReading {
    /**
     * Reads from when on and until when a series lives, and which series it follows and is followed by.
     *
     * @param series of either kind.
     * @return this reading, filled.
     * @throws IllegalArgumentException if the series is not one of this engine.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    LifeReading read(Series series);

    /**
     * The status of the reading.
     *
     * @return OK; CONTENDED; FORGOTTEN; or UNREAD.
     */
    Status status();

    /**
     * The start of its life.
     *
     * @return the declared start of a FLOW, else the valid time of the first point; {@link Instants#NONE} if there is
     *     neither.
     */
    long startNs();

    /**
     * The end of its life.
     *
     * @return the first instant that is not part of it, {@link Instants#NONE} while the series is open.
     */
    long endNs();

    /**
     * When the end became known.
     *
     * @return the knowledge time, {@link Instants#NONE} while the series is open.
     */
    long endKnownAtNs();

    /**
     * The series that follows it.
     *
     * @return its {@linkplain Series#number() number}, to be found by {@link SeriesCatalog#find(long)}; {@link
     *     Instants#NONE}
     *     for none.
     */
    long successor();

    /**
     * The series that it follows.
     *
     * @return its {@linkplain Series#number() number}, to be found by {@link SeriesCatalog#find(long)}; {@link
     *     Instants#NONE}
     *     for none.
     */
    long predecessor();
}
