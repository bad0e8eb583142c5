package io.tollgate.core.window;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.api.series.Closed;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointChange;
import io.tollgate.core.store.tree.TreePath;

/**
 * The current state of one window. The writer loads it, moves it over points that arrive and leave, and stores it
 * again. A reader moves its copy to the instant it needs. One thread at a time.
 */
public final class WindowRun {
    /** If an estimated larger number of points must leave, the run is summed from the tree without a walk. */
    private static final int FAR_STEPS = 64;

    /** A walk of this length gives up: the points may be spaced less evenly than {@link #isFarBehind} assumes. */
    public static final int MAX_STEPS = 2 * FAR_STEPS;

    private static final long NEVER = Long.MAX_VALUE;

    private RunSummary summary = new RunSummary();
    private final RunSummary fresh = new RunSummary();
    private final WindowBounds bounds = new WindowBounds();
    private final PointBlock points;
    private final PointBlock pointsAfter;
    private final ExtremeWalk extremes;
    private final WindowStateBlock states;
    private int window;
    private long lengthNs;
    private long tailBlock;
    private int tailIndex;
    /** Lower bound of the point count of the tail block; 0 if it is not known. */
    private int tailCount;

    private boolean isAtTail;
    private long evictTime;

    /**
     * Creates a run of any series of a store.
     *
     * @param blocks where the blocks are.
     * @param states to load from; they must not move, because a run reads them again while it moves on.
     */
    public WindowRun(final ReadableBlocks blocks, final WindowStateBlock states) {
        this.states = states;
        points = new PointBlock(blocks);
        pointsAfter = new PointBlock(blocks);
        extremes = new ExtremeWalk(blocks);
    }

    /**
     * Loads a state.
     *
     * @param window its index.
     * @param isStep whether the series is of kind STEP.
     */
    public void load(final int window, final boolean isStep) {
        this.window = window;
        lengthNs = states.lengthNs(window);
        tailCount = states.tailCount(window);
        isAtTail = false;
        tailBlock = states.tailBlock(window);
        tailIndex = states.tailIndex(window);
        evictTime = states.evictTime(window);
        states.loadSummary(window, isStep, summary);
    }

    /**
     * Loads a state.
     *
     * @param window its index.
     * @param isStep whether the series is of kind STEP.
     * @param target receives the summary of the run from now on.
     */
    public void load(final int window, final boolean isStep, final RunSummary target) {
        summary = target;
        load(window, isStep);
    }

    /** Stores the state in the place it was loaded from; returns false if its summary does not fit the layout there. */
    boolean store() {
        states.tail(window, tailBlock, tailIndex, tailCount);
        states.evictTime(window, evictTime);
        return states.storeSummary(window, summary);
    }

    /** {@return the summary of the run} */
    public RunSummary summary() {
        return summary;
    }

    /**
     * Appends the point after the last point of the run, which is the frontier's, so the run is not empty.
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
     * Appends the run after the last point of this one, which is the frontier's, so this run is not empty.
     *
     * @param right summary of at least one point.
     */
    void append(final RunSummary right) {
        if (summary.timeWeighted() && summary.count() == 1) {
            evictTime = right.firstTime();
        }
        summary.append(right);
    }

    /**
     * Estimates if so many points must leave that summing the run from the tree is cheaper. The estimate assumes evenly
     * spaced points and reads none.
     *
     * @param atNs end of the window.
     * @return false if {@link #evict} should be tried; it gives up if more points than that must leave.
     */
    public boolean isFarBehind(final long atNs) {
        final long startNs = SlidingWindow.startNs(atNs, lengthNs);
        return evictTime < startNs && ((double) startNs - evictTime) / lengthNs * summary.count() > FAR_STEPS;
    }

    /**
     * Evicts the points that the window has left.
     *
     * @param atNs end of the window.
     * @return false if the run must be summed from the tree: too many points leave, an extreme has left, or the blocks
     *     are torn.
     */
    public boolean evict(final long atNs) {
        final long startNs = SlidingWindow.startNs(atNs, lengthNs);
        final long leastCount = Math.max(1, summary.count() - MAX_STEPS);
        boolean isExact = true;
        while (evictTime <= startNs) {
            if (!summary.timeWeighted() && summary.count() == 1) {
                summary.clear(false);
                evictTime = NEVER;
                return true;
            }
            final int next = tailIndex + 1;
            final int most = (int) Math.min(MAX_STEPS, summary.count() - leastCount);
            if (next <= 0 || most < 1) {
                return false;
            }
            if (!wrapTail(next)) {
                return false;
            } else if (next < tailCount) {
                isExact &= evictInBlock(startNs, next, most);
            } else if (goToNextBlock()) {
                isExact &= points.evict(summary, 0, 1);
            } else {
                return false;
            }
            evictTime = summary.firstTime();
            if (summary.timeWeighted() && !findTimeAfterTail()) {
                return false;
            }
        }
        return isExact || extremes.renew(summary, tailBlock, tailIndex);
    }

    /** Evicts the leaving points, as far as their successors are in the tail block. */
    private boolean evictInBlock(final long startNs, final int next, final int most) {
        final int behind = summary.timeWeighted() ? 1 : 0;
        final int end = Math.min(tailCount - 1, tailIndex + most);
        int last = next;
        while (last < end && points.time(last + behind) <= startNs) {
            last++;
        }
        tailIndex = last;
        return points.evict(summary, next, last - next + 1);
    }

    /** Sums the run from the tree, as of the frontier, whose point it contains. */
    void renew(final SeriesRecord series, final long frontierTime, final RunSearch search) {
        bounds.sliding(frontierTime, lengthNs, Closed.RIGHT);
        series.requireIntact(search.summarise(series, bounds, false, summary)
                && beginAt(search.first().now()));
    }

    /** Sets the tail and the fields derived from it; returns false if the blocks are torn. */
    private boolean beginAt(final TreePath first) {
        tail(first.points().blockNumber(), first.index());
        evictTime = first.time();
        return !summary.timeWeighted() || findTimeAfterTail();
    }

    /** Includes a late point: it lies before the frontier, and its position is already corrected. */
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
     * The late point lies just before the tail: it joins a FLOW run if it is inside the window, a STEP run if none is
     * carried in.
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
        tail(change.block(), change.index());
    }

    /** Includes the revision of a value. */
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
     * Removes a withdrawn point that lies before the frontier.
     *
     * @return false if the run must be summed from the tree: it began with that point, or an extreme has left.
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

    /** Corrects the position of the tail after points moved in or between blocks. */
    void follow(final PointMoves moves) {
        if (moves.isNear(tailBlock)) {
            tailCount = 0;
        }
        moves.follow(tailBlock, tailIndex);
        tailBlock = moves.block();
        tailIndex = moves.index();
    }

    /** Recomputes min, max, first and last known value from the tree if the run itself no longer determines them. */
    void renewExtremes(final SeriesRecord series, final long frontierTime, final RunSearch search) {
        bounds.sliding(frontierTime, lengthNs, Closed.RIGHT);
        search.summarise(series, bounds, false, fresh);
        summary.renewExtremes(fresh);
    }

    private void tail(final long block, final int index) {
        isAtTail = false;
        tailBlock = block;
        tailIndex = index;
        tailCount = 0;
    }

    /** Moves from the last point of the tail block to the first point of the next; returns false if there is none. */
    private boolean goToNextBlock() {
        final long block = points.next();
        isAtTail = false;
        if (block == NO_BLOCK || !points.wrap(block) || points.count() == 0) {
            return false;
        }
        tail(block, 0);
        isAtTail = true;
        tailCount = points.count();
        return true;
    }

    /**
     * Wraps the tail block and a point of it, if it exists. Reads the block header only if the block is not known to
     * contain the point.
     *
     * @param index of the point.
     * @return false if the block is torn; else {@link #tailCount} shows if the block contains the point.
     */
    private boolean wrapTail(final int index) {
        if (index < tailCount) {
            isAtTail = isAtTail || points.wrapKnown(tailBlock);
            tailCount = Math.min(tailCount, points.capacity());
        }
        if (!isAtTail || index >= tailCount) {
            isAtTail = points.wrap(tailBlock);
            tailCount = isAtTail ? points.count() : 0;
        }
        return isAtTail;
    }

    /** Sets the evict time of a STEP; returns false if the blocks are torn. */
    private boolean findTimeAfterTail() {
        if (summary.count() < 2) {
            evictTime = NEVER;
            return true;
        }
        final int next = tailIndex + 1;
        if (!wrapTail(next)) {
            return false;
        }
        if (next < tailCount) {
            evictTime = points.time(next);
            return true;
        }
        if (!pointsAfter.wrap(points.next())) {
            return false;
        }
        evictTime = pointsAfter.time(0);
        return true;
    }
}
