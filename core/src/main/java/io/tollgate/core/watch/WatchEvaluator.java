package io.tollgate.core.watch;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.core.read.CrossingSearch;

/**
 * Follows a watch through valid time, from an instant on up to now, and compares its events with those that
 * were told: what is no longer one is retracted, what is new is told, in the order of their instants. Writer only.
 */
final class WatchEvaluator {
    private static final long NEVER = Deadlines.NEVER;
    private static final long NONE = WatchState.NONE;

    /** Most looks of a run at the instants of a grid. */
    private static final long MAX_GRID_LOOKS = 1_000;

    /** Is told what is to be told. */
    interface Teller {
        /** Tells one event, or that one is taken back. */
        void tell(
                UpdateType type, long instantNs, Status oldStatus, double oldValue, Status newStatus, double newValue);
    }

    private final Teller teller;
    private final long[] oldInstants = new long[Watch.MAX_EVENTS];
    private final double[] oldValues = new double[Watch.MAX_EVENTS];
    private final Status[] oldStatuses = new Status[Watch.MAX_EVENTS];
    private int oldCount;
    private int oldIndex;
    private boolean isNextOldFire;

    private final CrossingSearch crossing = new CrossingSearch(this::turns, this::distance);
    private final CrossingSearch turn = new CrossingSearch(this::isTurned, this::slope);

    private WatchTimeline course;
    private WatchCondition condition;
    private WatchState state;
    private long nowNs;
    private long gridNs;
    private boolean wasRising;
    private long beyondSinceNs;
    private boolean isFired;
    private Status status;
    private double value;

    WatchEvaluator(final Teller teller) {
        this.teller = teller;
    }

    /** Goes over to a watch on something. */
    void watch(final WatchTimeline watchedCourse, final WatchCondition watchCondition, final WatchState watchState) {
        course = watchedCourse;
        condition = watchCondition;
        state = watchState;
    }

    /** Follows it from an instant on, at which something may have changed, or behind which it was not followed yet. */
    void run(final long fromNs, final long upToNs) {
        nowNs = upToNs;
        final long finalNs = state.finalNs();
        final long earliest = Math.max(state.startNs(), finalNs == NONE ? NONE : finalNs + 1);
        final long from = Math.max(fromNs, earliest);
        gridNs = grid(from);
        takeOld(from);
        beyondSinceNs = isFired ? NONE : beyondSince(from);
        long lookNs = first(from, nowNs);
        while (lookNs <= nowNs) {
            look(lookNs);
            lookNs = next(lookNs);
        }
        while (oldIndex < oldCount) {
            retract();
        }
        state.ran(nowNs, beyondSinceNs, lookNs);
    }

    /** Takes the events told of that instant and later ones out of the state, to compare with. */
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

    /** Since when the metric is beyond the threshold just before an instant at which the watch has not fired. */
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
            beyondSinceNs = !condition.isBeyond(course) ? NONE : beyondSinceNs == NONE ? instantNs : beyondSinceNs;
        }
        return beyondSinceNs;
    }

    /** The first instant at which the watch looks at what has changed from one on. */
    private long first(final long fromNs, final long nowNs) {
        if (fromNs <= state.startNs()) {
            return state.startNs();
        }
        return orDue(fromNs - 1, orCrossing(fromNs - 1, course.firstNs(fromNs, nowNs)));
    }

    /** The next instant at which the watch looks at its metric. */
    private long next(final long instantNs) {
        final long startNs = state.startNs();
        if (instantNs < startNs) {
            return startNs;
        }
        return orDue(instantNs, orCrossing(instantNs, course.nextNs(instantNs)));
    }

    /** The first instant behind one, and before the next, at which time alone makes the watch change its state. */
    private long orCrossing(final long instantNs, final long nextNs) {
        if (course.gridNs() != 0) {
            return nextNs - 1 == instantNs ? nextNs : Math.min(nextNs, nextOfGrid(instantNs, nextNs));
        }
        final long lastNs = Math.min(nextNs, Instants.MAX + 1) - 1;
        if (course.shape() == TimelineShape.CONSTANT || lastNs <= instantNs) {
            return nextNs;
        }
        course.anchor(instantNs);
        if (turns(lastNs)) {
            return cross(instantNs, lastNs);
        }
        return course.shape() == TimelineShape.MONOTONE ? nextNs : orTurn(instantNs, lastNs, nextNs);
    }

    /** Finds the crossing up to an instant at which the state has changed, which was read last. */
    private long cross(final long instantNs, final long lastNs) {
        final double lastDistance = distance();
        course.probe(instantNs);
        return crossing.first(instantNs, distance(), lastNs, lastDistance);
    }

    /** The same where the state is the same at both ends: if the course turns in between, it may cross before that. */
    private long orTurn(final long instantNs, final long lastNs, final long nextNs) {
        if (isRiseWanted() && course.most() < (isFired ? condition.clear() : condition.fire())) {
            return nextNs;
        }
        final double lastSlope = course.slope();
        course.probe(instantNs);
        final double slope = course.slope();
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
        course.probe(atNs);
        return wasRising ? course.slope() <= 0 : course.slope() >= 0;
    }

    private double slope() {
        return course.slope();
    }

    /** True if a reading at an instant makes the watch fire, clear, or begin or end to wait. */
    private boolean turns(final long atNs) {
        course.probe(atNs);
        if (isFired) {
            return condition.isClearing(course);
        }
        return condition.isBeyond(course) == (beyondSinceNs == NONE);
    }

    private boolean isRiseWanted() {
        return condition.isAbove() == (!isFired && beyondSinceNs == NONE);
    }

    private double distance() {
        return course.value() - (isFired ? condition.clear() : condition.fire());
    }

    /** The grid of a run from an instant on: coarser if it would have too many looks up to now. */
    private long grid(final long fromNs) {
        final long finestNs = course.gridNs();
        if (finestNs == 0 || fromNs > nowNs) {
            return finestNs;
        }
        final long looks =
                Long.divideUnsigned(nowNs - fromNs, finestNs) + Long.divideUnsigned(condition.forNs(), finestNs);
        return finestNs * (1 + looks / MAX_GRID_LOOKS);
    }

    private long nextOfGrid(final long instantNs, final long nextNs) {
        course.read(instantNs);
        if (nextNs == NEVER && course.isSettledAtLast() || !course.status().hasValue()) {
            return NEVER;
        }
        final long stepNs = instantNs < nowNs ? gridNs : course.gridNs();
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
        course.read(instantNs);
        status = course.status();
        value = status.hasValue() ? course.value() : Double.NaN;
    }

    private void look(final long instantNs) {
        read(instantNs);
        if (isFired) {
            if (condition.isClearing(course)) {
                event(instantNs);
            }
        } else if (!condition.isBeyond(course)) {
            beyondSinceNs = NONE;
        } else {
            beyondSinceNs = beyondSinceNs == NONE ? instantNs : beyondSinceNs;
            if (instantNs >= due()) {
                event(instantNs);
            }
        }
    }

    /** The watch fires or clears: tells it, unless it was told already. */
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
            teller.tell(type, instantNs, Status.EMPTY, Double.NaN, eventStatus, eventValue);
        }
        isFired = isFire;
        beyondSinceNs = NONE;
    }

    private void retract() {
        final UpdateType type = isNextOldFire ? UpdateType.FIRE_RETRACTED : UpdateType.CLEAR_RETRACTED;
        read(oldInstants[oldIndex]);
        teller.tell(type, oldInstants[oldIndex], oldStatuses[oldIndex], oldValues[oldIndex], status, value);
        oldIndex++;
        isNextOldFire = !isNextOldFire;
    }
}
