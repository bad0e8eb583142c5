package io.tollgate.core;

import io.tollgate.api.Dependence;
import io.tollgate.api.Instants;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.WindowActs;
import io.tollgate.core.watch.WatchedCourse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The instants at which time alone changes what a value rests on, with all points as they are now. Used by the thread
 * that follows it.
 */
final class ChangeInstants {
    private static final long NEVER = WatchedCourse.NEVER;

    /** What one window holds of series. */
    private record Acts(Window window, WindowActs instants) {}

    /** What is asked of many series, as seen from some time earlier. */
    private record Earlier(PanelLook look, long earlierNs) {}

    private final List<Acts> windows = new ArrayList<>();
    private final List<Earlier> panels = new ArrayList<>();
    private final long[] dates;
    private final long[] lengthsNs;
    private long nextNs;

    /**
     * @param value  that rests on it.
     * @param looks  makes a look at what is asked of many series.
     * @param levels reads series.
     */
    ChangeInstants(final WatchedValue value, final Function<WatchedPanel, PanelLook> looks, final LevelReader levels) {
        for (final Dependence dependence : value.dependences()) {
            if (dependence instanceof Dependence.OnWindow on) {
                actsOf(on.window(), levels).add(on.series(), on.earlierNs());
            } else if (dependence instanceof Dependence.OnPanel on) {
                panels.add(new Earlier(looks.apply(on.panel()), on.earlierNs()));
            }
        }
        dates = value.dependences().stream()
                .filter(Dependence.OnInstants.class::isInstance)
                .flatMap(on -> ((Dependence.OnInstants) on).instants().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        lengthsNs = value.dependences().stream()
                .filter(Dependence.OnGrid.class::isInstance)
                .mapToLong(on -> ((Dependence.OnGrid) on).everyNs())
                .toArray();
    }

    private WindowActs actsOf(final Window window, final LevelReader levels) {
        for (final Acts acts : windows) {
            if (acts.window().equals(window)) {
                return acts.instants();
            }
        }
        windows.add(new Acts(window, new WindowActs(levels)));
        return windows.get(windows.size() - 1).instants();
    }

    /** Says that a series has changed from an instant on, and returns from which on what the value rests on has. */
    long changed(final long seriesNumber, final long fromNs) {
        long changedFromNs = fromNs;
        for (int i = 0; i < panels.size(); i++) {
            changedFromNs = Math.min(changedFromNs, panels.get(i).look().changed(seriesNumber, fromNs));
        }
        return changedFromNs;
    }

    /** Finds the next one behind an instant; false if that cannot be found for the moment. */
    boolean find(final long atNs) {
        nextNs = Math.min(nextDate(atNs), nextOfGrids(atNs));
        for (int i = 0; i < windows.size(); i++) {
            final WindowActs acts = windows.get(i).instants();
            if (!acts.find(windows.get(i).window(), atNs)) {
                return false;
            }
            nextNs = Math.min(nextNs, acts.nextNs());
        }
        for (int i = 0; i < panels.size(); i++) {
            final long earlierNs = panels.get(i).earlierNs();
            final PanelLook look = panels.get(i).look();
            if (!look.findNext(atNs < Instants.MIN + earlierNs ? Instants.MIN : atNs - earlierNs)) {
                return false;
            }
            final long foundNs = look.nextNs();
            nextNs = foundNs > NEVER - earlierNs ? nextNs : Math.min(nextNs, foundNs + earlierNs);
        }
        return true;
    }

    private long nextDate(final long atNs) {
        int first = 0;
        int end = dates.length;
        while (first < end) {
            final int middle = (first + end) >>> 1;
            if (dates[middle] > atNs) {
                end = middle;
            } else {
                first = middle + 1;
            }
        }
        return first == dates.length ? NEVER : dates[first];
    }

    private long nextOfGrids(final long atNs) {
        long next = NEVER;
        for (final long lengthNs : lengthsNs) {
            final long at = (Math.floorDiv(atNs, lengthNs) + 1) * lengthNs;
            next = at > atNs && at <= Instants.MAX ? Math.min(next, at) : next;
        }
        return next;
    }

    /** The instant found last, NEVER if there is none. */
    long nextNs() {
        return nextNs;
    }
}
