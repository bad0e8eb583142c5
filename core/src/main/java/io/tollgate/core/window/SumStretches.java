package io.tollgate.core.window;

import io.tollgate.api.series.Decimals;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * The stretches of a FLOW: each bucket has the sum of its events, or 0 without events, from the bucket in which the
 * life of the series starts to the bucket in which it ends. If points stand for periods, a bucket has the sum of the
 * periods that end in it and lie completely in it. Without such periods the bucket is unknown, because no report exists
 * for it.
 */
final class SumStretches extends Stretches {
    private final RunPoints points;
    private final WindowBounds range = new WindowBounds();
    private final PeriodStarts starts = new PeriodStarts();
    private final PeriodCover cover = new PeriodCover();
    private boolean hasPeriods;
    private boolean hasPoint;
    private long livesFromNs;
    private long firstBucket;
    private long endBucket;

    /** The part of the last bucket that lies after the end of the life. */
    private long missingAtEndNs;

    /** Subtracted from the time of a point, so that it falls into its bucket. */
    private long bookedNs;

    private long value;
    private boolean isOverflow;
    private long missingNs;

    SumStretches(final ReadableBlocks blocks) {
        points = new RunPoints(blocks);
    }

    @Override
    boolean open(final SeriesRecord series, final BucketGrid buckets, final long earlier, final WindowBounds window) {
        layOut(buckets, earlier);
        hasPeriods = series.periodCode() != 0;
        if (hasPeriods) {
            starts.period(series.periodCode());
        }
        // A period that ends with a bucket is booked at its end, which is outside a left-closed bucket.
        bookedNs = hasPeriods ? 1 - edgeNs() : 0;
        livesFromNs = hasPeriods ? series.lifeStart() : series.aliveFrom();
        // Buckets read earlier may end before all time; they have no instant to compare with.
        firstBucket = bucketOf(hasPeriods ? rangeStartNs() : Math.max(livesFromNs, rangeStartNs()));
        findEnd(hasPeriods ? Long.MAX_VALUE : series.lifeEnd());
        final long lastNs = Math.max(Long.MIN_VALUE + 1, rangeEndNs()) - 1;
        range.instants(rangeStartNs() + bookedNs, Math.min(window.highestNs(), lastNs + bookedNs));
        points.open(series, range);
        hasPoint = points.next();
        while (hasPoint && Long.compareUnsigned(bucketOf(points.time()), firstBucket) < 0) {
            hasPoint = points.next();
        }
        stretch(firstBucket, firstBucket);
        return true;
    }

    /** Finds the bucket after the last one that contains an instant of the life. */
    private void findEnd(final long lifeEndNs) {
        missingAtEndNs = 0;
        if (lifeEndNs >= rangeEndNs()) {
            endBucket = bucketCount();
        } else if (lifeEndNs <= rangeStartNs()) {
            endBucket = 0;
        } else {
            endBucket = bucketOf(lifeEndNs - 1) + 1;
            missingAtEndNs = Math.max(0, beginNs(endBucket) - lifeEndNs);
        }
    }

    @Override
    boolean next() {
        final long from = until();
        if (Long.compareUnsigned(from, endBucket) >= 0) {
            return false;
        }
        final long untilNs = startNs(from + 1);
        if (!hasPoint) {
            stretch(from, endBucket);
            quiet();
        } else if (points.time() - bookedNs >= untilNs) {
            stretch(from, bucketOf(points.time() - bookedNs));
            quiet();
        } else {
            stretch(from, from + 1);
            sumUp(untilNs);
        }
        return true;
    }

    private void quiet() {
        value = hasPeriods ? Decimals.UNKNOWN : 0;
        isOverflow = false;
        missingNs = unlivedNs();
    }

    /** Returns the part of the first bucket before the start of the life. */
    private long unlivedNs() {
        final boolean startsInside = !hasPeriods && from() == firstBucket && livesFromNs >= rangeStartNs();
        return startsInside ? livesFromNs - beginNs(firstBucket) : 0;
    }

    /** Adds the points of a bucket in two words: a later point may bring an overflowing sum back into a long. */
    private void sumUp(final long untilNs) {
        final long startNs = startNs(from());
        // The start of a bucket that begins before all time has wrapped around.
        final long beginNs = startNs > Long.MIN_VALUE && startNs < untilNs ? startNs - edgeNs() : Long.MIN_VALUE;
        cover.begin(Math.max(beginNs, livesFromNs));
        boolean isKnown = false;
        long low = 0;
        long high = 0;
        while (hasPoint && points.time() - bookedNs < untilNs) {
            final long fromNs = hasPeriods ? starts.of(points.time()) : beginNs;
            if (fromNs >= beginNs) {
                final long added = points.value();
                low += added;
                high += (added >> 63) + (Long.compareUnsigned(low, added) < 0 ? 1 : 0);
                cover.add(fromNs, points.time());
                isKnown = true;
            }
            hasPoint = points.next();
        }
        final boolean fits = high == low >> 63 && low != Decimals.UNKNOWN;
        isOverflow = !fits;
        value = !isKnown ? Decimals.UNKNOWN : fits ? low : 0;
        missingNs = hasPeriods ? untilNs - startNs - cover.coveredNs() : unlivedNs();
    }

    @Override
    long value() {
        return value;
    }

    @Override
    boolean isOverflow() {
        return isOverflow;
    }

    @Override
    long missingNs() {
        return missingNs;
    }

    @Override
    long missingAtEndNs() {
        return until() == endBucket ? missingAtEndNs : 0;
    }

    @Override
    boolean isIntact() {
        return points.isIntact();
    }
}
