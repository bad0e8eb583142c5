package io.tollgate.examples.heap;

/** The metrics of one window, filled again and again. One thread. */
public final class WindowMetrics {
    /** Points inside. */
    public long count;

    /** Their sum. */
    public double sum;

    /** Their mean. */
    public double mean;

    /** Their standard deviation, that of a sample. */
    public double sd;

    /** The smallest. */
    public double min;

    /** The largest. */
    public double max;

    /** Metrics without values. */
    public WindowMetrics() {
        sums(0, Double.NaN, Double.NaN);
    }

    /**
     * Fills in what follows from running sums.
     *
     * @param pointCount points inside.
     * @param pointSum   their sum.
     * @param squareSum  the sum of their squares.
     */
    void sums(final long pointCount, final double pointSum, final double squareSum) {
        count = pointCount;
        sum = pointSum;
        mean = pointSum / pointCount;
        sd = Math.sqrt((squareSum - pointSum * mean) / (pointCount - 1));
        min = Double.NaN;
        max = Double.NaN;
    }

    /**
     * All metrics in one number, for loops whose work must not be optimised away.
     *
     * @return a number without meaning.
     */
    public double blend() {
        return count + sum + mean + sd + min + max;
    }
}
