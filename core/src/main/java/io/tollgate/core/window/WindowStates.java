package io.tollgate.core.window;

import static io.tollgate.core.store.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.BlockDescriptor.SMALL;
import static io.tollgate.core.store.BlockDescriptor.TYPE_WINDOW_STATES;
import static io.tollgate.core.store.BlockDescriptor.sizeClass;

import io.tollgate.core.store.BlockStore;
import io.tollgate.core.store.PointChange;
import io.tollgate.core.store.PointCursor;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.TreePath;
import io.tollgate.core.store.WindowSetBlock;

/**
 * Keeps the states of the registered windows up to date with each point of their series.
 *
 * <p>All states of a series stand at its frontier: the last point in time order that was in effect when the series was
 * last changed. Points behind it are pending, or have come into effect since; a reader adds those itself. Writer only,
 * between {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
 */
public final class WindowStates {
    private final BlockStore blocks;
    private final WindowSetBlock windowSet;
    private final WindowStateBlock states;
    private final WindowRun run;
    private final RunSearch search;
    private final TreePath path;
    private final PointCursor cursor;
    private final PointMoves moves = new PointMoves();

    /**
     * Keeps the states of all series of a store.
     *
     * @param blocks where the blocks are.
     */
    public WindowStates(final BlockStore blocks) {
        this.blocks = blocks;
        windowSet = new WindowSetBlock(blocks);
        states = new WindowStateBlock(blocks);
        run = new WindowRun(blocks, states);
        search = new RunSearch(blocks);
        path = new TreePath(blocks);
        cursor = new PointCursor(blocks);
    }

    /**
     * Takes a change of a series in.
     *
     * @param series that was changed.
     * @param change that was made.
     * @param now    points after it are pending and stay out of the states.
     */
    public void apply(final SeriesRecord series, final PointChange change, final long now) {
        if (series.stateBlock() == NO_BLOCK) {
            if (series.windowSetBlock() != NO_BLOCK && sizeClass(series.rootBlock()) != SMALL) {
                create(series, now);
            }
            return;
        }
        if (series.pointCount() == 0) {
            discard(series);
            return;
        }
        states.wrap(series.stateBlock());
        if (states.frontierBlock() == NO_BLOCK) {
            renewAll(series, now);
            return;
        }
        final boolean isStep = series.isStep();
        if (change.isRemoval()) {
            if (isFrontier(change)) {
                renewAll(series, now);
                return;
            }
            remove(series, change, isStep);
        } else if (change.isRevision()) {
            revise(series, change, isStep);
        } else if (!change.isAppend() && !change.isIgnored()) {
            follow(change, isStep);
            if (isInside(change)) {
                insert(series, change, isStep);
            }
        }
        if (isNextBehindFrontier(change)) {
            append(series, change, now, isStep);
        } else if (series.lastTime() > states.frontierTime() || change.isAppend()) {
            advance(series, now, isStep);
        }
    }

    /** The common case: nothing was pending, and the point appended stands in the block of the last one before it. */
    private boolean isNextBehindFrontier(final PointChange change) {
        return change.isAppend()
                && change.index() == states.frontierIndex() + 1
                && change.block() == states.frontierBlock();
    }

    private void append(final SeriesRecord series, final PointChange change, final long now, final boolean isStep) {
        final long time = change.time();
        if (time > now) {
            return;
        }
        states.frontier(change.block(), change.index(), time);
        final int count = states.count();
        for (int i = 0; i < count; i++) {
            run.load(i, isStep);
            run.append(time, change.value());
            if (!run.evict(time)) {
                run.renew(series, time, search);
            }
            run.store();
        }
    }

    private void create(final SeriesRecord series, final long now) {
        windowSet.wrap(series.windowSetBlock());
        final int count = windowSet.stateCount();
        if (count == 0) {
            return;
        }
        final long block =
                blocks.allocate(WindowStateDescriptor.sizeClass(count), TYPE_WINDOW_STATES, series.seriesNumber());
        states.wrap(block);
        states.count(count);
        for (int i = windowSet.count() - 1, state = count; i >= 0; i--) {
            if (windowSet.keepsState(i)) {
                states.lengthNs(--state, windowSet.lengthNs(i));
            }
        }
        series.stateBlock(block);
        renewAll(series, now);
    }

    /** The last point is gone: the next ones will stand in a small block again, which needs no states. */
    private void discard(final SeriesRecord series) {
        blocks.free(series.stateBlock());
        series.stateBlock(NO_BLOCK);
    }

    private void renewAll(final SeriesRecord series, final long now) {
        if (!path.floor(series, now, Long.MAX_VALUE) || path.index() < 0) {
            states.frontier(NO_BLOCK, 0, Long.MIN_VALUE);
            return;
        }
        states.frontier(path.points().blockNumber(), path.index(), path.time());
        for (int i = 0; i < states.count(); i++) {
            run.load(i, series.isStep());
            run.renew(series, path.time(), search);
            run.store();
        }
    }

    /** A point lies inside the frontier if the frontier, or another point of its instant, lies behind it. */
    private boolean isInside(final PointChange change) {
        return change.time() < states.frontierTime()
                || change.time() == states.frontierTime() && change.nextTime() == states.frontierTime();
    }

    private boolean isFrontier(final PointChange change) {
        return change.block() == states.frontierBlock() && change.index() == states.frontierIndex();
    }

    private void remove(final SeriesRecord series, final PointChange change, final boolean isStep) {
        final long frontierTime = states.frontierTime();
        if (change.time() > frontierTime) {
            return;
        }
        moveFrontier(change);
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            final boolean isExact = run.remove(change, frontierTime);
            run.follow(moves);
            if (!isExact) {
                run.renew(series, frontierTime, search);
            }
            run.store();
        }
    }

    private void moveFrontier(final PointChange change) {
        moves.begin(change);
        moves.follow(states.frontierBlock(), states.frontierIndex());
        states.frontier(moves.block(), moves.index(), states.frontierTime());
    }

    private void follow(final PointChange change, final boolean isStep) {
        moveFrontier(change);
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            run.follow(moves);
            run.store();
        }
    }

    private void insert(final SeriesRecord series, final PointChange change, final boolean isStep) {
        final long frontierTime = states.frontierTime();
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            if (!run.insert(change, frontierTime)) {
                run.renew(series, frontierTime, search);
            }
            run.store();
        }
    }

    private void revise(final SeriesRecord series, final PointChange change, final boolean isStep) {
        final long frontierTime = states.frontierTime();
        if (change.time() > frontierTime) {
            return;
        }
        final boolean isLast = isFrontier(change);
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            if (!run.revise(change, frontierTime, isLast)) {
                run.renewExtremes(series, frontierTime, search);
            }
            run.store();
        }
    }

    /**
     * Moves the frontier over all points that are in effect. A run that must be summed up again is, at the new frontier
     * only: between two points of one instant there is no state.
     */
    private void advance(final SeriesRecord series, final long now, final boolean isStep) {
        final long oldBlock = states.frontierBlock();
        final int oldIndex = states.frontierIndex();
        cursor.place(oldBlock, oldIndex);
        int count = 0;
        while (cursor.advance() && cursor.time() <= now) {
            states.frontier(cursor.block(), cursor.index(), cursor.time());
            count++;
        }
        if (count == 0) {
            return;
        }
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            if (count > WindowRun.MAX_STEPS || !append(oldBlock, oldIndex, count)) {
                run.renew(series, states.frontierTime(), search);
            }
            run.store();
        }
    }

    private boolean append(final long oldBlock, final int oldIndex, final int count) {
        cursor.place(oldBlock, oldIndex);
        for (int i = 0; i < count; i++) {
            cursor.advance();
            run.append(cursor.time(), cursor.value());
        }
        return run.evict(states.frontierTime());
    }
}
