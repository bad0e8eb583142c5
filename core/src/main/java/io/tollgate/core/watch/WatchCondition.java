package io.tollgate.core.watch;

import io.tollgate.api.watch.Watch;
import io.tollgate.core.number.Threshold;

/** The conditions of a watch, evaluated on exact values. Immutable. */
final class WatchCondition {
    private final Watch watch;
    private final Threshold fire;
    private final Threshold clear;

    WatchCondition(final Watch watch) {
        this.watch = watch;
        fire = new Threshold(watch.fire());
        clear = watch.clear() == watch.fire() ? fire : new Threshold(watch.clear());
    }

    long forNs() {
        return watch.forNs();
    }

    boolean isAbove() {
        return watch.side() == Watch.Side.ABOVE;
    }

    double fire() {
        return watch.fire();
    }

    double clear() {
        return watch.clear();
    }

    /** Returns true if the last read value is beyond the firing threshold, false if there is no value. */
    boolean isBeyond(final WatchTimeline timeline) {
        if (!timeline.status().hasValue()) {
            return false;
        }
        final int comparison = timeline.compare(fire);
        return isAbove() ? comparison > 0 : comparison < 0;
    }

    /** Returns true if the last read value clears the watch, false if there is no value. */
    boolean isClearing(final WatchTimeline timeline) {
        if (!timeline.status().hasValue()) {
            return false;
        }
        final int comparison = timeline.compare(clear);
        return isAbove() ? comparison <= 0 : comparison >= 0;
    }
}
