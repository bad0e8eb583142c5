package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;

/**
 * The periods that a window of a FLOW with a reporting period takes: those booked inside that lie inside as a whole,
 * and, where they are asked for, those that its start cuts.
 *
 * <p>The points of a window are walked from the last one backwards, in O(n). The first one met that begins before the
 * window is the first that its start cuts; the window takes the points behind it. Where month ends or changes of the
 * clock let periods end in another order than they begin in, a whole one may lie before it: that counts among the cut
 * ones, with its full amount. Covered is the union of the periods: to walk backwards is to meet their ends in falling
 * order, so all time from the earliest start met so far to the end in the hand is covered already.
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

    /** The periods of any window of any series of a store. */
    WindowPeriods(final ReadableBlocks blocks) {
        path = new PointPath(blocks);
    }

    /**
     * Takes the whole periods into a window of time: raises the first instant that is inside, and says what they cover.
     * Ends before the first period that is cut.
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

    /** Lets a window of the last points begin where the period of the first of them does; no period is cut. */
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
     * Goes on, backwards, to the next instant at which periods are booked that end inside the window and behind its
     * start, and are none of the whole ones.
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

    /** {@return false if the series was found torn by a concurrent change: then nothing may be trusted} */
    public boolean isIntact() {
        return isIntact;
    }

    /** {@return the lowest word of the amounts of the periods that were cut, 128 bits} */
    public long amountLow() {
        return amountLow;
    }

    /** {@return the highest word of these amounts, with the sign} */
    public long amountHigh() {
        return amountHigh;
    }

    /** {@return how much of their time lies inside the window, in ns, unsigned} */
    public long partNs() {
        return partNs;
    }

    /** {@return how long they are, in ns, unsigned} */
    public long lengthNs() {
        return lengthNs;
    }

    /** {@return the time inside the window and the series' life that all periods met so far cover, in ns, unsigned} */
    public long coveredNs() {
        return coveredNs;
    }
}
