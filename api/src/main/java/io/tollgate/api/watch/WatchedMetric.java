package io.tollgate.api.watch;

import io.tollgate.api.group.Group;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.read.BaselineRatio;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Ewma;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PoissonScore;
import io.tollgate.api.read.Quantile;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import java.util.Objects;

/**
 * The value that a {@link Subscription} follows on each series, or a {@link WatchSet} on several series together.
 * Immutable; compared by value.
 */
public sealed interface WatchedMetric permits WatchedMetric.Level, WatchedMetric.OfWindow, WatchedPanel {
    /**
     * The level in force. A FLOW has no level: a pattern that matches only FLOW series is refused. A FLOW among the
     * STEP series of a pattern stays EMPTY.
     */
    Level LEVEL = new Level();

    /**
     * Returns a metric over a window.
     *
     * @param window the window, seen from the engine clock.
     * @param metric the metric to read.
     * @return the watched metric.
     */
    static OfWindow of(final Window window, final Metric metric) {
        return new OfWindow(window, metric);
    }

    /**
     * The length of the grid on which a {@link Watch} evaluates the metric. The instants of the grid are the multiples
     * of the length since the epoch. The metric is also evaluated when a point or a level enters its window, leaves it
     * or takes effect.
     *
     * <p>Most metrics need no grid: between those instants they are constant, or they follow a curve whose crossing is
     * computed exactly. The exceptions are EWMA; SKEW, KURTOSIS, SLOPE, INTERCEPT, quantiles and comparisons with
     * baselines of a STEP; all metrics of a {@link Pair}; and the concentration of a {@link Group} over a window. Their
     * grid is 1/1,000 of the window, at least a minute. A window to date has a grid of 1/1,000 of 30, 91 or 365 days, a
     * window without a fixed length has a grid of an hour.
     *
     * @param kind the kind of the series; any for a {@link WatchedPanel}.
     * @return the length in ns, 0 if crossings are exact.
     */
    long gridNs(SeriesKind kind);

    /**
     * Returns true if a {@link Watch} on the metric fires and clears at the exact nanosecond of the crossing.
     *
     * @param kind the kind of the series; any for a {@link WatchedPanel}.
     * @return false if crossings are searched on a {@linkplain #gridNs grid}.
     */
    default boolean isExact(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return gridNs(kind) == 0;
    }

    /** The level in force. */
    record Level() implements WatchedMetric {
        @Override
        public long gridNs(final SeriesKind kind) {
            Objects.requireNonNull(kind, "kind");
            return 0;
        }
    }

    /**
     * A metric over a window.
     *
     * @param window the window over the points of the series.
     * @param metric the metric to read.
     */
    record OfWindow(Window window, Metric metric) implements WatchedMetric {
        /**
         * Refuses null.
         *
         * @param window the window over the points of the series.
         * @param metric the metric to read.
         */
        public OfWindow {
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(metric, "metric");
        }

        @Override
        public long gridNs(final SeriesKind kind) {
            Objects.requireNonNull(kind, "kind");
            final boolean isOnGrid = metric instanceof Ewma
                    || kind == SeriesKind.STEP
                            && (metric instanceof Quantile
                                    || metric instanceof BaselineRatio
                                    || metric instanceof PoissonScore
                                    || metric instanceof BasicMetric basic && basic.isShape());
            return isOnGrid ? WatchGrid.lengthNs(window) : 0;
        }
    }
}
