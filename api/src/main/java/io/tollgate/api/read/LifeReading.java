package io.tollgate.api.read;

import io.tollgate.api.Engine;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * From when on and until when a series lives, and which series come before and after it. Belongs to the reader that
 * made it and its thread.
 */
public interface LifeReading {
    /**
     * What the reading is worth.
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
     * @return its {@linkplain Series#number() number}, to be found by {@link Engine#find(long)}; {@link
     *     Series#NO_NUMBER}
     *     for none.
     */
    long successor();

    /**
     * The series that it follows.
     *
     * @return its {@linkplain Series#number() number}, to be found by {@link Engine#find(long)}; {@link
     *     Series#NO_NUMBER}
     *     for none.
     */
    long predecessor();
}
