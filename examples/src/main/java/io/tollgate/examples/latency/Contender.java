package io.tollgate.examples.latency;

import io.tollgate.examples.workload.PointBatch;

/** Receives points and returns metrics, both on the thread of the load. */
interface Contender extends AutoCloseable {
    /** Sends a point. Returns a ticket above 0, or a code below 0 under back pressure. */
    long send(PointBatch points, int index);

    /** Returns true if the point of a ticket is readable. */
    boolean isApplied(long ticket);

    /**
     * Reads all metrics of one window of the series of a point, as of that point. Returns a number that only prevents
     * dead-code elimination.
     */
    double read(PointBatch points, int index, int window);

    /**
     * Closes the contender.
     *
     * @throws IllegalStateException if an accepted point never became readable.
     */
    @Override
    void close();
}
