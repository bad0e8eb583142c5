package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;

/**
 * The periods in a window of a FLOW with a reporting period: those that lie completely inside and, on request, those
 * that its start cuts.
 *
 * <p>The walk runs backwards from the last point, in O(n). It stops at the first period that begins before the window:
 * its start cuts that period, and the window takes the points after it. Month ends and clock changes can let periods
 * end in another order than they begin. A whole period may therefore lie before the first cut one; it counts among the
 * cut ones, with its full amount. The covered time is the union of the periods. A backward walk meets their ends in
 * falling order, so all time from the earliest start so far to the current end is already covered.
 *
 * <p>One thread at a time; a reader must validate the version of the series before it trusts anything.
 */
public final class WindowPeriods {
    private final PointPath path;
    private final PeriodStarts starts = new PeriodStarts();
    private boolean hasNext;
    private boolean isIntact;
    private long startNs;
    private long lifeStartNs;
    private long left;
    private long coveredFromNs;
    private long coveredNs;
    private long amountLow;
    private long amountHigh;
    private long partNs;
    private long lengthNs;

    /** Creates the periods of any window of any series of a store. */
    WindowPeriods(final ReadableBlocks blocks) {
        path = new PointPath(blocks);
    }

    /**
     * Restricts a window of time to whole periods: raises the first instant that is inside, and sets the time they
     * cover. Stops before the first period that is cut.
     *
     * @return false if the series is torn.
     */
    boolean takeWhole(final SeriesRecord series, final WindowBounds bounds) {
        open(series, bounds);
        while (hasNext) {
            final long toNs = path.time();
            final long fromNs = starts.of(toNs);
            if (toNs < bounds.lowestNs()) {
                hasNext = false;
            } else if (fromNs < startNs) {
                bounds.lowestNs(toNs + 1);
                break;
            } else {
                cover(fromNs, toNs);
                retreat();
            }
        }
        bounds.coveredByPeriods(coveredNs);
        return isIntact;
    }

    /** Starts a window of the last points at the start of the first point's period, so no period is cut. */
    void startAtFirst(final SeriesRecord series, final WindowBounds bounds) {
        hasNext = false;
        isIntact = true;
        if (series.firstTime() <= bounds.endNs()) {
            starts.period(series.periodCode());
            bounds.startNs(starts.of(bounds.lowestNs()));
        }
        bounds.coveredByPeriods(0);
    }

    private void open(final SeriesRecord series, final WindowBounds bounds) {
        starts.period(series.periodCode());
        startNs = bounds.startNs();
        lifeStartNs = series.lifeStart();
        left = series.maxPointCount();
        coveredFromNs = WindowBounds.NEVER;
        coveredNs = 0;
        final boolean isEmpty = left == 0 || startNs > bounds.endNs();
        isIntact = isEmpty || path.floor(series, bounds.highestNs());
        hasNext = !isEmpty && isIntact && path.isFound();
    }

    /**
     * Moves backwards to the next instant with booked periods that the window cuts: they end inside the window, after
     * its start, and are not among the whole ones.
     *
     * @return false if there is none, or the series is torn: see {@link #isIntact()}.
     */
    public boolean nextCut() {
        if (!hasNext || path.time() <= startNs) {
            return false;
        }
        final long toNs = path.time();
        final long fromNs = starts.of(toNs);
        partNs = toNs - Math.max(fromNs, startNs);
        lengthNs = toNs - fromNs;
        cover(Math.max(fromNs, startNs), toNs);
        amountLow = 0;
        amountHigh = 0;
        while (hasNext && path.time() == toNs) {
            final long value = path.value();
            amountLow += value;
            amountHigh += (value >> 63) + (Long.compareUnsigned(amountLow, value) < 0 ? 1 : 0);
            retreat();
        }
        return isIntact;
    }

    private void cover(final long fromNs, final long toNs) {
        final long lived = Math.max(fromNs, lifeStartNs);
        final long end = Math.min(toNs, coveredFromNs);
        if (lived < end) {
            coveredNs += end - lived;
            coveredFromNs = lived;
        }
    }

    private void retreat() {
        hasNext = --left > 0 && path.retreat();
        isIntact = path.isIntact();
    }

    /** {@return false if the series was found torn by a concurrent change: all results are then undefined} */
    public boolean isIntact() {
        return isIntact;
    }

    /** {@return the lowest word of the amounts of the cut periods, 128 bits} */
    public long amountLow() {
        return amountLow;
    }

    /** {@return the highest word of these amounts, with the sign} */
    public long amountHigh() {
        return amountHigh;
    }

    /** {@return the part of their time that lies inside the window, in ns, unsigned} */
    public long partNs() {
        return partNs;
    }

    /** {@return how long they are, in ns, unsigned} */
    public long lengthNs() {
        return lengthNs;
    }

    /** {@return the time inside the window and the series' life that all periods so far cover, in ns, unsigned} */
    public long coveredNs() {
        return coveredNs;
    }
}
