package io.tollgate.core.window;

import static io.tollgate.core.store.BlockDescriptor.NO_BLOCK;

import io.tollgate.api.Closed;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.BlockStore;
import io.tollgate.core.store.PointBlock;
import io.tollgate.core.store.PointChange;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.TreePath;

/**
 * The state of one window in the hand: loaded, moved on with points that come and go, and stored again by the writer,
 * or read by a reader that moves its copy on to the instant it wants. One thread at a time.
 */
public final class WindowRun {
    /** From this many points on it is cheaper to sum the run up from the tree than to walk. */
    public static final int MAX_STEPS = 64;

    private static final long NEVER = Long.MAX_VALUE;

    private final RunSummary summary = new RunSummary();
    private final RunSummary fresh = new RunSummary();
    private final WindowBounds bounds = new WindowBounds();
    private final PointBlock points;
    private final PointBlock pointsBehind;
    private long lengthNs;
    private long tailBlock;
    private int tailIndex;
    private long evictTime;

    /**
     * A run of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public WindowRun(final BlockStore blocks) {
        points = new PointBlock(blocks);
        pointsBehind = new PointBlock(blocks);
    }

    /**
     * Loads a state.
     *
     * @param states that hold it.
     * @param window its index.
     * @param isStep whether the series is of kind STEP.
     */
    public void load(final WindowStateBlock states, final int window, final boolean isStep) {
        lengthNs = states.lengthNs(window);
        tailBlock = states.tailBlock(window);
        tailIndex = states.tailIndex(window);
        evictTime = states.evictTime(window);
        states.loadSummary(window, isStep, summary);
    }

    void store(final WindowStateBlock states, final int window) {
        states.tail(window, tailBlock, tailIndex);
        states.evictTime(window, evictTime);
        states.storeSummary(window, summary);
    }

    /** {@return the summary of the run} */
    public RunSummary summary() {
        return summary;
    }

    /**
     * Appends the point behind the last one of the run, which has one at least: that of the frontier.
     *
     * @param time  its valid time.
     * @param value its value.
     */
    public void append(final long time, final long value) {
        if (summary.timeWeighted() && summary.count() == 1) {
            evictTime = time;
        }
        summary.append(time, value);
    }

    /**
     * Lets go of the points that the window does not reach any more.
     *
     * @param atNs end of the window.
     * @return false if the run must be summed up from the tree instead: too many points are to go, an extremum has
     *     gone, or the blocks are torn.
     */
    public boolean evict(final long atNs) {
        final long startNs = SlidingWindow.startNs(atNs, lengthNs);
        boolean isExact = true;
        for (int steps = 0; evictTime <= startNs; steps++) {
            if (!summary.timeWeighted() && summary.count() == 1) {
                summary.clear(false);
                evictTime = NEVER;
                return true;
            }
            if (steps == MAX_STEPS || summary.count() < 2 || !advanceTail()) {
                return false;
            }
            isExact &= summary.evictFirst(points.time(tailIndex), points.value(tailIndex));
            evictTime = summary.timeWeighted() ? timeBehindTail() : points.time(tailIndex);
        }
        return isExact;
    }

    /** Sums the run up from the tree, as it is at the frontier. */
    void renew(final SeriesRecord series, final long frontierTime, final RunSearch search) {
        bounds.sliding(frontierTime, lengthNs, Closed.RIGHT);
        if (!search.summarise(series, bounds, false, summary)) {
            throw new IllegalStateException("seriesNumber=" + series.seriesNumber()
                    + " has a damaged tree, expected whole blocks; restore the data directory");
        }
        evictTime = NEVER;
        if (!summary.isEmpty()) {
            final TreePath first = search.first();
            points.wrap(first.points().blockNumber());
            tailBlock = points.blockNumber();
            tailIndex = first.index();
            evictTime = summary.timeWeighted() ? timeBehindTail() : first.time();
        }
    }

    /** Takes a late point in: one that lies before the frontier, with its position already corrected. */
    boolean insert(final PointChange change, final long frontierTime) {
        final long startNs = SlidingWindow.startNs(frontierTime, lengthNs);
        final long time = change.time();
        if (change.nextBlock() == tailBlock && change.nextIndex() == tailIndex) {
            prepend(change, startNs);
            return true;
        }
        if (summary.timeWeighted() ? time < summary.firstTime() : time <= startNs) {
            return true;
        }
        final boolean isExact = summary.insert(
                change.previousTime(),
                change.previousValue(),
                time,
                change.value(),
                change.nextTime(),
                change.nextValue());
        if (summary.timeWeighted() && time < evictTime) {
            evictTime = time;
        }
        return isExact & evict(frontierTime);
    }

    /**
     * The late point lies just before the tail: it joins a FLOW run inside the window, a STEP run if none is carried
     * in.
     */
    private void prepend(final PointChange change, final long startNs) {
        if (summary.timeWeighted()) {
            if (summary.firstTime() <= startNs) {
                return;
            }
            evictTime = summary.firstTime();
        } else {
            if (change.time() <= startNs) {
                return;
            }
            evictTime = change.time();
        }
        summary.prepend(change.time(), change.value());
        tailBlock = change.block();
        tailIndex = change.index();
    }

    /** Takes the revision of a value in. */
    boolean revise(final PointChange change, final long frontierTime, final boolean isLast) {
        final long time = change.time();
        final boolean isFirst = change.block() == tailBlock && change.index() == tailIndex;
        final boolean isInside = summary.timeWeighted()
                ? time >= summary.firstTime()
                : time > SlidingWindow.startNs(frontierTime, lengthNs);
        return !isInside
                || summary.replace(
                        time,
                        change.oldValue(),
                        change.value(),
                        isFirst,
                        isLast,
                        change.previousValue(),
                        change.nextTime(),
                        change.nextValue());
    }

    /**
     * Takes a withdrawn point out: one that lies before the frontier.
     *
     * @return false if the run must be summed up from the tree instead: it began with that point, or an extremum has
     *     gone.
     */
    boolean remove(final PointChange change, final long frontierTime) {
        final long time = change.time();
        final boolean isOutside = summary.timeWeighted()
                ? time < summary.firstTime()
                : time <= SlidingWindow.startNs(frontierTime, lengthNs);
        if (isOutside) {
            return true;
        }
        if (change.block() == tailBlock && change.index() == tailIndex) {
            return false;
        }
        if (summary.timeWeighted() && time == evictTime) {
            evictTime = change.nextTime();
        }
        return summary.remove(
                change.previousTime(),
                change.previousValue(),
                time,
                change.value(),
                change.nextTime(),
                change.nextValue());
    }

    /** Corrects the position of the tail after points have moved in or between blocks. */
    void follow(final PointMoves moves) {
        moves.follow(tailBlock, tailIndex);
        tailBlock = moves.block();
        tailIndex = moves.index();
    }

    /** Takes min, max, first and last known value from the tree, where the run itself cannot tell them any more. */
    void renewExtremes(final SeriesRecord series, final long frontierTime, final RunSearch search) {
        bounds.sliding(frontierTime, lengthNs, Closed.RIGHT);
        search.summarise(series, bounds, false, fresh);
        summary.renewExtremes(fresh);
    }

    private boolean advanceTail() {
        if (tailIndex < 0 || !points.wrap(tailBlock)) {
            return false;
        }
        if (tailIndex + 1 < points.count()) {
            tailIndex++;
            return true;
        }
        final long next = points.next();
        if (next == NO_BLOCK || !points.wrap(next) || points.count() == 0) {
            return false;
        }
        tailBlock = next;
        tailIndex = 0;
        return true;
    }

    private long timeBehindTail() {
        if (summary.count() < 2) {
            return NEVER;
        }
        if (tailIndex + 1 < points.count()) {
            return points.time(tailIndex + 1);
        }
        return pointsBehind.wrap(points.next()) ? pointsBehind.time(0) : NEVER;
    }
}
