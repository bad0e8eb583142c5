package io.tollgate.examples.latency;

import io.tollgate.examples.workload.PointBatch;

/** What points are sent to and metrics read from, both by the thread of the load. */
interface Contender extends AutoCloseable {
    /** Sends a point: a ticket above 0, or a code below 0 where there is no room. */
    long send(PointBatch points, int index);

    /** Whether the point of a ticket is readable. */
    boolean isApplied(long ticket);

    /** Reads all metrics of one window of the series of a point, as of that point; a number without meaning. */
    double read(PointBatch points, int index, int window);

    /**
     * Ends it.
     *
     * @throws IllegalStateException if a point that it took never became readable.
     */
    @Override
    void close();
}
