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
 * The value that a {@link Subscription} follows of each of its series, or {@link WatchSet} of many together. Immutable;
 * two of the same parts are equal.
 */
public sealed interface WatchedMetric permits WatchedMetric.Level, WatchedMetric.OfWindow, WatchedPanel {
    /**
     * The level in force. A FLOW has none: a pattern that fits nothing else is refused, and a FLOW among the STEP
     * series of a pattern, or one that is defined later, stays EMPTY.
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

    /**
     * The grid at whose instants a {@link Watch} looks at the metric, besides those at which something enters its
     * window, leaves it or takes effect. A multiple of the length since the epoch is an instant of the grid.
     *
     * <p>Most metrics need no grid: between those instants they stay as they are, or they follow a known curve, whose
     * crossing of a threshold is found exactly. The others are EWMA; SKEW, KURTOSIS, SLOPE, INTERCEPT, quantiles and
     * comparisons with baselines of a STEP; all metrics of a {@link Pair}; and the concentration of a {@link Group}
     * over a window. Their grid is a thousandth of the window, and a minute at least. Of a window to date it is a
     * thousandth of 30, 91 or 365 days, and of one without a fixed length it is an hour.
     *
     * @param kind of the series; any for a {@link WatchedPanel}.
     * @return its length in ns, 0 if crossings are exact.
     */
    long gridNs(SeriesKind kind);

    /**
     * Tells if a {@link Watch} on the metric fires and clears at the exact instant of the crossing, to the nanosecond.
     *
     * @param kind of the series; any for a {@link WatchedPanel}.
     * @return false if crossings are looked for on a {@linkplain #gridNs grid}.
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
