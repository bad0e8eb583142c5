package io.tollgate.examples.workload;

/**
 * Points in primitive arrays, so that the measured loop neither draws, converts nor allocates. Each point has its value
 * twice: as the scaled integer for the engine, and as a double for the others.
 */
public final class PointBatch {
    /** Series of each point, from 0. */
    public final int[] series;

    /** Valid time of each point. */
    public final long[] timesNs;

    /** Value of each point, x 10^{@value PointStream#SCALE}. */
    public final long[] scaled;

    /** Value of each point. */
    public final double[] values;

    /**
     * Creates a batch of zeros.
     *
     * @param length in points.
     */
    public PointBatch(final int length) {
        series = new int[length];
        timesNs = new long[length];
        scaled = new long[length];
        values = new double[length];
    }

    /**
     * Returns the number of points.
     *
     * @return the length given to the constructor.
     */
    public int length() {
        return series.length;
    }
}
