package io.tollgate.examples.workload;

/**
 * Points in primitive arrays, ready for the measured loop: nothing is drawn, converted or allocated there. Each point
 * has its value twice, as the scaled integer that the engine takes and as the double that everyone else takes.
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
     * A batch of zeros.
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
     * How many points it holds.
     *
     * @return the length given.
     */
    public int length() {
        return series.length;
    }
}
