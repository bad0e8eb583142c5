package io.tollgate.bench.peers;

import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import java.sql.SQLException;

/**
 * One way to compute count, sum, mean, sd, min and max over the windows of a workload. A stream answers after each
 * point; a batch takes all points and then answers for all of them at once.
 */
public interface Peer extends AutoCloseable {
    /**
     * Adds points.
     *
     * @param batch in order of arrival.
     * @throws Exception if the peer fails.
     */
    void add(PointBatch batch) throws Exception;

    /**
     * Completes all pending computation.
     *
     * @throws Exception if the peer fails.
     */
    void finish() throws Exception;

    /**
     * Reads a window as of the last point of its series.
     *
     * @param series  from 0.
     * @param window  from 0, ascending in length.
     * @param atNs    valid time of that point.
     * @param metrics to fill; metrics that the peer does not support are NaN.
     * @throws Exception if the peer fails.
     */
    void read(int series, int window, long atNs, WindowMetrics metrics) throws Exception;

    /**
     * Returns true if the peer computes a standard deviation.
     *
     * @return false if {@link #read} leaves it NaN; otherwise NaN is a wrong answer.
     */
    default boolean hasSd() {
        return true;
    }

    /**
     * Returns true if the peer computes the smallest and the largest value.
     *
     * @return false if {@link #read} leaves them NaN.
     */
    default boolean hasExtremes() {
        return true;
    }

    /**
     * Returns true if the peer evaluates all points at once, at the end.
     *
     * @return true for a batch.
     */
    boolean isBatch();

    @Override
    void close() throws SQLException;
}
