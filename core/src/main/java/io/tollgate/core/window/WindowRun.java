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
 * The state of one window in the hand: loaded, moved on with points that come and go, and stored again by the writer,
 * or read by a reader that moves its copy on to the instant it wants. One thread at a time.
 */
public final class WindowRun {
    /** If it seems that more points are to go, the run is summed up from the tree without a walk. */
    private static final int FAR_STEPS = 64;

    /** A walk that has come so far gives up: points need not stand as evenly as {@link #isFarBehind} takes them to. */
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
    private int copyEnd;
    /** The block of the tail has so many points at least; 0 if that is not known. */
    private int tailCount;

    private boolean needsCopies;
    private boolean isAtTail;
    private long evictTime;

    /**
     * A run of any series of a store.
     *
     * @param blocks where the blocks are.
     * @param states to load from; a run looks there again while it moves on, so these must stay where they are.
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
        copyEnd = states.copyEnd(window);
        tailCount = states.tailCount(window);
        needsCopies = false;
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
     * @param target the summary of the run from now on.
     */
    public void load(final int window, final boolean isStep, final RunSummary target) {
        summary = target;
        load(window, isStep);
    }

    /** Stores the state where it was loaded from; false if its summary does not fit the layout there. */
    boolean store() {
        if (needsCopies) {
            copyEnd = wrapTail(tailIndex + 1) ? states.copy(window, points, tailIndex + 1, tailCount) : 0;
        }
        states.tail(window, tailBlock, tailIndex, copyEnd, tailCount);
        states.evictTime(window, evictTime);
        return states.storeSummary(window, summary);
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
     * Appends the run behind the last point of this one, which has one at least: that of the frontier.
     *
     * @param right summary of points, of which there is one at least.
     */
    void append(final RunSummary right) {
        if (summary.timeWeighted() && summary.count() == 1) {
            evictTime = right.firstTime();
        }
        summary.append(right);
    }

    /**
     * Whether so many points are to go that it is cheaper to sum the run up from the tree at once, as far as can be
     * told without a look at them: if they stood evenly.
     *
     * @param atNs end of the window.
     * @return false where {@link #evict} should be tried; it gives up if more are to go than that.
     */
    public boolean isFarBehind(final long atNs) {
        final long startNs = SlidingWindow.startNs(atNs, lengthNs);
        return evictTime < startNs && ((double) startNs - evictTime) / lengthNs * summary.count() > FAR_STEPS;
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
            if (next < copyEnd) {
                isExact &= evictCopied(startNs, next, most);
            } else if (!wrapTail(next)) {
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

    /** Lets go of the points that leave, as far as copies are kept of what comes behind. */
    private boolean evictCopied(final long startNs, final int next, final int most) {
        final int behind = summary.timeWeighted() ? 1 : 0;
        final int end = Math.min(states.lastCopy(next, copyEnd), tailIndex + most);
        int last = next;
        while (last < end && states.copiedTime(window, last + behind) <= startNs) {
            last++;
        }
        tailIndex = last;
        return states.evict(window, summary, next, last - next + 1);
    }

    /** Lets go of the points that leave, as far as the block of the tail has what comes behind. */
    private boolean evictInBlock(final long startNs, final int next, final int most) {
        final int behind = summary.timeWeighted() ? 1 : 0;
        final int end = Math.min(tailCount - 1, tailIndex + most);
        int last = next;
        while (last < end && points.time(last + behind) <= startNs) {
            last++;
        }
        tailIndex = last;
        copyEnd = 0;
        needsCopies = true;
        return points.evict(summary, next, last - next + 1);
    }

    /** Sums the run up from the tree, as it is at the frontier, whose point it has at least. */
    void renew(final SeriesRecord series, final long frontierTime, final RunSearch search) {
        bounds.sliding(frontierTime, lengthNs, Closed.RIGHT);
        series.requireIntact(search.summarise(series, bounds, false, summary)
                && beginAt(search.first().now()));
    }

    /** Sets the tail and what hangs on it; false if the blocks are torn. */
    private boolean beginAt(final TreePath first) {
        tail(first.points().blockNumber(), first.index());
        needsCopies = true;
        evictTime = first.time();
        return !summary.timeWeighted() || findTimeAfterTail();
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
        tail(change.block(), change.index());
    }

    /** Takes the revision of a value in. */
    boolean revise(final PointChange change, final long frontierTime, final boolean isLast) {
        final long time = change.time();
        final boolean isFirst = change.block() == tailBlock && change.index() == tailIndex;
        if (change.block() == tailBlock) {
            copyAgain();
        }
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
        if (moves.isNear(tailBlock)) {
            copyAgain();
        }
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

    /** A change of the block that points are copied from: what was copied may stand elsewhere now, or be revised. */
    private void copyAgain() {
        copyEnd = 0;
        tailCount = 0;
        needsCopies = true;
    }

    private void tail(final long block, final int index) {
        isAtTail = false;
        tailBlock = block;
        tailIndex = index;
        copyEnd = 0;
        tailCount = 0;
    }

    /** Goes on from the last point of the block of the tail to the first one of the next; false if there is none. */
    private boolean goToNextBlock() {
        final long block = points.next();
        isAtTail = false;
        if (block == NO_BLOCK || !points.wrap(block) || points.count() == 0) {
            return false;
        }
        tail(block, 0);
        isAtTail = true;
        tailCount = points.count();
        needsCopies = true;
        return true;
    }

    /**
     * Looks the block of the tail up, and a point of it, if it has that. The header of the block is read only if the
     * block is not known to have the point.
     *
     * @param index of the point.
     * @return false if the block is torn; else {@link #tailCount} tells if it has the point.
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

    /** Sets the evict time of a STEP; false if the blocks are torn. */
    private boolean findTimeAfterTail() {
        final int next = tailIndex + 1;
        if (summary.count() < 2) {
            evictTime = NEVER;
        } else if (next < copyEnd) {
            evictTime = states.copiedTime(window, next);
        } else {
            return findTimeInBlock(next);
        }
        return true;
    }

    private boolean findTimeInBlock(final int next) {
        if (!wrapTail(next)) {
            return false;
        }
        if (next < tailCount) {
            needsCopies = true;
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
