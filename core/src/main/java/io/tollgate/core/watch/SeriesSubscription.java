package io.tollgate.core.watch;

import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.LevelValues;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.read.WriterReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A subscription, and the number of its last update. It reads its items for one series after the other, and each window
 * once. The items are its metrics, followed by the metrics of its watches. Writer only.
 */
final class SeriesSubscription {
    private static final long NEVER = Deadlines.NEVER;
    private static final int LEVEL = -1;

    private final Subscription definition;
    private final int metricCount;
    private final WriterReader levelReader;
    private final LevelValues level;

    /** The windows of the metrics, followed by the windows that only watches use. */
    private final Window[] windows;

    private final int metricWindowCount;

    /** One for each window, so that each keeps its calendar state. */
    private final WriterReader[] readers;

    private final WindowValues[] answers;

    /** True if time alone can change whether a window has the required coverage and span. */
    private final boolean isBoundByTime;

    /** Scratch reading to find the instants at which coverage or span change; the answers stay unchanged. */
    private final WindowValues bounds;

    /** The metric of each item, null for a level. */
    private final Metric[] metrics;

    /** The window of each item. */
    private final int[] windowOf;

    /** The parts of its window that each item depends on. */
    private final int[] aspectsOf;

    /** The shape of each item, for a STEP and for a FLOW. */
    private final TimelineShape[] shapesOfStep;

    private final TimelineShape[] shapesOfFlow;
    private final List<WatchedMetric> items;
    private final List<WatchCondition> conditions;

    /** The parts of each metric window that its metrics depend on. */
    private final int[] aspects;

    /** The earlier windows that each item is compared with, null if there are none. */
    private final Baseline.Earlier[] baselineOf;

    private final UpdateRings rings = new UpdateRings();
    private final ItemTimeline timeline = new ItemTimeline();
    private final boolean hasLevel;
    private boolean isStep;
    private long lastNumber;

    SeriesSubscription(final Subscription definition, final Supplier<WriterReader> newReader) {
        this.definition = definition;
        metricCount = definition.metrics().size();
        items = Stream.concat(
                        definition.metrics().stream(),
                        definition.watches().stream().map(Watch::metric))
                .toList();
        metricWindowCount = windows(definition.metrics()).length;
        windows = windows(items);
        readers = new WriterReader[windows.length];
        answers = new WindowValues[windows.length];
        for (int i = 0; i < windows.length; i++) {
            readers[i] = newReader.get();
            answers[i] = readers[i].newReading(definition.options(), metricsOf(items, windows[i]));
        }
        levelReader = newReader.get();
        isBoundByTime =
                definition.options().minCoverage() > 0 || definition.options().minSpanNs() > 0;
        bounds = levelReader.newReading(definition.options());
        level = levelReader.newLevelReading();
        hasLevel = definition.metrics().contains(WatchedMetric.LEVEL);
        metrics = new Metric[items.size()];
        windowOf = new int[metrics.length];
        aspectsOf = new int[metrics.length];
        aspects = new int[metricWindowCount];
        for (int i = 0; i < metricWindowCount; i++) {
            aspects[i] = BasicMetrics.aspects(metricsOf(definition.metrics(), windows[i]));
        }
        shapesOfStep = shapes(SeriesKind.STEP);
        shapesOfFlow = shapes(SeriesKind.FLOW);
        conditions = definition.watches().stream().map(WatchCondition::new).toList();
        baselineOf = new Baseline.Earlier[metrics.length];
        for (int i = 0; i < metrics.length; i++) {
            windowOf[i] = LEVEL;
            if (items.get(i) instanceof WatchedMetric.OfWindow of) {
                metrics[i] = of.metric();
                windowOf[i] = Arrays.asList(windows).indexOf(of.window());
                aspectsOf[i] = BasicMetrics.aspects(of.metric());
                baselineOf[i] = baselineOf(of.metric());
            }
        }
    }

    private TimelineShape[] shapes(final SeriesKind kind) {
        return items.stream()
                .map(item -> TimelineShape.of(item, kind, definition.options()))
                .toArray(TimelineShape[]::new);
    }

    private static Window[] windows(final List<WatchedMetric> items) {
        return items.stream()
                .filter(WatchedMetric.OfWindow.class::isInstance)
                .map(item -> ((WatchedMetric.OfWindow) item).window())
                .distinct()
                .toArray(Window[]::new);
    }

    private static Metric[] metricsOf(final List<WatchedMetric> items, final Window window) {
        return items.stream()
                .filter(item ->
                        item instanceof WatchedMetric.OfWindow of && of.window().equals(window))
                .map(item -> ((WatchedMetric.OfWindow) item).metric())
                .distinct()
                .toArray(Metric[]::new);
    }

    private static Baseline.Earlier baselineOf(final Metric metric) {
        return Baseline.of(metric).orElse(null) instanceof Baseline.Earlier earlier ? earlier : null;
    }

    /** {@return the queues of its updates} */
    UpdateRings rings() {
        return rings;
    }

    Subscription definition() {
        return definition;
    }

    int metricCount() {
        return metricCount;
    }

    WatchCondition condition(final int watch) {
        return conditions.get(watch);
    }

    int watchCount() {
        return metrics.length - metricCount;
    }

    /** {@return the number of its last update, 0 before the first} */
    long lastNumber() {
        return lastNumber;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    void lastNumber(final long number) {
        lastNumber = number;
    }

    /** Reads all metrics of a series. */
    void read(final long seriesNumber, final long atNs) {
        levelReader.series(seriesNumber);
        isStep = levelReader.isStep();
        for (int i = 0; i < metricWindowCount; i++) {
            readers[i].series(seriesNumber);
            readers[i].read(windows[i], atNs, answers[i]);
        }
        if (hasLevel && isStep) {
            levelReader.readLevel(atNs, level);
        }
    }

    /** Reads one item of a series. */
    private void readItem(final int item, final long seriesNumber, final long atNs) {
        levelReader.series(seriesNumber);
        isStep = levelReader.isStep();
        final int window = windowOf[item];
        if (window != LEVEL) {
            readers[window].series(seriesNumber);
            readers[window].read(windows[window], atNs, answers[window]);
        } else if (isStep) {
            levelReader.readLevel(atNs, level);
        }
    }

    /** Returns the timeline of a watch on a series; each call returns the same object. */
    WatchTimeline timeline(final int watch, final long seriesNumber) {
        return timeline.of(metricCount + watch, seriesNumber);
    }

    /** The timeline of one item of a series. */
    private final class ItemTimeline implements WatchTimeline {
        private int item;
        private long seriesNumber;
        private boolean isRead;
        private boolean isSlid;
        private long readAtNs;

        private ItemTimeline of(final int watchedItem, final long number) {
            item = watchedItem;
            seriesNumber = number;
            levelReader.series(number);
            isStep = levelReader.isStep();
            isRead = false;
            return this;
        }

        @Override
        public void read(final long atNs) {
            readItem(item, seriesNumber, atNs);
            isRead = true;
            readAtNs = atNs;
        }

        @Override
        public void anchor(final long atNs) {
            if (!isRead || readAtNs != atNs) {
                read(atNs);
            }
            isSlid = isStep && !isLevel(item) && answers[windowOf[item]].isSummary(metrics[item]);
            if (isSlid) {
                answers[windowOf[item]].anchor();
            }
        }

        @Override
        public void probe(final long atNs) {
            if (isSlid) {
                answers[windowOf[item]].slide(atNs, isSliding());
                isRead = false;
            } else {
                read(atNs);
            }
        }

        @Override
        public Status status() {
            return SeriesSubscription.this.status(item);
        }

        @Override
        public double value() {
            return SeriesSubscription.this.value(item);
        }

        @Override
        public int compare(final Threshold threshold) {
            return isLevel(item) ? level.compare(threshold) : answers[windowOf[item]].compare(metrics[item], threshold);
        }

        @Override
        public TimelineShape shape() {
            return isStep ? shapesOfStep[item] : shapesOfFlow[item];
        }

        @Override
        public double slope() {
            return answers[windowOf[item]].slope(metrics[item], isSliding());
        }

        @Override
        public double most() {
            return answers[windowOf[item]].mostSpread(metrics[item]);
        }

        private boolean isSliding() {
            return windows[windowOf[item]] instanceof Window.Sliding;
        }

        @Override
        public long gridNs() {
            final long gridNs = items.get(item).gridNs(isStep ? SeriesKind.STEP : SeriesKind.FLOW);
            return gridNs == 0 || definition.everyNs() == 0 ? gridNs : definition.everyNs();
        }

        @Override
        public boolean isSettledAtLast() {
            return isSliding();
        }

        @Override
        public long nextNs(final long atNs) {
            return nextOfItemNs(item, seriesNumber, atNs);
        }
    }

    private boolean isLevel(final int item) {
        return windowOf[item] == LEVEL;
    }

    /** {@return the status of the last read of an item, EMPTY for the level of a FLOW} */
    Status status(final int item) {
        if (isLevel(item)) {
            return isStep ? level.status() : Status.EMPTY;
        }
        return answers[windowOf[item]].status(metrics[item]);
    }

    /** {@return the value of the last read of an item, NaN if it has none} */
    double value(final int item) {
        if (isLevel(item)) {
            return isStep ? level.value() : Double.NaN;
        }
        return answers[windowOf[item]].value(metrics[item]);
    }

    /** {@return the exact value of the last read of a level, UNKNOWN if it has none or the item is not a level} */
    long scaledValue(final int item) {
        return isLevel(item) && isStep && level.status().hasValue() ? level.scaledValue() : Decimals.UNKNOWN;
    }

    /** {@return the next instant after {@code atNs} at which time alone may change a metric of the series read last} */
    long nextNs(final long atNs) {
        long next = hasLevel && isStep ? levelReader.nextOfLevel(atNs) : NEVER;
        for (int i = 0; i < metricWindowCount; i++) {
            next = Math.min(next, nextOfWindow(i, aspects[i], atNs));
        }
        for (int i = 0; i < metricCount; i++) {
            next = Math.min(next, nextOfEarlier(i, atNs));
        }
        return metricCount == 0 ? NEVER : Math.min(next, nextOfGrid(atNs));
    }

    /** {@return the next instant after {@code atNs} at which time alone may change an item of a series} */
    private long nextOfItemNs(final int item, final long seriesNumber, final long atNs) {
        levelReader.series(seriesNumber);
        final int window = windowOf[item];
        long next = NEVER;
        if (window != LEVEL) {
            readers[window].series(seriesNumber);
            next = Math.min(nextOfWindow(window, aspectsOf[item], atNs), nextOfEarlier(item, atNs));
        } else if (levelReader.isStep()) {
            next = levelReader.nextOfLevel(atNs);
        }
        return next;
    }

    private long nextOfWindow(final int window, final int aspectMask, final long atNs) {
        final long next = readers[window].next(windows[window], aspectMask, atNs);
        return isBoundByTime ? readers[window].nextOfBounds(windows[window], atNs, next, bounds) : next;
    }

    private long nextOfEarlier(final int item, final long atNs) {
        long next = NEVER;
        final Baseline.Earlier baseline = baselineOf[item];
        final int count = baseline == null ? 0 : baseline.count();
        for (int i = 1; i <= count; i++) {
            final long shiftNs = baseline.shiftNs() * i;
            if (Math.multiplyHigh(baseline.shiftNs(), i) != 0 || shiftNs < 0) {
                return next;
            }
            next = Math.min(next, readers[windowOf[item]].nextEarlier(windows[windowOf[item]], atNs, shiftNs));
        }
        return next;
    }

    private long nextOfGrid(final long atNs) {
        final long everyNs = definition.everyNs();
        if (everyNs == 0 || levelReader.isEmpty()) {
            return NEVER;
        }
        // Starts at the first point, so that a clock that moves over centuries before it reads nothing.
        final long beforeNs = Math.max(atNs, levelReader.firstTimeNs() - 1);
        final long next = (Math.floorDiv(beforeNs, everyNs) + 1) * everyNs;
        return next > atNs && next <= Instants.MAX ? next : NEVER;
    }
}
