package io.tollgate.core.window;

/**
 * The buckets of a window, numbered in time order from 0, the first that lies whole inside; those before it have
 * numbers below 0. Numbers and their count are of 64 bits and wrap around: what is compared is the count, unsigned.
 * Used by one thread.
 */
abstract class BucketGrid {
    /** The number of buckets that lie whole inside the window, unsigned. */
    abstract long count();

    /** The number of the bucket that an instant lies in. */
    abstract long numberOf(long instantNs);

    /** The first instant of the bucket with a number, from one that ends after {@code Instants.MIN} to the count. */
    abstract long startNs(long number);

    /**
     * The first instant of the bucket that lies so many before number 0.
     *
     * @param back 0 or more, unsigned.
     * @return the instant, {@code Long.MIN_VALUE} if that lies before all time.
     */
    abstract long startNsBack(long back);

    /** What lies between the beginning of a bucket and its first instant: 1 ns if it is closed at the right, else 0. */
    abstract long edgeNs();
}
