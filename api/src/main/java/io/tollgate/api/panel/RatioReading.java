package io.tollgate.api.panel;

import io.tollgate.api.series.Status;
import java.util.Objects;

/**
 * Reads a {@link FlowRatio} over a window, with exact sums inside. Belongs to the reader that made it and its thread.
 */
public interface RatioReading {
    /**
     * Reads the ratio of the sums over one window.
     *
     * @param atNs the instant t from which the window is seen; what lies after it has no effect.
     * @return this reading.
     * @throws IllegalArgumentException if the instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    default RatioReading read(final long atNs) {
        return read(atNs, atNs);
    }

    /**
     * Reads the ratio of sums over the window as seen from two instants.
     *
     * @param atNs   the instant from which the numerators are seen.
     * @param baseNs the instant from which the denominators are seen, as a year earlier.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    RatioReading read(long atNs, long baseNs);

    /**
     * The ratio that it was made for.
     *
     * @return the ratio.
     */
    FlowRatio ratio();

    /**
     * What the answer is worth.
     *
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     EMPTY if all numerators or all denominators are; UNDEFINED if the denominators add
     *     up to 0; PARTIAL if one of the series is EMPTY or PARTIAL in its window; else OK.
     */
    Status status();

    /**
     * The ratio of the sums.
     *
     * @return a fraction, correctly rounded; NaN where the status has no value.
     */
    double value();

    /**
     * The ratio in per cent: the collected rate of duties over imports.
     *
     * @return 100 times the ratio, correctly rounded; NaN where the status has no value.
     */
    double percent();

    /**
     * The growth from the denominators to the numerators: front-loading, of a flow over itself a year before.
     *
     * @return the ratio less 1, correctly rounded; NaN where the status has no value.
     */
    double growth();

    /**
     * One of these.
     *
     * @param metric asked for.
     * @return its value; NaN where the status has no value.
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
     * The gap between what the tariff says and what was collected.
     *
     * @param statutory weighted average in per cent.
     * @return the average less {@link #percent()}, in percentage points; NaN where the status has no value.
     */
    default double gap(final double statutory) {
        return statutory - percent();
    }

    /**
     * The share of what the tariff says that was collected.
     *
     * @param statutory weighted average in per cent.
     * @return {@link #percent()} over the average; NaN where the status has no value, or the average is 0.
     */
    default double realisation(final double statutory) {
        return statutory == 0 ? Double.NaN : percent() / statutory;
    }
}
