package io.tollgate.examples.heap;

import io.tollgate.examples.workload.Workload;
import org.agrona.BitUtil;

/**
 * The points of all series, a ring each, sorted by time, in two arrays; and for each series where its ring ends and
 * where each window begins in it. Positions only grow, and are masked when used. Behind a ring of pages lies one line
 * of memory more: rings that are a power of two apart would meet in few sets of the caches.
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

    /** How many places lie from one ring to the next. */
    private static int distance(final int capacity) {
        return capacity < PAGE ? capacity : capacity + LINE;
    }

    /** How many places the rings of a workload need. */
    static long slotCount(final Workload workload) {
        return (long) workload.seriesCount() * distance(capacity(workload));
    }

    /** Where a position of a series lies in the arrays. */
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

    /** Puts a late point in its place, behind all that are not later. */
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
