package io.tollgate.api.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * The answer of one read of a window, with exact sums inside: what they tell is worked out when it is asked for,
 * metrics that were declared during the read. Belongs to the reader that made it and its thread.
 */
public interface WindowReading {
    /**
     * The instant that was asked for.
     *
     * @return t, the end of the window; {@link Instants#NONE} before the first read.
     */
    long atNs();

    /**
     * What the value of a metric is worth.
     *
     * @param metric asked for.
     * @return its status.
     * @throws IllegalArgumentException if the metric {@linkplain Metric#isDeclared() must be declared} and was not.
     */
    Status status(Metric metric);

    /**
     * The value of a metric, correctly rounded from the exact result, but for those that name another bound, as
     * {@link Metric#SD} does.
     *
     * @param metric asked for.
     * @return the value in the unit of the series, NaN where the status has no value.
     * @throws IllegalArgumentException if the metric {@linkplain Metric#isDeclared() must be declared} and was not.
     */
    double value(Metric metric);

    /**
     * The number of points inside the window.
     *
     * @return 0 or more; 0 if it was not read.
     */
    long count();

    /**
     * Whether a known value was carried into the window of a STEP.
     *
     * @return true if the last change at or before the start of the window is a known value, and its heartbeat had not
     *     run out there; also where that change is a point inside, at the start of a window that includes it.
     */
    boolean hasCarriedIn();

    /**
     * The value in force at the start of the window of a STEP.
     *
     * @return the value, NaN if none was carried in.
     */
    double carriedInValue();

    /**
     * Since when the carried-in value had been in force.
     *
     * @return its valid time, {@link Instants#NONE} if none was carried in.
     */
    long carriedInSinceNs();
}
