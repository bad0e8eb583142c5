package io.tollgate.core.watch;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.core.read.CrossingSearch;

/**
 * Follows a watch through valid time, from an instant to now, and compares its events with the emitted ones. Events
 * that no longer exist are retracted, and new events are emitted, in the order of their instants. Writer only.
 */
final class WatchEvaluator {
    private static final long NEVER = Deadlines.NEVER;
    private static final long NONE = WatchState.NONE;

    /** The largest number of reads of a run at the instants of a grid. */
    private static final long MAX_GRID_CHECKS = 1_000;

    /** Receives the events. */
    interface UpdateSink {
        /** Receives an event, or the retraction of an event. */
        void publishUpdate(
                UpdateType type, long instantNs, Status oldStatus, double oldValue, Status newStatus, double newValue);
    }

    private final UpdateSink sink;
    private final long[] oldInstants = new long[Watch.MAX_EVENTS];
    private final double[] oldValues = new double[Watch.MAX_EVENTS];
    private final Status[] oldStatuses = new Status[Watch.MAX_EVENTS];
    private int oldCount;
    private int oldIndex;
    private boolean isNextOldFire;

    private final CrossingSearch crossing = new CrossingSearch(this::turns, this::distance);
    private final CrossingSearch turn = new CrossingSearch(this::isTurned, this::slope);

    private WatchTimeline timeline;
    private WatchCondition condition;
    private WatchState state;
    private long nowNs;
    private long gridNs;
    private boolean wasRising;
    private long beyondSinceNs;
    private boolean isFired;
    private Status status;
    private double value;

    WatchEvaluator(final UpdateSink sink) {
        this.sink = sink;
    }

    /** Sets the watch of the next run. */
    void watch(final WatchTimeline watchedTimeline, final WatchCondition watchCondition, final WatchState watchState) {
        timeline = watchedTimeline;
        condition = watchCondition;
        state = watchState;
    }

    /** Follows the watch from an instant on: the start of a change, or the end of the previous run. */
    void run(final long fromNs, final long upToNs) {
        nowNs = upToNs;
        final long finalNs = state.finalNs();
        final long earliest = Math.max(state.startNs(), finalNs == NONE ? NONE : finalNs + 1);
        final long from = Math.max(fromNs, earliest);
        gridNs = grid(from);
        takeOld(from);
        beyondSinceNs = isFired ? NONE : beyondSince(from);
        long checkNs = first(from, nowNs);
        while (checkNs <= nowNs) {
            check(checkNs);
            checkNs = next(checkNs);
        }
        while (oldIndex < oldCount) {
            retract();
        }
        state.ran(nowNs, beyondSinceNs, checkNs);
    }

    /** Removes the events at and after an instant from the state, and keeps them for comparison. */
    private void takeOld(final long fromNs) {
        final int count = state.count();
        int kept = count;
        while (kept > 0 && state.instantNs(kept - 1) >= fromNs) {
            kept--;
        }
        isFired = state.isFiredBefore(kept);
        isNextOldFire = !isFired;
        oldCount = count - kept;
        oldIndex = 0;
        for (int i = 0; i < oldCount; i++) {
            oldInstants[i] = state.instantNs(kept + i);
            oldValues[i] = state.value(kept + i);
            oldStatuses[i] = state.status(kept + i);
        }
        state.truncate(kept);
    }

    /**
     * Returns the instant since which the metric is beyond the threshold, just before an instant at which the watch has
     * not fired.
     */
    private long beyondSince(final long fromNs) {
        if (fromNs > state.ranToNs()) {
            return state.beyondSinceNs();
        }
        if (condition.forNs() == 0) {
            return NONE;
        }
        final int kept = state.count();
        long instantNs = Math.max(state.startNs() - 1, state.finalNs());
        instantNs = kept == 0 ? instantNs : Math.max(instantNs, state.instantNs(kept - 1));
        final long earliest = fromNs - condition.forNs() - 1;
        instantNs = earliest > fromNs ? instantNs : Math.max(instantNs, earliest);
        beyondSinceNs = NONE;
        for (instantNs = next(instantNs); instantNs < fromNs; instantNs = next(instantNs)) {
            read(instantNs);
            beyondSinceNs = !condition.isBeyond(timeline) ? NONE : beyondSinceNs == NONE ? instantNs : beyondSinceNs;
        }
        return beyondSinceNs;
    }

    /** Returns the first instant at which the watch reads its metric after a change. */
    private long first(final long fromNs, final long nowNs) {
        if (fromNs <= state.startNs()) {
            return state.startNs();
        }
        return orDue(fromNs - 1, orCrossing(fromNs - 1, timeline.firstNs(fromNs, nowNs)));
    }

    /** Returns the next instant at which the watch reads its metric. */
    private long next(final long instantNs) {
        final long startNs = state.startNs();
        if (instantNs < startNs) {
            return startNs;
        }
        return orDue(instantNs, orCrossing(instantNs, timeline.nextNs(instantNs)));
    }

    /**
     * Returns the first instant after {@code instantNs} and before {@code nextNs} at which time alone changes the state
     * of the watch. Returns {@code nextNs} if there is none.
     */
    private long orCrossing(final long instantNs, final long nextNs) {
        if (timeline.gridNs() != 0) {
            return nextNs - 1 == instantNs ? nextNs : Math.min(nextNs, nextOfGrid(instantNs, nextNs));
        }
        final long lastNs = Math.min(nextNs, Instants.MAX + 1) - 1;
        if (timeline.shape() == TimelineShape.CONSTANT || lastNs <= instantNs) {
            return nextNs;
        }
        timeline.anchor(instantNs);
        if (turns(lastNs)) {
            return cross(instantNs, lastNs);
        }
        return timeline.shape() == TimelineShape.MONOTONE ? nextNs : orTurn(instantNs, lastNs, nextNs);
    }

    /** Finds the crossing before an instant at which the state has changed. The instant must be the last one read. */
    private long cross(final long instantNs, final long lastNs) {
        final double lastDistance = distance();
        timeline.probe(instantNs);
        return crossing.first(instantNs, distance(), lastNs, lastDistance);
    }

    /**
     * Finds a crossing if the state is the same at both ends: a timeline that turns in between may cross before the
     * turn.
     */
    private long orTurn(final long instantNs, final long lastNs, final long nextNs) {
        if (isRiseWanted() && timeline.most() < (isFired ? condition.clear() : condition.fire())) {
            return nextNs;
        }
        final double lastSlope = timeline.slope();
        timeline.probe(instantNs);
        final double slope = timeline.slope();
        final boolean isTowards = isRiseWanted() ? slope > 0 && lastSlope < 0 : slope < 0 && lastSlope > 0;
        if (!isTowards) {
            return nextNs;
        }
        wasRising = slope > 0;
        final long turnNs = turn.first(instantNs, slope, lastNs, lastSlope);
        if (turns(turnNs)) {
            return cross(instantNs, turnNs);
        }
        return turnNs - 1 > instantNs && turns(turnNs - 1) ? cross(instantNs, turnNs - 1) : nextNs;
    }

    private boolean isTurned(final long atNs) {
        timeline.probe(atNs);
        return wasRising ? timeline.slope() <= 0 : timeline.slope() >= 0;
    }

    private double slope() {
        return timeline.slope();
    }

    /** Returns true if a reading at an instant fires or clears the watch, or begins or ends its wait. */
    private boolean turns(final long atNs) {
        timeline.probe(atNs);
        if (isFired) {
            return condition.isClearing(timeline);
        }
        return condition.isBeyond(timeline) == (beyondSinceNs == NONE);
    }

    private boolean isRiseWanted() {
        return condition.isAbove() == (!isFired && beyondSinceNs == NONE);
    }

    private double distance() {
        return timeline.value() - (isFired ? condition.clear() : condition.fire());
    }

    /**
     * Returns the grid of a run from an instant on. It is coarser than configured if there would be too many reads
     * until now.
     */
    private long grid(final long fromNs) {
        final long finestNs = timeline.gridNs();
        if (finestNs == 0 || fromNs > nowNs) {
            return finestNs;
        }
        final long checks =
                Long.divideUnsigned(nowNs - fromNs, finestNs) + Long.divideUnsigned(condition.forNs(), finestNs);
        return finestNs * (1 + checks / MAX_GRID_CHECKS);
    }

    private long nextOfGrid(final long instantNs, final long nextNs) {
        timeline.read(instantNs);
        if (nextNs == NEVER && timeline.isSettledAtLast() || !timeline.status().hasValue()) {
            return NEVER;
        }
        final long stepNs = instantNs < nowNs ? gridNs : timeline.gridNs();
        final long gridInstantNs = (Math.floorDiv(instantNs, stepNs) + 1) * stepNs;
        if (instantNs < nowNs && gridInstantNs > nowNs) {
            return nextOfGrid(nowNs, nextNs);
        }
        return gridInstantNs > instantNs && gridInstantNs <= Instants.MAX ? gridInstantNs : NEVER;
    }

    private long orDue(final long instantNs, final long next) {
        if (isFired || beyondSinceNs == NONE) {
            return next;
        }
        final long dueNs = due();
        return dueNs > instantNs ? Math.min(next, dueNs) : next;
    }

    private long due() {
        final long dueNs = beyondSinceNs + condition.forNs();
        return dueNs < beyondSinceNs ? NEVER : dueNs;
    }

    private void read(final long instantNs) {
        timeline.read(instantNs);
        status = timeline.status();
        value = status.hasValue() ? timeline.value() : Double.NaN;
    }

    private void check(final long instantNs) {
        read(instantNs);
        if (isFired) {
            if (condition.isClearing(timeline)) {
                event(instantNs);
            }
        } else if (!condition.isBeyond(timeline)) {
            beyondSinceNs = NONE;
        } else {
            beyondSinceNs = beyondSinceNs == NONE ? instantNs : beyondSinceNs;
            if (instantNs >= due()) {
                event(instantNs);
            }
        }
    }

    /** Fires or clears the watch, and emits the event unless it was emitted before. */
    private void event(final long instantNs) {
        final boolean isFire = !isFired;
        final Status eventStatus = status;
        final double eventValue = value;
        while (oldIndex < oldCount
                && (oldInstants[oldIndex] < instantNs
                        || oldInstants[oldIndex] == instantNs && isNextOldFire != isFire)) {
            retract();
        }
        if (oldIndex < oldCount && oldInstants[oldIndex] == instantNs) {
            state.append(instantNs, oldStatuses[oldIndex], oldValues[oldIndex]);
            oldIndex++;
            isNextOldFire = !isNextOldFire;
        } else {
            state.append(instantNs, eventStatus, eventValue);
            final UpdateType type = isFire ? UpdateType.FIRED : UpdateType.CLEARED;
            sink.publishUpdate(type, instantNs, Status.EMPTY, Double.NaN, eventStatus, eventValue);
        }
        isFired = isFire;
        beyondSinceNs = NONE;
    }

    private void retract() {
        final UpdateType type = isNextOldFire ? UpdateType.FIRE_RETRACTED : UpdateType.CLEAR_RETRACTED;
        read(oldInstants[oldIndex]);
        sink.publishUpdate(type, oldInstants[oldIndex], oldStatuses[oldIndex], oldValues[oldIndex], status, value);
        oldIndex++;
        isNextOldFire = !isNextOldFire;
    }
}
