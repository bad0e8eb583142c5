package io.tollgate.examples.heap;

import io.tollgate.examples.workload.Workload;
import org.agrona.BitUtil;

/**
 * The points of all series in two arrays: one ring for each series, sorted by time, with the positions of its end and
 * of the start of each window. Positions only grow, and are masked when used. A cache line is left free after each ring
 * of whole pages. Otherwise rings at a distance of a power of two would compete for a few cache sets.
 */
final class PointRings {
    private static final int LINE = 8;
    private static final int PAGE = 512;

    final long[] times;
    final double[] values;
    final int[] positions;
    final int stride;

    private final int capacity;
    private final int distance;

    PointRings(final Workload workload) {
        capacity = capacity(workload);
        distance = distance(capacity);
        stride = workload.windows().size() + 1;
        times = new long[Math.multiplyExact(workload.seriesCount(), distance)];
        values = new double[times.length];
        positions = new int[workload.seriesCount() * stride];
    }

    private static int capacity(final Workload workload) {
        return BitUtil.findNextPositivePowerOfTwo(workload.maxWindowPoints() + 1);
    }

    /** Returns the distance from one ring to the next, in slots. */
    private static int distance(final int capacity) {
        return capacity < PAGE ? capacity : capacity + LINE;
    }

    /** Returns the number of slots for the rings of a workload. */
    static long slotCount(final Workload workload) {
        return (long) workload.seriesCount() * distance(capacity(workload));
    }

    /** Returns the array index of a position of a series. */
    int slot(final int series, final int position) {
        return series * distance + (position & capacity - 1);
    }

    int end(final int series) {
        return positions[series * stride];
    }

    int count(final int series, final int window) {
        return positions[series * stride] - positions[series * stride + 1 + window];
    }

    boolean isLate(final int series, final long timeNs) {
        final int end = end(series);
        return end > 0 && times[slot(series, end - 1)] > timeNs;
    }

    long lastTime(final int series) {
        return times[slot(series, end(series) - 1)];
    }

    void append(final int series, final long timeNs, final double value) {
        final int end = positions[series * stride]++;
        final int slot = slot(series, end);
        times[slot] = timeNs;
        values[slot] = value;
    }

    /** Inserts a late point after all points that are not later. */
    void insert(final int series, final long timeNs, final double value) {
        final int end = positions[series * stride]++;
        final int first = Math.max(0, end - capacity + 1);
        int position = end;
        while (position > first && times[slot(series, position - 1)] > timeNs) {
            final int from = slot(series, position - 1);
            final int to = slot(series, position);
            times[to] = times[from];
            values[to] = values[from];
            position--;
        }
        final int slot = slot(series, position);
        times[slot] = timeNs;
        values[slot] = value;
    }
}
