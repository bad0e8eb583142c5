package io.tollgate.api.read;

import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * Start and end of the life of a series, with its predecessor and successor. One reading can read any series, any
 * number of times. A reading belongs to the thread of its reader, and answers as of the knowledge time of that reader.
 */
public interface LifeReading {
    /**
     * Reads the life of a series.
     *
     * @param series series of either kind.
     * @return this reading.
     * @throws IllegalArgumentException if the series is not a series of this engine.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    LifeReading read(Series series);

    /** {@return OK, CONTENDED, FORGOTTEN or UNREAD} */
    Status status();

    /**
     * Returns the start of the life.
     *
     * @return the declared start of a FLOW, else the valid time of the first point; {@link Instants#NONE} without
     *     either.
     */
    long startNs();

    /** {@return the end of the life: the first instant after it; {@link Instants#NONE} while the series is open} */
    long endNs();

    /** {@return the knowledge time of the end, {@link Instants#NONE} while the series is open} */
    long endKnownAtNs();

    /**
     * {@return the {@linkplain Series#number() number} of the series that follows, for {@link
     * SeriesCatalog#find(long)}; {@link Series#NO_NUMBER} for none}
     */
    long successor();

    /**
     * {@return the {@linkplain Series#number() number} of the series before, for {@link SeriesCatalog#find(long)};
     * {@link Series#NO_NUMBER} for none}
     */
    long predecessor();
}
