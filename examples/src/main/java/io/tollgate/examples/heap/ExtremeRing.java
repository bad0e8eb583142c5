package io.tollgate.examples.heap;

/**
 * A monotonic queue of the points that can still become the largest of a window: times ascend, values descend. A full
 * ring doubles, which is rare: a window of n random values has about ln n such points.
 */
final class ExtremeRing {
    private long[] times = new long[8];
    private double[] values = new double[8];
    private int start;
    private int end;

    double largest() {
        return values[start & values.length - 1];
    }

    /** Adds a point that is later than all others. */
    void append(final long timeNs, final double value) {
        final int mask = values.length - 1;
        while (end > start && values[end - 1 & mask] <= value) {
            end--;
        }
        put(timeNs, value);
    }

    /** Adds a late point. It is dropped if a later point is at least as large. */
    void insert(final long timeNs, final double value) {
        int position = end;
        while (position > start && times[position - 1 & times.length - 1] > timeNs) {
            position--;
        }
        if (position < end && values[position & values.length - 1] >= value) {
            return;
        }
        int from = position;
        while (from > start && values[from - 1 & values.length - 1] <= value) {
            from--;
        }
        replace(from, position, timeNs, value);
    }

    /** Replaces the points at positions {@code from} to {@code to} by one point. */
    private void replace(final int from, final int to, final long timeNs, final double value) {
        if (from == to) {
            put(timeNs, value);
            final int mask = values.length - 1;
            for (int i = end - 1; i > from; i--) {
                times[i & mask] = times[i - 1 & mask];
                values[i & mask] = values[i - 1 & mask];
            }
        }
        final int mask = values.length - 1;
        times[from & mask] = timeNs;
        values[from & mask] = value;
        if (to > from + 1) {
            for (int i = to; i < end; i++) {
                times[from + 1 + i - to & mask] = times[i & mask];
                values[from + 1 + i - to & mask] = values[i & mask];
            }
            end -= to - from - 1;
        }
    }

    /** Evicts the points that have left the window. */
    void evict(final long cutoffNs) {
        while (times[start & times.length - 1] <= cutoffNs) {
            start++;
        }
    }

    private void put(final long timeNs, final double value) {
        if (end - start == values.length) {
            grow();
        }
        times[end & times.length - 1] = timeNs;
        values[end & values.length - 1] = value;
        end++;
    }

    private void grow() {
        final long[] moreTimes = new long[times.length * 2];
        final double[] moreValues = new double[values.length * 2];
        for (int i = start; i < end; i++) {
            moreTimes[i & moreTimes.length - 1] = times[i & times.length - 1];
            moreValues[i & moreValues.length - 1] = values[i & values.length - 1];
        }
        times = moreTimes;
        values = moreValues;
    }
}
