package io.tollgate.core.window;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_WINDOW_STATES;

import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.registration.WindowSetBlock;
import io.tollgate.core.store.tree.PointChange;
import io.tollgate.core.store.tree.PointCursor;
import io.tollgate.core.store.tree.TreePath;

/**
 * Keeps the states of the registered windows near the end of their series. A series whose points fit one block has no
 * states: a reader scans that block as quickly, and in large data sets most series never fill it.
 *
 * <p>All states of a series stand at its frontier: the last point of an instant that is in effect. Appended points wait
 * after the frontier until they complete a group, which the states include at once; so most points touch neither the
 * states nor the points that leave their windows. A reader itself adds the points after the frontier: waiting points,
 * and points that were pending when the frontier last moved. Any other change is included at once, but waiting points
 * keep waiting unless they are a group. Writer only, between {@link SeriesRecord#beginChange(long)} and
 * {@link SeriesRecord#endChange(long)}.
 */
public final class WindowStates {
    /** Number of appended points that the states include together; a power of two. */
    public static final int GROUP_LENGTH = 4;

    private final BlockStore blocks;
    private final WindowSetBlock windowSet;
    private final WindowStateBlock states;
    private final WindowRun run;
    private final RunSearch search;
    private final TreePath path;
    private final PointCursor cursor;
    private final PointBlock tail;
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
        narrow = new NarrowAppend(states);
        search = new RunSearch(blocks);
        path = new TreePath(blocks);
        cursor = new PointCursor(blocks);
        tail = new PointBlock(blocks);
    }

    /**
     * Updates the states of a series after a change.
     *
     * @param series that was changed.
     * @param change that was made.
     * @param now    points after it are pending and stay out of the states.
     * @param isAlone whether the states include an appended point at once, without waiting for a group.
     */
    public void apply(final SeriesRecord series, final PointChange change, final long now, final boolean isAlone) {
        if (series.stateBlock() == NO_BLOCK) {
            if (series.windowSetBlock() != NO_BLOCK && series.treeHeight() > 0) {
                create(series, now);
            }
            return;
        }
        if (!isAlone && isDeferred(change)) {
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

    /** Returns false if the states must become wide and be recomputed. */
    private boolean follow(final SeriesRecord series, final PointChange change, final long now) {
        final boolean isStep = series.isStep();
        if (isNextAfterFrontier(change) && change.time() <= now) {
            return append(series, change, isStep);
        }
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
        if (fits && (change.isAppend() || change.time() == states.frontierTime() || isGroupWaiting(series))) {
            fits = advance(series, now, isStep);
        }
        return fits;
    }

    /**
     * Returns true if the states stay unchanged: a point was appended, but not the last of a group. A point at the
     * instant of the last one is included at once, so that the frontier is always the last point of its instant.
     *
     * @param change of a series that has states.
     * @return whether the states need not follow it yet.
     */
    public static boolean isDeferred(final PointChange change) {
        return change.isNewInstant() && !endsGroup(change.index());
    }

    /**
     * Returns true if an appended point is the last of a group.
     *
     * @param index of the point in its block.
     * @return whether the states include the group with it.
     */
    public static boolean endsGroup(final int index) {
        return (index & GROUP_LENGTH - 1) == GROUP_LENGTH - 1;
    }

    /** Returns true if a whole group waits after the frontier, or the waiting points are in another block. */
    private boolean isGroupWaiting(final SeriesRecord series) {
        return series.tailBlock() != states.frontierBlock()
                || tail.wrap(series.tailBlock()) && tail.count() - 1 - states.frontierIndex() >= GROUP_LENGTH;
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
        states.begin(count, series.isStep() ? WindowStateDescriptor.NARROW_STEP : WindowStateDescriptor.NARROW_FLOW);
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

    /** Returns true if a point was appended just after the frontier, in the same block. */
    private boolean isNextAfterFrontier(final PointChange change) {
        return change.isNewInstant()
                && change.block() == states.frontierBlock()
                && change.index() - 1 == states.frontierIndex();
    }

    /** Moves the frontier by one point, just appended. */
    private boolean append(final SeriesRecord series, final PointChange change, final boolean isStep) {
        final long time = change.time();
        final long value = change.value();
        final long lastTime = states.frontierTime();
        final long lastValue = states.frontierValue();
        final boolean isNarrow = states.isNarrow();
        states.moveFrontier(change.block(), change.index());
        boolean fits = true;
        for (int i = 0; i < states.count(); i++) {
            final boolean isDone = isNarrow
                    && (isStep
                            ? narrow.appendLevel(i, time, value, lastTime, lastValue)
                            : narrow.appendEvent(i, time, value, lastValue));
            if (!isDone) {
                run.load(i, isStep);
                run.append(time, value);
                fits &= evictAndStore(series, time);
            }
        }
        states.frontier(change.block(), change.index(), time, value);
        return fits;
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
