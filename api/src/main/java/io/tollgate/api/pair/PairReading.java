package io.tollgate.api.pair;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * A cursor over the metrics of a pair over a window. A read computes exact sums; each metric is derived from them on
 * demand. The reading belongs to the thread of its reader and has the reader's knowledge time.
 *
 * <pre>{@code
 * PairReading reading = reader.pair(Pair.asOf(rate, price), Window.sliding(Duration.ofDays(365)));
 * reading.read(engine.now());
 * if (reading.status(PairMetric.BETA).hasValue()) {
 *     System.out.println(reading.value(PairMetric.BETA));
 * }
 * }</pre>
 */
public interface PairReading {
    /**
     * Reads both series as seen from an instant, both as of one moment. The cost is linear in the points of both series
     * inside the window. Does not allocate, except to change to the calendar of another bucket.
     *
     * @param atNs the instant t in ns, which is the end of the window; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if a series belongs to another engine, or the instant is out of range.
     * @throws IllegalStateException if the engine is closed, or another thread owns the reader.
     */
    PairReading read(long atNs);

    /**
     * The instant of the last read.
     *
     * @return t, the end of the window; {@link Instants#NONE} before the first read.
     */
    long atNs();

    /**
     * Returns the status of a metric.
     *
     * @param metric the metric.
     * @return UNREAD, CONTENDED or FORGOTTEN; EMPTY if a series has no point (a FLOW: no life) at or before t;
     *     INSUFFICIENT if both are known at no common time, there are fewer than two buckets, or less than the options
     *     require; OVERFLOW if the sum of a bucket exceeds a {@code long}; UNDEFINED if a side is constant that must
     *     not be; PARTIAL if {@link #coverage()} is below 1, or a window of the last points has fewer points; else OK.
     */
    Status status(PairMetric metric);

    /**
     * Returns the value of a metric.
     *
     * @param metric the metric.
     * @return the value, NaN if the status has no value.
     */
    double value(PairMetric metric);

    /**
     * The amount of data in the answer.
     *
     * @return by bucket the number of observations; as-of the time in ns at which both levels are known, unsigned; 0
     *     before the first read.
     */
    long weight();

    /**
     * The share of the window's time that was observed. By bucket it is the time of the buckets that are observations.
     * A bucket in which the life of a FLOW starts or ends counts only inside the life. If points stand for periods,
     * only the time of the periods counts.
     *
     * @return 0 to 1; 0 before the first read.
     */
    double coverage();
}
