package io.tollgate.bench.peers;

import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import java.sql.SQLException;

/**
 * One way to count, sum, mean, sd, min and max over the windows of a workload. A stream answers after each point; a
 * batch takes all points in, and then answers for all of them at once.
 */
public interface Peer extends AutoCloseable {
    /**
     * Takes points.
     *
     * @param batch in order of arrival.
     * @throws Exception if it cannot.
     */
    void add(PointBatch batch) throws Exception;

    /**
     * Works out what is still to be worked out.
     *
     * @throws Exception if it cannot.
     */
    void finish() throws Exception;

    /**
     * Reads a window as of the last point of its series.
     *
     * @param series  from 0.
     * @param window  from 0, ascending in length.
     * @param atNs    valid time of that point.
     * @param metrics to fill; what the peer does not have is NaN.
     * @throws Exception if it cannot.
     */
    void read(int series, int window, long atNs, WindowMetrics metrics) throws Exception;

    /**
     * Whether it has a standard deviation of a window.
     *
     * @return false where {@link #read} leaves it NaN; elsewhere NaN is a wrong answer.
     */
    default boolean hasSd() {
        return true;
    }

    /**
     * Whether it has the smallest and largest value of a window.
     *
     * @return false where {@link #read} leaves them NaN.
     */
    default boolean hasExtremes() {
        return true;
    }

    /**
     * Whether it works all points out at once, at the end.
     *
     * @return true for a batch.
     */
    boolean isBatch();

    @Override
    void close() throws SQLException;
}
