package io.tollgate.api;

import java.util.Objects;

/**
 * What a {@link Subscription} follows of each of its series, or {@link PanelWatches} of many together. Immutable; two
 * of the same parts are equal.
 */
public sealed interface WatchedMetric permits WatchedMetric.Level, WatchedMetric.OfWindow, WatchedPanel {
    /**
     * The level in force. A FLOW has none: a pattern that fits nothing else is refused, and a FLOW among the STEP series
     * of a pattern, or one that is defined later, stays EMPTY.
     */
    Level LEVEL = new Level();

    /**
     * A metric over a window.
     *
     * @param window over the points of the series, as seen from the engine clock.
     * @param metric asked of it.
     * @return what is followed.
     */
    static OfWindow of(final Window window, final Metric metric) {
        return new OfWindow(window, metric);
    }

    /** The level in force. */
    record Level() implements WatchedMetric {}

    /**
     * A metric over a window.
     *
     * @param window over the points of the series.
     * @param metric asked of it.
     */
    record OfWindow(Window window, Metric metric) implements WatchedMetric {
        /**
         * Checks that both are there.
         *
         * @param window over the points of the series.
         * @param metric asked of it.
         */
        public OfWindow {
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(metric, "metric");
        }
    }
}
