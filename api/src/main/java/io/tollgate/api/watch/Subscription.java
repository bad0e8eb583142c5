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
 * A request for updates of metrics and watches on all series that match a pattern. Immutable; the {@code with} methods
 * return a changed copy.
 *
 * <pre>{@code
 * WatchedMetric mean = WatchedMetric.of(Window.sliding(Duration.ofDays(90)), Metric.MEAN);
 * Subscription rates = Subscription.of("rates", "tariff.*")
 *         .withMetrics(WatchedMetric.LEVEL, mean)
 *         .withWatches(Watch.above(mean, 40));
 * try (UpdateQueue updates = engine.updates().subscribe(rates, QueueOptions.DEFAULT)) {
 *     updates.poll(update -> System.out.println(update.type() + " " + update.newValue()), 100);
 * }
 * }</pre>
 *
 * <p>{@link Watch} has its own rules for the instants of its events; the rest of this text is about metrics.
 *
 * <p><b>Evaluation.</b> An evaluation reads all metrics of the subscription on one series. Each metric whose status or
 * value differs from the evaluation before gives one update. Metrics are evaluated
 *
 * <ul>
 *   <li>after each operation on the series, at the engine clock after it: a point, a revision, a withdrawal, a closing;
 *       or a batch, once, at its end;
 *   <li>when the engine clock passes an instant at which time alone changes a metric, see below;
 *   <li>on the grid of {@link #withEvery}, from the first point of the series on.
 * </ul>
 *
 * <p>The mean and the coverage of a STEP change continuously. They are reported at these instants only.
 *
 * <p><b>Time alone</b> changes a metric if
 *
 * <ul>
 *   <li>a pending point takes effect;
 *   <li>a point enters or leaves the window, or the start of the window cuts a {@link ReportingPeriod};
 *   <li>the end of a heartbeat meets the end or the start of the window;
 *   <li>the start of a declared life, or the end of a life, meets the end or the start of the window;
 *   <li>a calendar period or the anchor of the window begins;
 *   <li>the window reaches the minimum coverage or span of the {@link ReadOptions}, or falls below it;
 *   <li>one of these happens to a window of the metric's {@link Baseline}.
 * </ul>
 *
 * <p><b>One nanosecond later.</b> A change covers no time at its first instant. So metrics are evaluated once more, one
 * nanosecond later, in these cases:
 *
 * <ul>
 *   <li>a level becomes known or unknown, a heartbeat, a life or a reporting period ends, the window begins, or a life
 *       begins at the end of a window that excludes its end. For example, the maximum of a month to date is PARTIAL at
 *       the first instant of the month and OK at the next;
 *   <li>a point of a STEP takes effect, for SKEW, KURTOSIS and ZSCORE_INCLUSIVE, which have no value for a constant
 *       level;
 *   <li>a point takes effect in a window of a {@link Baseline}.
 * </ul>
 *
 * <p>ZSCORE of a FLOW is evaluated when a point leaves the span that the newest point is compared with. That span
 * includes the start of the window. If the window itself excludes its start, this is one nanosecond after the point
 * left the window.
 *
 * <p><b>Cost.</b> Each evaluation reads the window two more times to find the next instant, and several times more if
 * there is a minimum coverage or span. With a {@link ReportingPeriod} a read visits all periods in the window.
 *
 * <p><b>First values.</b> Subscribing evaluates each series once, without an update. The first update has these values
 * as its old values. A series that is defined later starts as EMPTY; metrics that always have a value start with that
 * value.
 *
 * @param name    the name in the engine and its log: 1 to {@value #MAX_NAME_LENGTH} printable ASCII characters without
 *                spaces.
 * @param pattern the keys of the series, see {@link SeriesPattern}.
 * @param metrics the metrics to follow, each once, at most {@value #MAX_METRICS}.
 * @param watches the thresholds, at most {@value #MAX_WATCHES}; their metrics need not be among the others.
 * @param options the minimum contents of a window for its metrics to have a value.
 * @param everyNs the length of the grid in ns, from 1 s; its instants are the multiples since the epoch; 0 for no grid.
 *                For watches without an exact crossing it replaces {@link WatchedMetric#gridNs}.
 */
public record Subscription(
        String name,
        String pattern,
        List<WatchedMetric> metrics,
        List<Watch> watches,
        ReadOptions options,
        long everyNs)
        implements UpdateRequest {
    /** The maximum number of metrics of one subscription. */
    public static final int MAX_METRICS = 64;

    /** The maximum number of watches of one subscription. */
    public static final int MAX_WATCHES = 64;

    /** The maximum length of a name, in characters. */
    public static final int MAX_NAME_LENGTH = 64;

    /** The shortest grid: 1 s, in ns. */
    public static final long MIN_EVERY_NS = 1_000_000_000;

    /**
     * Checks the subscription.
     *
     * @param name    the name in the engine and its log: 1 to {@value #MAX_NAME_LENGTH} printable ASCII characters
     *                without spaces.
     * @param pattern the keys of the series, see {@link SeriesPattern}.
     * @param metrics the metrics to follow, each once, at most {@value #MAX_METRICS}.
     * @param watches the thresholds, at most {@value #MAX_WATCHES}.
     * @param options the minimum contents of a window for its metrics to have a value.
     * @param everyNs the length of the grid in ns, from 1 s.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
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
                        + ", expected a metric of a single series; use a WatchSet for panels");
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
     * Returns a subscription without metrics and watches, with the default options and without a grid.
     *
     * @param name    the name in the engine and its log.
     * @param pattern the keys of the series, see {@link SeriesPattern}.
     * @return the subscription.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
     */
    public static Subscription of(final String name, final String pattern) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pattern, "pattern");
        return new Subscription(name, pattern, List.of(), List.of(), ReadOptions.DEFAULT, 0);
    }

    /**
     * Returns a copy with other metrics.
     *
     * @param metrics the metrics to follow, each once, at most {@value #MAX_METRICS}.
     * @return the changed subscription.
     * @throws IllegalArgumentException if there are too many, one is repeated, or the window of one cannot be stored.
     */
    public Subscription withMetrics(final WatchedMetric... metrics) {
        Objects.requireNonNull(metrics, "metrics");
        return new Subscription(name, pattern, List.of(metrics), watches, options, everyNs);
    }

    /**
     * Returns a copy with other watches.
     *
     * @param watches the thresholds, at most {@value #MAX_WATCHES}.
     * @return the changed subscription.
     * @throws IllegalArgumentException if there are too many, or the window of one cannot be stored.
     */
    public Subscription withWatches(final Watch... watches) {
        Objects.requireNonNull(watches, "watches");
        return new Subscription(name, pattern, metrics, List.of(watches), options, everyNs);
    }

    /**
     * Returns a copy with other read options, which apply to all its windows.
     *
     * @param readOptions the minimum contents of a window.
     * @return the changed subscription.
     */
    public Subscription withOptions(final ReadOptions readOptions) {
        Objects.requireNonNull(readOptions, "readOptions");
        return new Subscription(name, pattern, metrics, watches, readOptions, everyNs);
    }

    /**
     * Returns a copy with a grid: metrics are also evaluated at each multiple of a length since the epoch, from the
     * first point of the series on.
     *
     * @param length from 1 s to 292 years.
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
