package io.tollgate.core.window;

/**
 * The buckets of a window, numbered in time order. Number 0 is the first bucket that lies completely inside; earlier
 * ones have negative numbers. Numbers and counts have 64 bits and wrap around, so callers compare the count, unsigned.
 * Used by one thread.
 */
abstract class BucketGrid {
    /** Returns the number of buckets that lie completely inside the window, unsigned. */
    abstract long count();

    /** Returns the number of the bucket that contains an instant. */
    abstract long numberOf(long instantNs);

    /**
     * Returns the first instant of a bucket. Valid numbers run from the first bucket that ends after
     * {@code Instants.MIN} to the count.
     */
    abstract long startNs(long number);

    /**
     * Returns the first instant of an earlier bucket.
     *
     * @param back how many buckets before number 0, unsigned.
     * @return the instant, {@code Long.MIN_VALUE} if it lies before all time.
     */
    abstract long startNsBack(long back);

    /** Returns the time between the beginning of a bucket and its first instant: 1 ns if it is right-closed, else 0. */
    abstract long edgeNs();
}
