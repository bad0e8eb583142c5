package io.tollgate.api;

import java.util.List;
import java.util.Objects;

/**
 * What a {@link WatchedValue} rests on: series whose changes change it, and the instants at which it changes by itself.
 * Immutable.
 */
public sealed interface Dependence {
    /** The finest grid: a second, in ns. */
    long MIN_EVERY_NS = 1_000_000_000;

    /**
     * What a window holds of a series: it changes where a point comes in or leaves, and so on, as {@link Subscription}
     * says; of a STEP also a nanosecond behind each point, where a second level begins to have time in the window. Of a
     * level at an instant, the window {@link Window#since since} the first instant of all.
     *
     * @param series    any.
     * @param window    of any kind.
     * @param earlierNs how much earlier the window is seen from, 0 or more.
     */
    record OnWindow(Series series, Window window, long earlierNs) implements Dependence {
        /**
         * Checks that all are there.
         *
         * @param series    any.
         * @param window    of any kind.
         * @param earlierNs how much earlier the window is seen from, 0 or more.
         * @throws IllegalArgumentException if that is below 0.
         */
        public OnWindow {
            Objects.requireNonNull(series, "series");
            Objects.requireNonNull(window, "window");
            requireEarlier(earlierNs);
        }
    }

    /**
     * What lies ahead of an instant: it changes where a point comes so near, and where it takes effect. Only of a value
     * that is {@linkplain WatchedValue#asKnown() as known}.
     *
     * @param series  any.
     * @param aheadNs how far, above 0.
     */
    record OnAhead(Series series, long aheadNs) implements Dependence {
        /**
         * Checks that all are there.
         *
         * @param series  any.
         * @param aheadNs how far, above 0.
         * @throws IllegalArgumentException if that is 0 or less.
         */
        public OnAhead {
            Objects.requireNonNull(series, "series");
            if (aheadNs <= 0) {
                throw new IllegalArgumentException("aheadNs=" + aheadNs + ", expected more than 0");
            }
        }
    }

    /**
     * What is asked of many series: it changes where that does.
     *
     * @param panel     any.
     * @param earlierNs how much earlier it is seen from, 0 or more.
     */
    record OnPanel(WatchedPanel panel, long earlierNs) implements Dependence {
        /**
         * Checks that all are there.
         *
         * @param panel     any.
         * @param earlierNs how much earlier it is seen from, 0 or more.
         * @throws IllegalArgumentException if that is below 0.
         */
        public OnPanel {
            Objects.requireNonNull(panel, "panel");
            requireEarlier(earlierNs);
        }
    }

    /**
     * Dates: it changes there.
     *
     * @param instants in any order.
     */
    record OnInstants(List<Long> instants) implements Dependence {
        /**
         * Checks the instants.
         *
         * @param instants in any order.
         * @throws IllegalArgumentException if one is out of range.
         */
        public OnInstants {
            instants = List.copyOf(instants);
            instants.forEach(Instants::requireInRange);
        }
    }

    /**
     * Time itself: it changes all the time, and is looked at on a grid.
     *
     * @param everyNs length of the grid, whose instants are the multiples since the epoch; {@value #MIN_EVERY_NS} or
     *                more.
     */
    record OnGrid(long everyNs) implements Dependence {
        /**
         * Checks the grid.
         *
         * @param everyNs length of the grid.
         * @throws IllegalArgumentException if it is out of range.
         */
        public OnGrid {
            if (everyNs < MIN_EVERY_NS) {
                throw new IllegalArgumentException("everyNs=" + everyNs + ", expected " + MIN_EVERY_NS + " or more");
            }
        }
    }

    private static void requireEarlier(final long earlierNs) {
        if (earlierNs < 0) {
            throw new IllegalArgumentException("earlierNs=" + earlierNs + ", expected 0 or more");
        }
    }
}
