package io.tollgate.core.watch;

import io.tollgate.api.Baseline;
import io.tollgate.api.BaselineRatio;
import io.tollgate.api.Instants;
import io.tollgate.api.Metric;
import io.tollgate.api.PoissonScore;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import io.tollgate.core.metric.LevelAnswer;
import io.tollgate.core.metric.WindowAnswer;
import io.tollgate.core.read.WriterReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A subscription on one shard: reads its metrics of one series after the other, each window once; and the number of its
 * last update. Writer only.
 */
final class ShardSubscription {
    private static final long NEVER = Deadlines.NEVER;
    private static final Baseline.Earlier[] NO_BASELINES = {};

    private final Subscription definition;
    private final WriterReader levelReader;
    private final Window[] windows;

    /** One for each window, so that each keeps what it knows of the calendar. */
    private final WriterReader[] readers;

    private final WindowAnswer[] answers;
    private final Baseline.Earlier[][] baselines;
    private final LevelAnswer level;
    private final Metric[] metrics;

    /** The window of each metric, -1 of a level. */
    private final int[] windowOf;

    private final boolean hasLevel;
    private boolean isStep;
    private long lastNumber;

    ShardSubscription(final Subscription definition, final Supplier<WriterReader> newReader) {
        this.definition = definition;
        levelReader = newReader.get();
        final List<WatchedMetric> watched = definition.metrics();
        windows = watched.stream()
                .filter(WatchedMetric.OfWindow.class::isInstance)
                .map(metric -> ((WatchedMetric.OfWindow) metric).window())
                .distinct()
                .toArray(Window[]::new);
        readers = new WriterReader[windows.length];
        answers = new WindowAnswer[windows.length];
        baselines = new Baseline.Earlier[windows.length][];
        for (int i = 0; i < windows.length; i++) {
            final Metric[] ofWindow = metricsOf(windows[i]);
            readers[i] = newReader.get();
            answers[i] = readers[i].newReading(definition.options(), ofWindow);
            baselines[i] = Arrays.stream(ofWindow)
                    .map(ShardSubscription::baselineOf)
                    .filter(Baseline.Earlier.class::isInstance)
                    .toList()
                    .toArray(NO_BASELINES);
        }
        level = levelReader.newLevelReading();
        hasLevel = watched.contains(WatchedMetric.LEVEL);
        metrics = new Metric[watched.size()];
        windowOf = new int[metrics.length];
        for (int i = 0; i < metrics.length; i++) {
            windowOf[i] = -1;
            if (watched.get(i) instanceof WatchedMetric.OfWindow of) {
                metrics[i] = of.metric();
                windowOf[i] = Arrays.asList(windows).indexOf(of.window());
            }
        }
    }

    private Metric[] metricsOf(final Window window) {
        return definition.metrics().stream()
                .filter(metric -> metric instanceof WatchedMetric.OfWindow of
                        && of.window().equals(window))
                .map(metric -> ((WatchedMetric.OfWindow) metric).metric())
                .toArray(Metric[]::new);
    }

    private static Baseline baselineOf(final Metric metric) {
        if (metric instanceof BaselineRatio ratio) {
            return ratio.baseline();
        }
        return metric instanceof PoissonScore score ? score.baseline() : null;
    }

    Subscription definition() {
        return definition;
    }

    int metricCount() {
        return metrics.length;
    }

    /** {@return the number of its last update, 0 before the first} */
    long lastNumber() {
        return lastNumber;
    }

    void lastNumber(final long number) {
        lastNumber = number;
    }

    /** Reads all its metrics of a series. */
    void read(final long seriesNumber, final Unit unit, final long atNs) {
        levelReader.series(seriesNumber);
        isStep = levelReader.isStep();
        for (int i = 0; i < windows.length; i++) {
            readers[i].series(seriesNumber);
            readers[i].read(windows[i], unit, atNs, answers[i]);
        }
        if (hasLevel && isStep) {
            levelReader.readLevel(atNs, level);
        }
    }

    private boolean isLevel(final int metric) {
        return windowOf[metric] < 0;
    }

    /** {@return the status of a metric as read last; a FLOW has no level, so that is EMPTY} */
    Status status(final int metric) {
        if (isLevel(metric)) {
            return isStep ? level.status() : Status.EMPTY;
        }
        return answers[windowOf[metric]].status(metrics[metric]);
    }

    /** {@return the value of a metric as read last, NaN if it has none} */
    double value(final int metric) {
        if (isLevel(metric)) {
            return isStep ? level.value() : Double.NaN;
        }
        return answers[windowOf[metric]].value(metrics[metric]);
    }

    /** {@return the exact value of a level as read last, UNKNOWN if it has none, and of any other metric} */
    long scaledValue(final int metric) {
        return isLevel(metric) && isStep && level.status().hasValue() ? level.scaledValue() : Publisher.UNKNOWN;
    }

    /** {@return the next instant behind one at which time alone may change a metric of the series read last} */
    long nextNs(final long atNs) {
        long next = hasLevel && isStep ? levelReader.nextOfLevel(atNs) : NEVER;
        for (int i = 0; i < windows.length; i++) {
            next = Math.min(next, readers[i].next(windows[i], atNs));
            for (final Baseline.Earlier baseline : baselines[i]) {
                next = Math.min(next, nextOfEarlier(i, baseline, atNs));
            }
        }
        final long every = definition.everyNs();
        return every == 0 || levelReader.isEmpty() ? next : Math.min(next, nextOfGrid(atNs, every));
    }

    private long nextOfEarlier(final int window, final Baseline.Earlier baseline, final long atNs) {
        long next = NEVER;
        for (int i = 1; i <= baseline.count(); i++) {
            final long shiftNs = baseline.shiftNs() * i;
            if (Math.multiplyHigh(baseline.shiftNs(), i) != 0 || shiftNs < 0) {
                return next;
            }
            next = Math.min(next, readers[window].nextEarlier(windows[window], atNs, shiftNs));
        }
        return next;
    }

    private static long nextOfGrid(final long atNs, final long everyNs) {
        final long next = (Math.floorDiv(atNs, everyNs) + 1) * everyNs;
        return next > atNs && next <= Instants.MAX ? next : NEVER;
    }
}
