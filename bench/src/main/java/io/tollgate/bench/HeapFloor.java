package io.tollgate.bench;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The least that any program does for such windows: primitive arrays on the heap, one ring of points a series shared by
 * its three windows, and running double sums. It has no min and max, no late points, no log and no history, and an
 * outlier that has left stays in its sums for ever.
 */
@State(Scope.Thread)
public class HeapFloor {
    private static final int CAPACITY = 1 << 14;
    private static final int[] LENGTHS = {60, 1_440, 10_080};

    private final double[][] values = new double[HotWorkload.SERIES_COUNT][CAPACITY];
    private final double[][] sums = new double[HotWorkload.SERIES_COUNT][2 * LENGTHS.length];
    private long added;

    /** Fills all windows. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            addBatch();
        }
    }

    /** Adds the next point of each series. */
    double addBatch() {
        double last = 0;
        for (int i = 0; i < HotWorkload.SERIES_COUNT; i++) {
            last = add(values[i], sums[i], (added * 31 + i * 17) % 145);
        }
        added++;
        return last;
    }

    private double add(final double[] ring, final double[] sum, final double value) {
        ring[(int) added & CAPACITY - 1] = value;
        for (int w = 0; w < LENGTHS.length; w++) {
            final double evicted = ring[(int) (added - LENGTHS[w]) & CAPACITY - 1];
            sum[2 * w] += value - evicted;
            sum[2 * w + 1] += value * value - evicted * evicted;
        }
        return sum[0];
    }
}
