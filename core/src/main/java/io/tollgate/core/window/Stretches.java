package io.tollgate.core.window;

import io.tollgate.core.store.block.SeriesRecord;

/**
 * One series of a pair as a function of the buckets of a window: stretches of equal values in time order. One thread at
 * a time; a reader must validate the version of the series before it trusts anything.
 */
abstract class Stretches {
    private BucketGrid grid;
    private long shift;
    private long rangeStartNs;
    private long rangeEndNs;
    private long from;
    private long until;

    /**
     * Moves to a series, before its first stretch.
     *
     * @param series  that is read.
     * @param buckets of the window, at least one.
     * @param earlier number of buckets by which the series is read earlier, 0 or more.
     * @param window  that is read.
     * @return false if the series is torn.
     */
    abstract boolean open(SeriesRecord series, BucketGrid buckets, long earlier, WindowBounds window);

    /**
     * Moves to the next stretch. The iteration always ends: each stretch but one consumes a point, or precedes one that
     * does.
     *
     * @return false if there is none, or the series is torn: see {@link #isIntact()}.
     */
    abstract boolean next();

    /** {@return the scaled value, UNKNOWN if there is none} */
    abstract long value();

    /** {@return whether the value overflows a long: it is then undefined} */
    abstract boolean isOverflow();

    /** {@return the time at the beginning of the stretch that the series does not cover, in ns, unsigned} */
    abstract long missingNs();

    /** {@return the time at the end of the stretch that lies after the life of the series, in ns, unsigned} */
    long missingAtEndNs() {
        return 0;
    }

    /** {@return false if the series was found torn by a concurrent change: all results are then undefined} */
    abstract boolean isIntact();

    final void layOut(final BucketGrid buckets, final long earlier) {
        grid = buckets;
        shift = earlier;
        rangeStartNs = grid.startNsBack(shift);
        final boolean isWithin = Long.compareUnsigned(shift, grid.count()) < 0;
        rangeEndNs = isWithin ? grid.startNs(grid.count() - shift) : grid.startNsBack(shift - grid.count());
    }

    /** Returns the first instant of all buckets, on the time axis of this series. */
    final long rangeStartNs() {
        return rangeStartNs;
    }

    /** Returns the instant after all buckets, on the time axis of this series. */
    final long rangeEndNs() {
        return rangeEndNs;
    }

    /**
     * Returns the bucket that an instant of this series is paired with; the bucket count for an instant after the last.
     */
    final long bucketOf(final long instantNs) {
        return instantNs >= rangeEndNs ? grid.count() : grid.numberOf(instantNs) + shift;
    }

    /** Returns the first instant of a bucket, on the time axis of this series. */
    final long startNs(final long bucket) {
        return grid.startNs(bucket - shift);
    }

    /**
     * Returns the beginning of a bucket: its first instant, or the instant before if the bucket lacks only that edge.
     */
    final long beginNs(final long bucket) {
        return startNs(bucket) - edgeNs();
    }

    /** Returns the time between the beginning of a bucket and its first instant. */
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

    /** {@return the bucket after the last of the stretch, unsigned} */
    final long until() {
        return until;
    }
}
