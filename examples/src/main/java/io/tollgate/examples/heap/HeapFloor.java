package io.tollgate.examples.heap;

import io.tollgate.examples.workload.Workload;

/**
 * The minimal program for such windows: plain primitive arrays, one shared ring of points for each series, and running
 * double sums of values and squares for each window. The count follows from the positions. It has no min and max, and
 * an evicted outlier leaves a permanent rounding error in its sums.
 */
public final class HeapFloor implements RollingWindows {
    private static final int BYTES_PER_POINT = Long.BYTES + Double.BYTES;

    private final PointRings rings;
    private final long[] lengthsNs;
    private final double[] sums;

    /**
     * Creates empty windows.
     *
     * @param workload with the series and windows.
     */
    public HeapFloor(final Workload workload) {
        this(workload, new PointRings(workload));
    }

    HeapFloor(final Workload workload, final PointRings rings) {
        this.rings = rings;
        lengthsNs = workload.windowsNs();
        sums = new double[workload.seriesCount() * lengthsNs.length * 2];
    }

    /**
     * Returns the heap that the points of a workload need.
     *
     * @param workload any.
     * @return bytes, possibly more than the heap provides.
     */
    public static long pointBytes(final Workload workload) {
        return PointRings.slotCount(workload) * BYTES_PER_POINT;
    }

    /**
     * Returns the upper limit of memory for points: the heap, and the maximum length of two arrays.
     *
     * @return bytes.
     */
    public static long mostPointBytes() {
        return Math.min(Runtime.getRuntime().maxMemory(), (long) Integer.MAX_VALUE * BYTES_PER_POINT);
    }

    @Override
    public void add(final int series, final long timeNs, final double value) {
        if (rings.isLate(series, timeNs)) {
            insert(series, timeNs, value);
            return;
        }
        rings.append(series, timeNs, value);
        for (int w = 0; w < lengthsNs.length; w++) {
            final int at = (series * lengthsNs.length + w) * 2;
            final int start = series * rings.stride + 1 + w;
            double sum = sums[at] + value;
            double squares = sums[at + 1] + value * value;
            int position = rings.positions[start];
            int slot = rings.slot(series, position);
            while (rings.times[slot] <= timeNs - lengthsNs[w]) {
                final double left = rings.values[slot];
                sum -= left;
                squares -= left * left;
                slot = rings.slot(series, ++position);
            }
            rings.positions[start] = position;
            sums[at] = sum;
            sums[at + 1] = squares;
        }
    }

    private void insert(final int series, final long timeNs, final double value) {
        rings.insert(series, timeNs, value);
        final long lastTime = rings.lastTime(series);
        for (int w = 0; w < lengthsNs.length; w++) {
            if (timeNs <= lastTime - lengthsNs[w]) {
                rings.positions[series * rings.stride + 1 + w]++;
            } else {
                final int at = (series * lengthsNs.length + w) * 2;
                sums[at] += value;
                sums[at + 1] += value * value;
            }
        }
    }

    @Override
    public void read(final int series, final int window, final WindowMetrics metrics) {
        final int at = (series * lengthsNs.length + window) * 2;
        metrics.sums(rings.count(series, window), sums[at], sums[at + 1]);
    }
}
