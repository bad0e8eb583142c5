package io.tollgate.examples.heap;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;

/**
 * The floor with exact sums of scaled integers: 128 bits for values and 192 for squares, in local variables while a
 * point is added. Its extra cost over {@link HeapFloor} is the minimal price of exactness. It has no min and max.
 */
public final class ExactFloor implements RollingWindows {
    private static final int WORDS = 5;
    private static final double UNIT = Math.pow(10, PointStream.SCALE);
    private static final double WORD = Math.pow(2, Long.SIZE);

    private final PointRings rings;
    private final long[] scaled;
    private final long[] lengthsNs;
    private final long[] sums;

    /**
     * Creates empty windows.
     *
     * @param workload with the series and windows.
     */
    public ExactFloor(final Workload workload) {
        this(workload, new PointRings(workload));
    }

    ExactFloor(final Workload workload, final PointRings rings) {
        this.rings = rings;
        scaled = new long[rings.times.length];
        lengthsNs = workload.windowsNs();
        sums = new long[workload.seriesCount() * lengthsNs.length * WORDS];
    }

    @Override
    public void add(final int series, final long timeNs, final double value) {
        add(series, timeNs, Math.round(value * UNIT));
    }

    @Override
    public void addAll(final PointBatch batch) {
        for (int i = 0; i < batch.length(); i++) {
            add(batch.series[i], batch.timesNs[i], batch.scaled[i]);
        }
    }

    private void add(final int series, final long timeNs, final long value) {
        if (rings.isLate(series, timeNs)) {
            insert(series, timeNs, value);
            return;
        }
        rings.append(series, timeNs, value);
        scaled[rings.slot(series, rings.end(series) - 1)] = value;
        for (int w = 0; w < lengthsNs.length; w++) {
            move(series, w, timeNs - lengthsNs[w], value);
        }
    }

    /** Adds a value to a window and evicts the points at or before an instant. */
    private void move(final int series, final int window, final long startNs, final long value) {
        final int at = (series * lengthsNs.length + window) * WORDS;
        final int start = series * rings.stride + 1 + window;
        long sumLow = sums[at] + value;
        long sumHigh = sums[at + 1] + (value >> 63) + carry(sumLow, value);
        final long square = value * value;
        final long squareHigh = Math.multiplyHigh(value, value);
        long low = sums[at + 2] + square;
        long carried = carry(low, square);
        long middle = sums[at + 3] + squareHigh + carried;
        long high = sums[at + 4] + carry(middle, squareHigh, carried);
        int position = rings.positions[start];
        int slot = rings.slot(series, position);
        while (rings.times[slot] <= startNs) {
            final long left = scaled[slot];
            sumHigh -= (left >> 63) + borrow(sumLow, left);
            sumLow -= left;
            final long leftSquare = left * left;
            final long leftHigh = Math.multiplyHigh(left, left);
            carried = borrow(low, leftSquare);
            low -= leftSquare;
            high -= borrow(middle, leftHigh, carried);
            middle -= leftHigh + carried;
            slot = rings.slot(series, ++position);
        }
        rings.positions[start] = position;
        sums[at] = sumLow;
        sums[at + 1] = sumHigh;
        sums[at + 2] = low;
        sums[at + 3] = middle;
        sums[at + 4] = high;
    }

    private void insert(final int series, final long timeNs, final long value) {
        rings.insert(series, timeNs, value);
        int position = rings.end(series) - 1;
        int slot = rings.slot(series, position);
        while (rings.times[slot] > timeNs) {
            final int before = rings.slot(series, --position);
            scaled[slot] = scaled[before];
            slot = before;
        }
        scaled[slot] = value;
        final long lastTime = rings.lastTime(series);
        for (int w = 0; w < lengthsNs.length; w++) {
            if (timeNs <= lastTime - lengthsNs[w]) {
                rings.positions[series * rings.stride + 1 + w]++;
            } else {
                move(series, w, Long.MIN_VALUE, value);
            }
        }
    }

    private static long carry(final long sum, final long part) {
        return Long.compareUnsigned(sum, part) < 0 ? 1 : 0;
    }

    /** Returns the carry of a sum of three terms, the last of which is 0 or 1. */
    private static long carry(final long sum, final long part, final long one) {
        return Long.compareUnsigned(sum, part) < 0 || one == 1 && sum == part ? 1 : 0;
    }

    private static long borrow(final long from, final long part) {
        return Long.compareUnsigned(from, part) < 0 ? 1 : 0;
    }

    private static long borrow(final long from, final long part, final long one) {
        return Long.compareUnsigned(from, part) < 0 || one == 1 && from == part ? 1 : 0;
    }

    @Override
    public void read(final int series, final int window, final WindowMetrics metrics) {
        final int at = (series * lengthsNs.length + window) * WORDS;
        metrics.sums(
                rings.count(series, window),
                (sums[at + 1] * WORD + unsigned(sums[at])) / UNIT,
                (sums[at + 4] * WORD * WORD + unsigned(sums[at + 3]) * WORD + unsigned(sums[at + 2])) / UNIT / UNIT);
    }

    private static double unsigned(final long word) {
        return (word >>> 1) * 2.0 + (word & 1);
    }
}
