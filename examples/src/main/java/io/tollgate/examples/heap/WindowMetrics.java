package io.tollgate.examples.heap;

/** The metrics of one window, reused for many reads. Single-threaded. */
public final class WindowMetrics {
    /** Number of points in the window. */
    public long count;

    /** Sum of the values. */
    public double sum;

    /** Mean of the values. */
    public double mean;

    /** Standard deviation of the sample. */
    public double sd;

    /** Smallest value. */
    public double min;

    /** Largest value. */
    public double max;

    /** Creates metrics without values. */
    public WindowMetrics() {
        sums(0, Double.NaN, Double.NaN);
    }

    /**
     * Fills in the metrics that follow from running sums.
     *
     * @param pointCount number of points in the window.
     * @param pointSum   sum of the values.
     * @param squareSum  sum of the squares of the values.
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
     * Combines all metrics in one number, so that the JVM cannot eliminate the work of a loop.
     *
     * @return a number without further meaning.
     */
    public double blend() {
        return count + sum + mean + sd + min + max;
    }
}
