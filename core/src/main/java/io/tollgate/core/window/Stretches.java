package io.tollgate.core.window;

import io.tollgate.core.store.block.SeriesRecord;

/**
 * One series of a pair as a function of the buckets of a window: stretches of equal values, one by one in time order.
 * One thread at a time; a reader must validate the version of the series before it trusts anything.
 */
abstract class Stretches {
    private BucketGrid grid;
    private long shift;
    private long rangeStartNs;
    private long rangeEndNs;
    private long from;
    private long until;

    /**
     * Goes over to a series, before its first stretch.
     *
     * @param series  that is read.
     * @param buckets of the window, one at least.
     * @param earlier how many buckets earlier the series is read, 0 or more.
     * @param window  that is read.
     * @return false if the series is torn.
     */
    abstract boolean open(SeriesRecord series, BucketGrid buckets, long earlier, WindowBounds window);

    /**
     * Goes on to the next stretch.
     *
     * @return false if there is none, or the series is torn: see {@link #isIntact()}. That comes in any case: each
     *     stretch but one takes a point, or lies before one that does.
     */
    abstract boolean next();

    /** {@return the scaled value, UNKNOWN where there is none} */
    abstract long value();

    /** {@return whether the value is beyond a long: then it means nothing} */
    abstract boolean isOverflow();

    /** {@return the time at the beginning of the stretch that the series does not cover, in ns, unsigned} */
    abstract long missingNs();

    /** {@return the time at the end of the stretch that lies behind the life of the series, in ns, unsigned} */
    long missingAtEndNs() {
        return 0;
    }

    /** {@return false if the series was found torn by a concurrent change: then nothing may be trusted} */
    abstract boolean isIntact();

    final void layOut(final BucketGrid buckets, final long earlier) {
        grid = buckets;
        shift = earlier;
        rangeStartNs = grid.startNsBack(shift);
        final boolean isWithin = Long.compareUnsigned(shift, grid.count()) < 0;
        rangeEndNs = isWithin ? grid.startNs(grid.count() - shift) : grid.startNsBack(shift - grid.count());
    }

    /** The first instant of all buckets, as the series is read. */
    final long rangeStartNs() {
        return rangeStartNs;
    }

    /** The instant behind all buckets, as the series is read. */
    final long rangeEndNs() {
        return rangeEndNs;
    }

    /** The bucket with which an instant of this series is paired; the count of them behind the last. */
    final long bucketOf(final long instantNs) {
        return instantNs >= rangeEndNs ? grid.count() : grid.numberOf(instantNs) + shift;
    }

    /** The first instant of a bucket, as the series is read. */
    final long startNs(final long bucket) {
        return grid.startNs(bucket - shift);
    }

    /** Where a bucket begins: at its first instant, or before it where that is all the bucket lacks. */
    final long beginNs(final long bucket) {
        return startNs(bucket) - edgeNs();
    }

    /** What lies between the beginning of a bucket and its first instant. */
    final long edgeNs() {
        return grid.edgeNs();
    }

    final long bucketCount() {
        return grid.count();
    }

    final void stretch(final long firstBucket, final long nextBucket) {
        from = firstBucket;
        until = nextBucket;
    }

    /** {@return the first bucket of the stretch, unsigned} */
    final long from() {
        return from;
    }

    /** {@return the bucket behind the last of the stretch, unsigned} */
    final long until() {
        return until;
    }
}
