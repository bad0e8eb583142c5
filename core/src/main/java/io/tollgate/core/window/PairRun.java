package io.tollgate.core.window;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.series.Decimals;
import io.tollgate.core.number.CrossMoments;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * Sums two series over the buckets of a window, stretch by stretch. The buckets of as-of alignment are the nanoseconds
 * of the window, so both alignments and their lags share this code. The cost is linear in the points of both series.
 * One thread at a time; a reader must validate the versions of both series before it trusts anything.
 */
public final class PairRun {
    private final FixedGrid fixedGrid = new FixedGrid();
    private final CalendarGrid calendarGrid = new CalendarGrid();
    private final RunSearch search;
    private final RunSummary summary = new RunSummary();
    private final LevelStretches levelX;
    private final LevelStretches levelY;
    private final SumStretches sumX;
    private final SumStretches sumY;
    private boolean isEmpty;
    private boolean isShort;
    private boolean isOverflow;
    private long stretchCount;
    private long observedNs;
    private long firstNs;
    private long endNs;

    /**
     * Creates a run of any two series, one from each store.
     *
     * @param blocksX where the blocks of x are.
     * @param blocksY where the blocks of y are.
     */
    public PairRun(final ReadableBlocks blocksX, final ReadableBlocks blocksY) {
        search = new RunSearch(blocksY);
        levelX = new LevelStretches(blocksX);
        levelY = new LevelStretches(blocksY);
        sumX = new SumStretches(blocksX);
        sumY = new SumStretches(blocksY);
    }

    /**
     * Sums the buckets in which both series have a value.
     *
     * @param pair    the alignment.
     * @param lag     number of buckets by which x leads, instead of the lag of the pair.
     * @param seriesX that is read as x.
     * @param seriesY that is read as y.
     * @param bounds  of the window.
     * @param moments to be filled.
     * @return false if a series is torn by a concurrent change: all results are then undefined.
     */
    public boolean align(
            final Pair pair,
            final long lag,
            final SeriesRecord seriesX,
            final SeriesRecord seriesY,
            final WindowBounds bounds,
            final CrossMoments moments) {
        moments.clear();
        stretchCount = 0;
        observedNs = 0;
        firstNs = 0;
        endNs = 0;
        isEmpty = isEmpty(seriesX, bounds) || isEmpty(seriesY, bounds);
        isShort = false;
        isOverflow = false;
        if (bounds.wantedCount() > 0) {
            if (!search.summarise(seriesY, bounds, false, summary)) {
                return false;
            }
            isShort = summary.count() < bounds.wantedCount();
        }
        final BucketGrid grid = grid(pair, bounds);
        if (isEmpty || grid.count() == 0) {
            return true;
        }
        final Stretches x = seriesX.isStep() ? levelX : sumX;
        final Stretches y = seriesY.isStep() ? levelY : sumY;
        if (!x.open(seriesX, grid, Math.max(0, lag), bounds) || !y.open(seriesY, grid, Math.max(0, -lag), bounds)) {
            return false;
        }
        merge(x, y, grid, moments);
        return x.isIntact() && y.isIntact();
    }

    private static boolean isEmpty(final SeriesRecord series, final WindowBounds bounds) {
        if (series.isStep()) {
            return series.firstTime() > bounds.highestNs();
        }
        return (series.periodCode() == 0 ? series.aliveFrom() : series.firstTime()) > bounds.endNs();
    }

    private BucketGrid grid(final Pair pair, final WindowBounds bounds) {
        if (pair.bucket().isEmpty()) {
            fixedGrid.fit(1, bounds.startNs(), bounds.endNs() - 1, false);
            return fixedGrid;
        }
        if (pair.bucket().get() instanceof Bucket.Fixed fixed) {
            final boolean isRightClosed = bounds.highestNs() == bounds.endNs();
            fixedGrid.fit(fixed.lengthNs(), bounds.lowestNs(), bounds.highestNs(), isRightClosed);
            return fixedGrid;
        }
        calendarGrid.fit((Bucket.Calendar) pair.bucket().get(), bounds.lowestNs(), bounds.highestNs());
        return calendarGrid;
    }

    private void merge(final Stretches x, final Stretches y, final BucketGrid grid, final CrossMoments moments) {
        boolean hasNext = x.next() && y.next();
        while (hasNext) {
            final long from = Long.compareUnsigned(x.from(), y.from()) < 0 ? y.from() : x.from();
            final int order = Long.compareUnsigned(x.until(), y.until());
            final long until = order < 0 ? x.until() : y.until();
            final boolean isKnown = x.value() != Decimals.UNKNOWN && y.value() != Decimals.UNKNOWN;
            if (isKnown && Long.compareUnsigned(from, until) < 0) {
                moments.add(until - from, x.value(), y.value());
                isOverflow |= x.isOverflow() || y.isOverflow();
                if (stretchCount++ == 0) {
                    firstNs = grid.startNs(from);
                }
                endNs = grid.startNs(until);
                observedNs += endNs - grid.startNs(from) - missingNs(x, y, grid, from, until);
            }
            hasNext = order < 0 ? x.next() : y.next();
        }
    }

    /** Returns the time that a side does not cover in the first and last bucket of its stretch. */
    private static long missingNs(
            final Stretches x, final Stretches y, final BucketGrid grid, final long from, final long until) {
        final long atStart = Math.max(x.from() == from ? x.missingNs() : 0, y.from() == from ? y.missingNs() : 0);
        final long atEnd =
                Math.max(x.until() == until ? x.missingAtEndNs() : 0, y.until() == until ? y.missingAtEndNs() : 0);
        if (until - from == 1) {
            return atMostBucket(grid, from, atStart + atEnd);
        }
        return atMostBucket(grid, from, atStart) + atMostBucket(grid, until - 1, atEnd);
    }

    /** Limits the time missing from a bucket: with a lag, the month that the time is missing from may be longer. */
    private static long atMostBucket(final BucketGrid grid, final long bucket, final long missingNs) {
        return Math.min(grid.startNs(bucket + 1) - grid.startNs(bucket), missingNs);
    }

    /** {@return whether a series has no point (or a FLOW no life) at or before the end of the window} */
    public boolean isEmpty() {
        return isEmpty;
    }

    /** {@return whether y has fewer points than a window of the last points requires} */
    public boolean isShort() {
        return isShort;
    }

    /** {@return whether the sum of a bucket overflows a long: the sums are then undefined} */
    public boolean isOverflow() {
        return isOverflow;
    }

    /** {@return the number of stretches in which both sides have a constant value} */
    public long stretchCount() {
        return stretchCount;
    }

    /** {@return the time of the observed buckets in ns, unsigned, without the parts that a FLOW does not cover} */
    public long observedNs() {
        return observedNs;
    }

    /** {@return the time from the first observed bucket to the end of the last in ns, unsigned} */
    public long spanNs() {
        return endNs - firstNs;
    }
}
