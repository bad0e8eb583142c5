package io.tollgate.core.window;

/** Buckets of one length, counted back from the last instant of the window. */
final class FixedGrid extends BucketGrid {
    private long lengthNs = 1;
    private long edgeNs;
    private long originNs;
    private long count;

    /**
     * Lays the buckets out over the instants of a window.
     *
     * @param bucketLengthNs of each, 1 or more.
     * @param firstNs        the first instant of the window.
     * @param lastNs         the last instant, at which the last bucket ends; if it is before the first, there is no
     *     bucket.
     * @param isRightClosed  whether that is the end of the window itself.
     */
    void fit(final long bucketLengthNs, final long firstNs, final long lastNs, final boolean isRightClosed) {
        edgeNs = isRightClosed ? 1 : 0;
        lengthNs = bucketLengthNs;
        count = firstNs > lastNs ? 0 : bucketsIn(lastNs - firstNs + 1);
        originNs = lastNs + 1 - count * lengthNs;
    }

    @Override
    long count() {
        return count;
    }

    @Override
    long numberOf(final long instantNs) {
        return instantNs < originNs ? -1 - bucketsIn(originNs - instantNs - 1) : bucketsIn(instantNs - originNs);
    }

    @Override
    long startNs(final long number) {
        return originNs + number * lengthNs;
    }

    @Override
    long startNsBack(final long back) {
        final boolean isBeforeAll = Long.compareUnsigned(back, bucketsIn(originNs - Long.MIN_VALUE)) > 0;
        return isBeforeAll ? Long.MIN_VALUE : startNs(-back);
    }

    @Override
    long edgeNs() {
        return edgeNs;
    }

    /** Buckets of one nanosecond, used for levels, need no division. */
    private long bucketsIn(final long durationNs) {
        return lengthNs == 1 ? durationNs : Long.divideUnsigned(durationNs, lengthNs);
    }
}
