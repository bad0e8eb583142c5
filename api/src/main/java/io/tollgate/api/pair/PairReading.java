package io.tollgate.api.pair;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * The answer of a pair over a window, filled again and again by {@link #read}. The exact sums are inside: each metric
 * is worked out when it is asked for. Belongs to the thread of the reader that made it, and is as known at the instant
 * of that reader.
 */
public interface PairReading {
    /**
     * Reads both series as seen from an instant. Neither changes during the read, so the answer is of one moment in
     * which both stood as they were read. The cost is linear in the points of both inside the window. Garbage is made
     * only if the calendar of another kind of bucket is needed than before.
     *
     * @param atNs the instant t in ns, the end of the window; a point after it has no effect.
     * @return this reading, filled.
     * @throws IllegalArgumentException if a series is not one of this engine, or the instant is out of range.
     * @throws IllegalStateException    if the engine is closed, or another thread owns the reader.
     */
    PairReading read(long atNs);

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
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     EMPTY if one of the series has no point (a FLOW: no life) at or before t;
     *     INSUFFICIENT without common known time, with fewer than two buckets, or with less than the options ask for;
     *     OVERFLOW if the sum of a bucket is beyond a {@code long}; UNDEFINED where a side is constant that may not be;
     *     PARTIAL where {@link #coverage()} is below 1, or a window of the last points has fewer; else OK.
     */
    Status status(PairMetric metric);

    /**
     * The value of a metric.
     *
     * @param metric asked for.
     * @return the value, NaN where the status has none.
     */
    double value(PairMetric metric);

    /**
     * What was observed.
     *
     * @return by bucket the number of observations; as-of the time in ns for which both levels are known, unsigned; 0
     *     if it was not read.
     */
    long weight();

    /**
     * The share of the window's time that was observed: by bucket that of the buckets that are observations, of the one
     * in which the life of a FLOW starts only from then on, of that in which it ends only up to then, and where points
     * stand for periods only what these cover.
     *
     * @return 0 to 1; 0 if it was not read.
     */
    double coverage();
}
