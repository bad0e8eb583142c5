package io.tollgate.api.watch;

import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Window;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Which metrics of which series are followed. Immutable; the {@code with} methods return a changed copy.
 *
 * <p><b>Watches</b> fire and clear at the exact crossing, see {@link Watch}: nothing below is about them.
 *
 * <p><b>When a metric is looked at.</b> With each operation on its series (a point, a revision, a withdrawal, its
 * closing; a batch once, at its end), at the engine clock after the operation. And, whenever the clock passes one, at
 * the instants at which time alone changes it: where a pending point takes effect; where a point comes into the window
 * or leaves it, or a {@link ReportingPeriod} is cut by its start; where a heartbeat ends, at the end of the window or
 * at its start; where a declared life starts, or a life ends, at either; where a calendar period begins, or the anchor
 * of the window; and all that for each window of a {@link Baseline}. No time is covered, or missing, at the instant at
 * which it begins to be so: where a level becomes known or ceases to be, a heartbeat, a life or a period booked ends, a
 * life begins at the end of a window that does not include it, or the window itself begins, the metric is looked at one
 * nanosecond later too. So the maximum of a month to date is told as PARTIAL at its first instant, and as OK at the
 * next. What has no value while a level is constant (SKEW, KURTOSIS, ZSCORE_INCLUSIVE) is looked at one nanosecond
 * behind each point of a STEP too, and what is compared with a {@link Baseline} behind those of its windows: at the
 * instant of a change the new level has no time yet. ZSCORE of a FLOW is looked at where a point leaves the time that
 * its newest one is compared with, which includes the start of the window: where the window does not, one nanosecond
 * behind the instant at which it leaves the window. And where its {@link ReadOptions} have a least coverage or span,
 * all is looked at where time alone makes a window reach it, or fall below. To know when, each look reads the window
 * twice more, and some times more where that is to come; with a {@link ReportingPeriod} a read goes through the periods
 * of the window. Where one metric is looked at, all metrics of the subscription are, those of its other windows too. So
 * what changes with every nanosecond, as the mean and the coverage of a STEP do, is told at all these instants; and on
 * the grid of {@link #withEvery}, if there is one, from the first point of the series on. If status or value differ
 * from those before, that is one update.
 *
 * <p>All series are looked at as of the moment of the subscription first, without an update: the first one has that as
 * its old value. A series that is defined later begins EMPTY, or, with metrics that always have a value, with that.
 *
 * @param name    by which the engine and its log know it: 1 to {@value #MAX_NAME_LENGTH} characters of printable
 *                ASCII without spaces.
 * @param pattern of the series, see {@link SeriesPattern}.
 * @param metrics each once, at most {@value #MAX_METRICS}.
 * @param watches on metrics, which need not be among those; at most {@value #MAX_WATCHES}.
 * @param options what a window must hold for its metrics to have a value.
 * @param everyNs length of the grid, in ns, at whose instants (multiples since the epoch) metrics are looked at too; 0
 *                for none. For watches without an exact crossing it takes the place of {@link WatchedMetric#gridNs}.
 */
public record Subscription(
        String name,
        String pattern,
        List<WatchedMetric> metrics,
        List<Watch> watches,
        ReadOptions options,
        long everyNs)
        implements UpdateRequest {
    /** Most metrics of one subscription. */
    public static final int MAX_METRICS = 64;

    /** Most watches of one subscription. */
    public static final int MAX_WATCHES = 64;

    /** The longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 64;

    /** The finest grid: a second, in ns. */
    public static final long MIN_EVERY_NS = 1_000_000_000;

    /**
     * Checks the subscription.
     *
     * @param name    by which the engine and its log know it: 1 to {@value #MAX_NAME_LENGTH} characters of printable
     *                ASCII without spaces.
     * @param pattern of the series, see {@link SeriesPattern}.
     * @param metrics each once, at most {@value #MAX_METRICS}.
     * @param watches on metrics, which need not be among those; at most {@value #MAX_WATCHES}.
     * @param options what a window must hold for its metrics to have a value.
     * @param everyNs length of the grid, in ns, at whose instants (multiples since the epoch) metrics are looked at
     *                too; 0 for none.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public Subscription {
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(watches, "watches");
        requireName(name);
        SeriesPattern.validate(pattern);
        metrics = List.copyOf(metrics);
        Objects.requireNonNull(options, "options");
        if (metrics.size() > MAX_METRICS || metrics.stream().distinct().count() != metrics.size()) {
            throw new IllegalArgumentException("subscription=" + name + " metrics=" + metrics + ", expected at most "
                    + MAX_METRICS + ", each once");
        }
        watches = List.copyOf(watches);
        if (watches.size() > MAX_WATCHES) {
            throw new IllegalArgumentException(
                    "subscription=" + name + " watches=" + watches.size() + ", expected at most " + MAX_WATCHES);
        }
        requireStorable(name, metrics);
        requireStorable(name, watches.stream().map(Watch::metric).toList());
        if (everyNs != 0 && everyNs < MIN_EVERY_NS) {
            throw new IllegalArgumentException("subscription=" + name + " everyNs=" + everyNs + ", expected "
                    + MIN_EVERY_NS + " or more, or 0 for no grid");
        }
    }

    static void requireName(final String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("subscription=" + name + ", expected 1 to " + MAX_NAME_LENGTH
                    + " printable ASCII characters without spaces");
        }
    }

    private static void requireStorable(final String name, final List<WatchedMetric> metrics) {
        for (final WatchedMetric metric : metrics) {
            if (metric instanceof WatchedPanel) {
                throw new IllegalArgumentException("subscription=" + name + " metric=" + metric
                        + ", expected one of a single series; make a WatchSet of it");
            }
            if (metric instanceof WatchedMetric.OfWindow of && of.window() instanceof Window.ToDate toDate) {
                requireStorable(name, toDate);
            }
        }
    }

    /** A zone is stored as that of a reporting period is. */
    private static void requireStorable(final String name, final Window.ToDate window) {
        try {
            ReportingPeriod.of(window.period(), window.zone());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("subscription=" + name + " window=" + window + ": " + e.getMessage(), e);
        }
    }

    /**
     * A subscription to nothing yet.
     *
     * @param name    see {@link Subscription}.
     * @param pattern of the series, see {@link SeriesPattern}.
     * @return the subscription.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public static Subscription of(final String name, final String pattern) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pattern, "pattern");
        return new Subscription(name, pattern, List.of(), List.of(), ReadOptions.DEFAULT, 0);
    }

    /**
     * The same with other metrics.
     *
     * @param metrics to follow, each once, at most {@value #MAX_METRICS}.
     * @return the changed subscription.
     * @throws IllegalArgumentException if there are too many, one twice, or one whose window cannot be stored.
     */
    public Subscription withMetrics(final WatchedMetric... metrics) {
        Objects.requireNonNull(metrics, "metrics");
        return new Subscription(name, pattern, List.of(metrics), watches, options, everyNs);
    }

    /**
     * The same with other watches.
     *
     * @param watches at most {@value #MAX_WATCHES}.
     * @return the changed subscription.
     * @throws IllegalArgumentException if there are too many, or one whose window cannot be stored.
     */
    public Subscription withWatches(final Watch... watches) {
        Objects.requireNonNull(watches, "watches");
        return new Subscription(name, pattern, metrics, List.of(watches), options, everyNs);
    }

    /**
     * The same with what a window must hold.
     *
     * @param readOptions for all its windows.
     * @return the changed subscription.
     */
    public Subscription withOptions(final ReadOptions readOptions) {
        Objects.requireNonNull(readOptions, "readOptions");
        return new Subscription(name, pattern, metrics, watches, readOptions, everyNs);
    }

    /**
     * The same with a grid: its metrics are looked at on each multiple of a length since the epoch too, from the first
     * point of the series on.
     *
     * @param length at least a second, at most 292 years.
     * @return the changed subscription.
     * @throws IllegalArgumentException if the length is out of range.
     */
    public Subscription withEvery(final Duration length) {
        Objects.requireNonNull(length, "length");
        if (length.isZero()) {
            throw new IllegalArgumentException("every=" + length + ", expected a second or more");
        }
        try {
            return new Subscription(name, pattern, metrics, watches, options, length.toNanos());
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("every=" + length + ", expected at most 292 years", e);
        }
    }
}
