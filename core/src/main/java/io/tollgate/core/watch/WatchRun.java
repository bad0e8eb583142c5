package io.tollgate.core.watch;

import io.tollgate.api.Status;
import io.tollgate.api.UpdateType;
import io.tollgate.api.Watch;

/**
 * Follows a watch through valid time, from an instant on up to now, and compares its events with those that
 * were told: what is no longer one is retracted, what is new is told, in the order of their instants. Writer only.
 */
final class WatchRun {
    private static final long NEVER = Deadlines.NEVER;
    private static final long NONE = WatchStates.NONE;

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

    private WatchStates states;
    private WatchedCourse course;
    private Watch watch;
    private int state;
    private long beyondSinceNs;
    private boolean isFired;
    private Status status;
    private double value;

    WatchRun(final Teller teller) {
        this.teller = teller;
    }

    /** Goes over to a watch on something. */
    void watch(final WatchedCourse watchedCourse, final Watch definition, final WatchStates table, final int index) {
        course = watchedCourse;
        watch = definition;
        states = table;
        state = index;
    }

    /** Follows it from an instant on, at which something may have changed, or behind which it was not followed yet. */
    void run(final long fromNs, final long nowNs) {
        final long finalNs = states.finalNs(state);
        final long earliest = Math.max(states.startNs(state), finalNs == NONE ? NONE : finalNs + 1);
        final long from = Math.max(fromNs, earliest);
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
        states.ran(state, nowNs, beyondSinceNs, lookNs);
    }

    /** Takes the events told of that instant and later ones out of the state, to compare with. */
    private void takeOld(final long fromNs) {
        final int count = states.count(state);
        int kept = count;
        while (kept > 0 && states.instantNs(state, kept - 1) >= fromNs) {
            kept--;
        }
        isFired = states.isFiredBefore(state, kept);
        isNextOldFire = !isFired;
        oldCount = count - kept;
        oldIndex = 0;
        for (int i = 0; i < oldCount; i++) {
            oldInstants[i] = states.instantNs(state, kept + i);
            oldValues[i] = states.value(state, kept + i);
            oldStatuses[i] = states.status(state, kept + i);
        }
        states.truncate(state, kept);
    }

    /** Since when the metric is beyond the threshold just before an instant at which the watch has not fired. */
    private long beyondSince(final long fromNs) {
        if (fromNs > states.ranToNs(state)) {
            return states.beyondSinceNs(state);
        }
        if (watch.forNs() == 0) {
            return NONE;
        }
        final int kept = states.count(state);
        long instantNs = Math.max(states.startNs(state) - 1, states.finalNs(state));
        instantNs = kept == 0 ? instantNs : Math.max(instantNs, states.instantNs(state, kept - 1));
        final long earliest = fromNs - watch.forNs() - 1;
        instantNs = earliest > fromNs ? instantNs : Math.max(instantNs, earliest);
        beyondSinceNs = NONE;
        for (instantNs = next(instantNs); instantNs < fromNs; instantNs = next(instantNs)) {
            read(instantNs);
            beyondSinceNs = !watch.isBeyond(value) ? NONE : beyondSinceNs == NONE ? instantNs : beyondSinceNs;
        }
        return beyondSinceNs;
    }

    /** The first instant at which the watch looks at what has changed from one on. */
    private long first(final long fromNs, final long nowNs) {
        if (fromNs <= states.startNs(state)) {
            return states.startNs(state);
        }
        return orDue(fromNs - 1, course.firstNs(fromNs, nowNs));
    }

    /** The next instant at which the watch looks at its metric. */
    private long next(final long instantNs) {
        final long startNs = states.startNs(state);
        if (instantNs < startNs) {
            return startNs;
        }
        return orDue(instantNs, course.nextNs(instantNs));
    }

    private long orDue(final long instantNs, final long next) {
        if (isFired || beyondSinceNs == NONE) {
            return next;
        }
        final long dueNs = due();
        return dueNs > instantNs ? Math.min(next, dueNs) : next;
    }

    private long due() {
        final long dueNs = beyondSinceNs + watch.forNs();
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
            if (watch.isClearing(value)) {
                event(instantNs);
            }
        } else if (!watch.isBeyond(value)) {
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
            states.append(state, instantNs, oldStatuses[oldIndex], oldValues[oldIndex]);
            oldIndex++;
            isNextOldFire = !isNextOldFire;
        } else {
            states.append(state, instantNs, eventStatus, eventValue);
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
