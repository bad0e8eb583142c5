package io.tollgate.core.window;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_WINDOW_STATES;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.WindowSetBlock;
import io.tollgate.core.store.tree.PointChange;
import io.tollgate.core.store.tree.PointCursor;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.store.tree.TreePath;

/**
 * Keeps the states of the registered windows near the end of their series. A series whose points fit one block has no
 * states: a reader scans that block as quickly, and in large data sets most series never fill it.
 *
 * <p>All states of a series stand at its frontier: the last point of an instant that is in effect. Pending points come
 * after it, and a later change includes them when they are in effect. Until then a reader adds them itself. Writer
 * only, between {@link SeriesRecord#beginChange(long)} and {@link SeriesRecord#endChange(long)}.
 */
public final class WindowStates {
    private final BlockStore blocks;
    private final WindowSetBlock windowSet;
    private final WindowStateBlock states;
    private final WindowRun run;
    private final RunSearch search;
    private final TreePath path;
    private final PointCursor cursor;
    private final NarrowAppend narrow;
    private final PointMoves moves = new PointMoves();
    private final RunSummary added = new RunSummary();

    /**
     * Creates the states of all series of a store.
     *
     * @param blocks where the blocks are.
     */
    public WindowStates(final BlockStore blocks) {
        this.blocks = blocks;
        windowSet = new WindowSetBlock(blocks);
        states = new WindowStateBlock(blocks);
        run = new WindowRun(blocks, states);
        narrow = new NarrowAppend(blocks, states);
        search = new RunSearch(blocks);
        path = new TreePath(blocks);
        cursor = new PointCursor(blocks);
    }

    /**
     * Updates the states of a series after a change.
     *
     * @param series that was changed.
     * @param change that was made.
     * @param now    points after it are pending and stay out of the states.
     */
    public void apply(final SeriesRecord series, final PointChange change, final long now) {
        if (series.stateBlock() == NO_BLOCK) {
            if (series.treeHeight() > 0 && series.windowSetBlock() != NO_BLOCK) {
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
        if (!follow(series, change, now)) {
            states.widen();
            renewAll(series, now);
        }
    }

    /**
     * Returns true if {@link #append} takes a point that is appended to the last block of a series, at a new instant:
     * there are no states to update, or they end with the last point.
     *
     * @param series before the change.
     * @param time   of the new point.
     * @param now    points after it are pending.
     * @return false if {@link #apply} must follow the change.
     */
    public boolean canAppend(final SeriesRecord series, final long time, final long now) {
        final long stateBlock = series.stateBlock();
        if (stateBlock == NO_BLOCK) {
            return series.treeHeight() == 0 || series.windowSetBlock() == NO_BLOCK;
        }
        states.wrap(stateBlock);
        return time <= now
                && states.frontierTime() == series.lastTime()
                && states.frontierBlock() == series.tailBlock();
    }

    /**
     * Returns the number of points in the last block, which the states know without its header. {@link #canAppend} must
     * have returned true.
     *
     * @param series before the change.
     * @return the count, {@link PointTree#UNKNOWN_COUNT} if there are no states.
     */
    public int lastBlockCount(final SeriesRecord series) {
        return series.stateBlock() == NO_BLOCK ? PointTree.UNKNOWN_COUNT : states.frontierIndex() + 1;
    }

    /**
     * Updates the states of a series after a point was appended, after {@link #canAppend} has returned true for it.
     *
     * @param series to which it was appended.
     * @param index  of it in the last block.
     * @param time   of it.
     * @param value  of it.
     */
    public void append(final SeriesRecord series, final int index, final long time, final long value) {
        if (series.stateBlock() != NO_BLOCK && !appendToEach(series, index, time, value)) {
            states.widen();
            renewAll(series, time);
        }
    }

    /** Returns false if the states must become wide and be recomputed. */
    private boolean follow(final SeriesRecord series, final PointChange change, final long now) {
        final boolean isStep = series.isStep();
        boolean fits = true;
        if (change.isRemoval()) {
            if (isFrontier(change)) {
                renewAll(series, now);
                return true;
            }
            fits = remove(series, change, isStep);
        } else if (change.isRevision()) {
            fits = revise(series, change, isStep);
        } else if (!change.isAppend() && !change.isWithoutEffect()) {
            fits = insert(series, change, isStep);
        }
        return fits && advance(series, now, isStep);
    }

    private void create(final SeriesRecord series, final long now) {
        windowSet.wrap(series.windowSetBlock());
        final int count = windowSet.stateCount();
        if (count == 0) {
            return;
        }
        final long block =
                blocks.allocate(WindowStateDescriptor.sizeClass(count), TYPE_WINDOW_STATES, series.seriesNumber());
        states.begin(
                block, count, series.isStep() ? WindowStateDescriptor.NARROW_STEP : WindowStateDescriptor.NARROW_FLOW);
        for (int i = windowSet.count() - 1, state = count; i >= 0; i--) {
            if (windowSet.keepsState(i)) {
                states.lengthNs(--state, windowSet.lengthNs(i));
            }
        }
        series.stateBlock(block);
        renewAll(series, now);
    }

    /** The last point was removed: the next points will again fit one block, which needs no states. */
    private void discard(final SeriesRecord series) {
        blocks.free(series.stateBlock());
        series.stateBlock(NO_BLOCK);
    }

    private void renewAll(final SeriesRecord series, final long now) {
        if (!path.floor(series, now, Long.MAX_VALUE) || path.index() < 0) {
            states.frontier(NO_BLOCK, 0, Long.MIN_VALUE, 0);
            return;
        }
        states.frontier(path.points().blockNumber(), path.index(), path.time(), path.value());
        if (!renewEach(series)) {
            states.widen();
            renewEach(series);
        }
    }

    private boolean renewEach(final SeriesRecord series) {
        boolean fits = true;
        for (int i = 0; i < states.count() && fits; i++) {
            run.load(i, series.isStep());
            run.renew(series, path.time(), search);
            fits = run.store();
        }
        return fits;
    }

    /** A point lies inside the frontier if the frontier, or another point of the frontier's instant, lies after it. */
    private boolean isInside(final PointChange change) {
        return change.time() < states.frontierTime()
                || change.time() == states.frontierTime() && change.nextTime() == states.frontierTime();
    }

    private boolean isFrontier(final PointChange change) {
        return change.block() == states.frontierBlock() && change.index() == states.frontierIndex();
    }

    private boolean remove(final SeriesRecord series, final PointChange change, final boolean isStep) {
        final long frontierTime = states.frontierTime();
        if (change.time() > frontierTime) {
            return true;
        }
        boolean fits = true;
        moveFrontier(change);
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            final boolean isExact = run.remove(change, frontierTime);
            run.follow(moves);
            if (!isExact) {
                run.renew(series, frontierTime, search);
            }
            fits &= run.store();
        }
        return fits;
    }

    private void moveFrontier(final PointChange change) {
        moves.begin(change);
        moves.follow(states.frontierBlock(), states.frontierIndex());
        states.moveFrontier(moves.block(), moves.index());
    }

    /** A point after the frontier touches only the states whose tails it has moved. */
    private boolean insert(final SeriesRecord series, final PointChange change, final boolean isStep) {
        boolean fits = true;
        final long frontierTime = states.frontierTime();
        final boolean isInside = isInside(change);
        moveFrontier(change);
        for (int i = 0; i < states.count(); i++) {
            if (isInside || moves.isNear(states.tailBlock(i))) {
                run.load(i, isStep);
                run.follow(moves);
                if (isInside && !run.insert(change, frontierTime)) {
                    run.renew(series, frontierTime, search);
                }
                fits &= run.store();
            }
        }
        return fits;
    }

    private boolean revise(final SeriesRecord series, final PointChange change, final boolean isStep) {
        final long frontierTime = states.frontierTime();
        if (change.time() > frontierTime) {
            return true;
        }
        boolean fits = true;
        final boolean isLast = isFrontier(change);
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            if (!run.revise(change, frontierTime, isLast)) {
                run.renewExtremes(series, frontierTime, search);
            }
            fits &= run.store();
        }
        if (isLast) {
            states.frontierValue(change.value());
        }
        return fits;
    }

    /** Moves the frontier by one point, just appended. */
    private boolean appendToEach(final SeriesRecord series, final int index, final long time, final long value) {
        final boolean isStep = series.isStep();
        final long block = states.frontierBlock();
        final long lastTime = states.frontierTime();
        final long lastValue = states.frontierValue();
        final boolean isNarrow = states.isNarrow();
        states.moveFrontier(block, index);
        final int count = states.count();
        if (isNarrow) {
            narrow.loadTails(isStep ? 1 : 0);
        }
        boolean fits = true;
        for (int i = 0; i < count; i++) {
            final boolean isDone = isNarrow
                    && (isStep
                            ? narrow.appendLevel(i, time, value, lastTime, lastValue)
                            : narrow.appendEvent(i, time, value, lastValue));
            if (!isDone) {
                fits &= appendByRun(series, i, time, value);
            }
        }
        states.frontier(block, index, time, value);
        return fits;
    }

    /** Moves one state by one appended point, in any way that this needs. */
    private boolean appendByRun(final SeriesRecord series, final int window, final long time, final long value) {
        run.load(window, series.isStep());
        run.append(time, value);
        return evictAndStore(series, time);
    }

    /** Evicts the points that leave the loaded run, and stores it. */
    private boolean evictAndStore(final SeriesRecord series, final long atNs) {
        if (!run.evict(atNs)) {
            run.renew(series, atNs, search);
        }
        return run.store();
    }

    /**
     * Moves the frontier over all points in effect. A run that must be summed again is summed at the new frontier only:
     * between two points of one instant there is no state.
     */
    private boolean advance(final SeriesRecord series, final long now, final boolean isStep) {
        cursor.place(states.frontierBlock(), states.frontierIndex());
        added.clear(isStep);
        while (cursor.advance() && cursor.time() <= now) {
            series.requireIntact(added.count() < series.pointCount());
            states.moveFrontier(cursor.block(), cursor.index());
            added.append(cursor.time(), cursor.value());
        }
        if (added.count() == 0) {
            return true;
        }
        boolean fits = true;
        for (int i = 0; i < states.count(); i++) {
            run.load(i, isStep);
            run.append(added);
            fits &= evictAndStore(series, added.lastTime());
        }
        states.frontier(states.frontierBlock(), states.frontierIndex(), added.lastTime(), added.lastValue());
        return fits;
    }
}
