package io.tollgate.core.window;

import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointPath;

/**
 * Iterates over the points of the run of a window in time order. For a STEP it also reports how long each point is in
 * force inside the window. One thread at a time; a reader must validate the version of the series before it trusts
 * anything.
 */
public final class RunPoints {
    private final RunSearch search;
    private final PointPath path;
    private boolean isIntact;
    private boolean isFound;
    private boolean isStep;
    private long startNs;
    private long knownUntilNs;
    private long lowestNs;
    private long maxCount;
    private long count;
    private boolean hasNext;
    private long time;
    private long value;
    private long nextTime;
    private long nextValue;

    /**
     * Creates an iterator for any window of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public RunPoints(final ReadableBlocks blocks) {
        search = new RunSearch(blocks);
        path = new PointPath(blocks);
    }

    /**
     * Moves to the run of another window, before its first point.
     *
     * @param series that is read.
     * @param bounds of the window.
     */
    public void open(final SeriesRecord series, final WindowBounds bounds) {
        isStep = series.isStep();
        startNs = bounds.startNs();
        knownUntilNs = bounds.knownUntilNs();
        lowestNs = bounds.lowestNs();
        maxCount = series.maxPointCount();
        isIntact = search.find(series, bounds);
        isFound = search.isFound() && !bounds.isExpiredAtStart();
        rewind();
    }

    /** Moves back before the first point. */
    public void rewind() {
        count = 0;
        hasNext = isIntact && isFound;
        if (hasNext) {
            path.copyFrom(search.first());
            place(true);
        }
    }

    /**
     * Moves to the next point.
     *
     * @return false if there is none, or the series is torn: see {@link #isIntact()}.
     */
    public boolean next() {
        if (!hasNext) {
            return false;
        }
        time = nextTime;
        value = nextValue;
        if (++count > maxCount) {
            place(false);
        } else if (path.isAt(search.last())) {
            hasNext = false;
            nextTime = knownUntilNs;
        } else {
            place(path.advance());
        }
        return isIntact;
    }

    private void place(final boolean isPlaced) {
        if (isPlaced) {
            nextTime = path.time();
            nextValue = path.value();
        } else {
            isIntact = false;
            hasNext = false;
        }
    }

    /** {@return false if the series was found torn by a concurrent change: all results are then undefined} */
    public boolean isIntact() {
        return isIntact;
    }

    /** {@return the valid time of the point} */
    public long time() {
        return time;
    }

    /** {@return the scaled value of the point, UNKNOWN only in a STEP} */
    public long value() {
        return value;
    }

    /** {@return whether the point lies before the window and was carried in, in a STEP} */
    public boolean isCarriedIn() {
        return time < lowestNs;
    }

    /** {@return the weight: 1 in a FLOW; in a STEP the time in force inside the window, in ns, unsigned} */
    public long weight() {
        return isStep ? nextTime - Math.max(time, startNs) : 1;
    }
}
