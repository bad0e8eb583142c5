package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A level and a flow of random policies around the start of a month, and a subscription to many of their metrics. The
 * test compares its updates with readings in each nanosecond, without knowledge of the instants of change. A metric
 * that moves with time is read only now and then, and only its status is compared.
 */
public final class UpdateTimeline {
    /** Points are at instants from this far before 0, the start of a month, to half of it after. */
    private static final int TIME = 30;

    private static final Metric DECAYED = Metric.ewma(Decay.halfLife(Duration.ofNanos(4)));

    private static final List<Metric> METRICS = List.of(
            Metric.COUNT,
            Metric.SUM,
            Metric.MEAN,
            Metric.MIN,
            Metric.MAX,
            Metric.FIRST,
            Metric.LAST,
            Metric.DELTA,
            Metric.RELATIVE,
            Metric.RATE,
            Metric.CHANGES,
            Metric.VARIANCE,
            Metric.ZSCORE,
            Metric.ZSCORE_INCLUSIVE,
            Metric.SKEW,
            Metric.KURTOSIS,
            Metric.RANGE,
            Metric.LOG_CHANGE,
            Metric.SLOPE,
            Metric.INTERCEPT,
            Metric.SINCE_CHANGE,
            Metric.MEDIAN,
            Metric.above("2"),
            Metric.below("3"),
            Metric.volatility("2"),
            DECAYED,
            Metric.poissonZ(Baseline.earlier(Duration.ofNanos(4), 1)),
            Metric.ratioTo(Baseline.earlier(Duration.ofNanos(3), 2)),
            Metric.ratioTo(Baseline.earlier(Duration.ofNanos(1), 1)));

    /** The greatest number of followed metrics of each window, because a subscription has a limit. */
    private static final int METRIC_COUNT = 9;

    /** Metrics of a level that change only at certain instants. */
    private static final Set<Metric> STILL = Set.of(
            Metric.COUNT,
            Metric.MIN,
            Metric.MAX,
            Metric.FIRST,
            Metric.LAST,
            Metric.DELTA,
            Metric.RANGE,
            Metric.RELATIVE,
            Metric.LOG_CHANGE,
            Metric.volatility("2"),
            Metric.CHANGES);

    /** Metrics of a flow that change continuously. */
    private static final Set<Metric> MOVING = Set.of(Metric.INTERCEPT, Metric.SINCE_CHANGE, DECAYED);

    /** A new state of a metric at an instant, without a value if the metric moves with time. */
    private record Change(long atNs, long seriesNumber, int metricIndex, Status status, double value) {}

    private final Random random;
    private final String context;
    private final List<WatchedMetric.OfWindow> metrics = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();
    private final Set<Series> closed = new HashSet<>();
    private final Map<Window, WindowReading> readings = new HashMap<>();
    private final ReadOptions options;
    private final Metric[] followed;
    private final List<Change> expected = new ArrayList<>();

    /** The last state of each metric of each series. */
    private final Map<List<Long>, Change> last = new HashMap<>();

    private Engine engine;
    private TestReader reader;

    public UpdateTimeline(final Random random, final String context) {
        this.random = random;
        this.context = context;
        options = options(random);
        final List<Window> windows = new ArrayList<>();
        for (final Closed ends : Closed.values()) {
            windows.add(new Window.Sliding(1 + random.nextInt(12), ends));
        }
        windows.add(Window.last(1 + random.nextInt(3)));
        windows.add(Window.since(time()));
        windows.add(Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC));
        // If one of these metrics is followed, all are. Otherwise the others would hide its missing updates.
        followed = some(METRICS, METRIC_COUNT).toArray(Metric[]::new);
        for (final Window window : some(windows, windows.size())) {
            for (final Metric metric : followed) {
                metrics.add(new WatchedMetric.OfWindow(window, metric));
            }
        }
    }

    private <T> List<T> some(final List<T> all, final int most) {
        final List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(most));
    }

    private static ReadOptions options(final Random random) {
        final ReadOptions plain = switch (random.nextInt(4)) {
            case 0 -> ReadOptions.DEFAULT.withProRata();
            case 1 -> ReadOptions.DEFAULT.withMinCount(2);
            default -> ReadOptions.DEFAULT;
        };
        final double leastCoverage = random.nextInt(13) / 12.0;
        final Duration leastSpan = Duration.ofNanos(random.nextInt(10));
        return switch (random.nextInt(4)) {
            case 0 -> plain.withMinCoverage(leastCoverage);
            case 1 -> plain.withMinSpan(leastSpan);
            case 2 -> plain.withMinCoverage(leastCoverage).withMinSpan(leastSpan);
            default -> plain;
        };
    }

    private long time() {
        return random.nextInt(3 * TIME / 2) - TIME;
    }

    /** Runs the timeline and returns the number of changes. */
    public int run() {
        engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
        try {
            reader = new TestReader(engine.newReader());
            metrics.forEach(of -> readings.computeIfAbsent(of.window(), any -> reader.newReading(options, followed)));
            series.add(engine.defineStep(level()));
            series.add(engine.defineFlow(flow()));
            for (int i = random.nextInt(20); i > 0; i--) {
                change();
            }
            engine.advanceTo(-TIME - 1);
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("course", "*")
                                    .withMetrics(metrics.toArray(WatchedMetric[]::new))
                                    .withOptions(options),
                            QueueOptions.DEFAULT.withCapacity(1 << 14));
            find(engine.now());
            expected.clear();
            int changeCount = 0;
            while (engine.now() < 3 * TIME) {
                if (random.nextInt(3) == 0) {
                    advance(1 + random.nextInt(8));
                } else {
                    change();
                    find(engine.now());
                }
                changeCount += expected.size();
                check(new UpdateRecorder().drain(queue));
            }
            return changeCount;
        } finally {
            engine.close();
        }
    }

    private SeriesDefinition level() {
        final SeriesDefinition plain = SeriesDefinition.step("level", Unit.PERCENT, 0);
        return random.nextBoolean() ? plain : plain.withHeartbeat(Duration.ofNanos(1 + random.nextInt(12)));
    }

    private SeriesDefinition flow() {
        final SeriesDefinition plain = SeriesDefinition.flow("flow", Unit.COUNT, 0);
        final SeriesDefinition born = random.nextBoolean() ? plain : plain.withLifeStart(time());
        return random.nextInt(3) > 0
                ? born
                : born.withPeriod(ReportingPeriod.of(Duration.ofNanos(1 + random.nextInt(5))));
    }

    private void advance(final long ns) {
        final long from = engine.now();
        engine.advanceTo(from + ns);
        for (long at = from + 1; at <= engine.now(); at++) {
            find(at);
        }
    }

    /** Offers, revises or withdraws a point, or ends a life. */
    private void change() {
        final Series one = series.get(random.nextInt(series.size()));
        final boolean isStep = one.definition().kind() == SeriesKind.STEP;
        final int choice = random.nextInt(20);
        if (choice == 0 && closed.add(one)) {
            engine.series().close(one, LifeEnd.at(TIME / 2 + random.nextInt(TIME / 2)));
        } else if (choice < 4) {
            engine.awaitApplied(Twin.withdraw(engine, one, time(), Instants.NONE, random.nextInt(3)));
        } else {
            final long value = isStep && random.nextInt(4) == 0 ? Decimals.UNKNOWN : random.nextInt(5);
            engine.awaitApplied(Twin.offer(engine, one, pointTime(one), value, Instants.NONE, random.nextInt(3)));
        }
    }

    /** Draws usually a time at which one period ends and another one begins. */
    private long pointTime(final Series one) {
        final long time = time();
        return random.nextInt(4) == 0
                ? time
                : one.definition()
                        .policies()
                        .period()
                        .map(period -> time - time % ((ReportingPeriod.Fixed) period).lengthNs())
                        .orElse(time);
    }

    /** Reads all metrics, and keeps those that have changed. */
    private void find(final long atNs) {
        for (final Series one : series) {
            readings.forEach((window, reading) -> reader.read(one, window, atNs, reading));
            for (int i = 0; i < metrics.size(); i++) {
                final Change now = found(one, i, atNs);
                final Change before = last.put(List.of(one.number(), (long) i), now);
                if (before == null
                        || before.status() != now.status()
                        || Double.compare(before.value(), now.value()) != 0) {
                    expected.add(now);
                }
            }
        }
    }

    private Change found(final Series one, final int index, final long atNs) {
        final WatchedMetric.OfWindow of = metrics.get(index);
        final WindowReading reading = readings.get(of.window());
        final Status status = reading.status(of.metric());
        return new Change(atNs, one.number(), index, status, moves(one, of) ? 0 : reading.value(of.metric()));
    }

    /** Returns true if a metric changes with every nanosecond. */
    private boolean moves(final Series one, final WatchedMetric.OfWindow of) {
        final SeriesDefinition definition = one.definition();
        final boolean isStep = definition.kind() == SeriesKind.STEP;
        final boolean isCut =
                options.isProRata() && definition.policies().period().isPresent();
        if (of.metric() == Metric.RATE) {
            return isCut || !(of.window() instanceof Window.Sliding);
        }
        return isStep
                ? !STILL.contains(of.metric())
                : of.metric() == Metric.SUM && isCut || MOVING.contains(of.metric());
    }

    private void check(final UpdateRecorder recorder) {
        assertEquals(List.of(), recorder.gaps(), context);
        final List<Change> recorded = new ArrayList<>();
        for (final UpdateRecorder.Recorded update : recorder.recorded()) {
            final Series one = series.stream()
                    .filter(each -> each.number() == update.seriesNumber())
                    .findFirst()
                    .orElseThrow();
            final boolean moves = moves(one, metrics.get(update.metricIndex()));
            if (!moves || update.oldStatus() != update.newStatus()) {
                recorded.add(new Change(
                        update.atNs(),
                        update.seriesNumber(),
                        update.metricIndex(),
                        update.newStatus(),
                        moves ? 0 : update.newValue()));
            }
        }
        assertEquals(
                expected,
                recorded,
                () -> context + " now=" + engine.now() + " " + options + " " + metrics + " " + series);
        expected.clear();
    }
}
