package io.tollgate.api.panel;

import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * A cursor over a {@link FlowRatio} in a window. A read computes exact sums; each metric is derived from them on
 * demand. Belongs to its reader and the thread of that reader.
 */
public interface RatioReading {
    /**
     * Reads the ratio of the sums over one window.
     *
     * @param atNs the instant t in ns since the epoch, which is the end of the window; later points have no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    default RatioReading read(final long atNs) {
        return read(atNs, atNs);
    }

    /**
     * Reads the ratio of sums over the window as seen from two instants.
     *
     * @param atNs   the end of the window for the numerators, in ns since the epoch.
     * @param baseNs the end of the window for the denominators, for example a year earlier.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    RatioReading read(long atNs, long baseNs);

    /** {@return the ratio of this reading} */
    FlowRatio ratio();

    /**
     * {@return UNREAD, CONTENDED or FORGOTTEN; EMPTY if all numerators or all denominators are EMPTY; UNDEFINED if the
     * denominators add up to 0; PARTIAL if one of the series is EMPTY or PARTIAL in its window; else OK}
     */
    Status status();

    /** {@return the ratio of the sums as a fraction, correctly rounded; NaN if the status has no value} */
    double value();

    /** {@return the ratio in per cent, correctly rounded; NaN if the status has no value} */
    double percent();

    /**
     * The growth from the denominators to the numerators.
     *
     * @return the ratio less 1, correctly rounded; NaN if the status has no value.
     */
    double growth();

    /**
     * Returns the value of a metric.
     *
     * @param metric the metric.
     * @return the value, NaN if the status has no value.
     */
    default double value(final RatioMetric metric) {
        Objects.requireNonNull(metric, "metric");
        return switch (metric) {
            case RATIO -> value();
            case PERCENT -> percent();
            case GROWTH -> growth();
        };
    }

    /**
     * Returns the gap between the statutory rate and the collected rate.
     *
     * @param statutory the statutory rate in per cent, for example a weighted average.
     * @return the statutory rate less {@link #percent()}, in percentage points; NaN if the status has no value.
     */
    default double gap(final double statutory) {
        return statutory - percent();
    }

    /**
     * Returns the share of the statutory rate that was collected.
     *
     * @param statutory the statutory rate in per cent, for example a weighted average.
     * @return {@link #percent()} divided by the statutory rate; NaN if the status has no value, or the statutory rate
     *     is 0.
     */
    default double realisation(final double statutory) {
        return statutory == 0 ? Double.NaN : percent() / statutory;
    }
}
