package io.tollgate.api;

/**
 * The level of a STEP series at an instant. Belongs to the reader that made it and its thread.
 *
 * <p>A level whose heartbeat has run out is unknown, as after a point that says so; all else is still that of the point
 * that ran out. It did so at {@link #sinceNs()} and the heartbeat: an instant that is no change to come.
 */
public interface LevelReading {
    /**
     * What the level is worth.
     *
     * @return OK; EMPTY before the first point; INSUFFICIENT where the level is unknown, or its heartbeat has run out;
     *     or CONTENDED.
     */
    Status status();

    /**
     * The level in force.
     *
     * @return the value in the unit of the series, NaN where the status has no value.
     */
    double value();

    /**
     * The level in force, exact.
     *
     * @return the scaled value, {@link Publisher#UNKNOWN} where the status has no value.
     */
    long scaledValue();

    /**
     * Since when it has been in force.
     *
     * @return its valid time, {@link Publisher#NONE} if EMPTY.
     */
    long sinceNs();

    /**
     * Until when it is in force, as known now.
     *
     * @return the valid time of the next point, {@link Publisher#NONE} if no change is pending.
     */
    long nextChangeAtNs();

    /**
     * When this level became known.
     *
     * @return its knowledge time, {@link Publisher#NONE} if EMPTY.
     */
    long knowledgeTimeNs();

    /**
     * The source of this level.
     *
     * @return its reference, {@link Publisher#NONE} if it has none.
     */
    long reference();
}
