package io.tollgate.examples.heap;

import io.tollgate.examples.workload.PointBatch;

/**
 * Running metrics over sliding windows {@code (t - length, t]} of many series; t is the last valid time of the series.
 * Single-threaded.
 */
public interface RollingWindows {
    /**
     * Adds a point, in order or late.
     *
     * @param series from 0.
     * @param timeNs its valid time.
     * @param value  its value.
     */
    void add(int series, long timeNs, double value);

    /**
     * Reads a window.
     *
     * @param series  from 0.
     * @param window  index of the window.
     * @param metrics to fill; unsupported metrics are NaN.
     */
    void read(int series, int window, WindowMetrics metrics);

    /**
     * Adds all points of a batch.
     *
     * @param batch in order of arrival.
     */
    default void addAll(final PointBatch batch) {
        for (int i = 0; i < batch.length(); i++) {
            add(batch.series[i], batch.timesNs[i], batch.values[i]);
        }
    }
}
