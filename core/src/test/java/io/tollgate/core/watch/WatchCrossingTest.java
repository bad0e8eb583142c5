package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches on metrics that change continuously fire and clear at the first instant that meets the condition. */
class WatchCrossingTest {
    private static final long DAY_NS = Duration.ofDays(1).toNanos();

    private static final List<Metric> METRICS = List.of(
            Metric.MEAN,
            Metric.SUM,
            Metric.COVERAGE,
            Metric.VARIANCE,
            Metric.SD,
            Metric.ZSCORE,
            Metric.ZSCORE_INCLUSIVE,
            Metric.RATE,
            Metric.SINCE_CHANGE,
            Metric.above("4"),
            Metric.MAX);

    /** The levels of spring 2025, see the documentation of watches. */
    private static final Map<String, Long> SPRING = Map.of(
            "2024-06-01T00:00:00Z", 0L,
            "2025-02-04T05:01:00Z", 10L,
            "2025-03-04T05:01:00Z", 20L,
            "2025-04-05T04:01:00Z", 30L,
            "2025-04-09T04:01:00Z", 104L,
            "2025-04-10T04:01:00Z", 145L,
            "2025-05-14T04:01:00Z", 30L);

    /** An event that was not retracted. */
    private record Event(int watch, long instantNs, boolean isFire) {}

    private final long seed = TestSeed.of("crossings of watches");

    @AutoClose
    private final Engine engine =
            TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).timesNearEpochAllowed(true));

    private final Set<Event> recorded = new LinkedHashSet<>();

    @BeforeEach
    void begin() {
        engine.advanceTo(1_000);
    }

    private void take(final UpdateQueue queue) {
        for (final UpdateRecorder.Recorded update :
                new UpdateRecorder().drain(queue).recorded()) {
            final boolean isFire = update.type() == UpdateType.FIRED || update.type() == UpdateType.FIRE_RETRACTED;
            final Event event = new Event(update.watchIndex(), update.atNs(), isFire);
            final boolean isNew = update.type() == UpdateType.FIRED || update.type() == UpdateType.CLEARED;
            assertTrue(
                    isNew ? recorded.add(event) : recorded.remove(event), () -> "sent twice, or not at all: " + update);
        }
    }

    @Test
    void shouldFireAndClearInSpring2025AtTheTrueInstantsForAnyArrival() {
        for (int run = 0; run < 12; run++) {
            final Random random = new Random(31 * seed + run);
            try (Engine one =
                    TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).timesNearEpochAllowed(true))) {
                final StepSeries rate = one.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
                one.advanceTo(Instants.parse("2024-06-01T00:00:00Z") - 1);
                final WatchedMetric mean = WatchedMetric.of(Window.sliding(Duration.ofDays(90)), Metric.MEAN);
                final UpdateQueue queue = one.updates()
                        .subscribe(
                                Subscription.of("mean", "rate").withWatches(Watch.above(mean, 40)),
                                QueueOptions.DEFAULT);
                final UpdateQueue panels = one.updates()
                        .subscribe(
                                WatchSet.of(
                                        "group",
                                        Watch.above(
                                                WatchedPanel.of(
                                                        Window.sliding(Duration.ofDays(90)),
                                                        Group.of(GroupMember.of(rate)),
                                                        GroupMetric.SIMPLE),
                                                40)),
                                QueueOptions.DEFAULT);
                final List<String> instants = new ArrayList<>(SPRING.keySet());
                Collections.shuffle(instants, random);
                for (final String instant : instants) {
                    one.awaitApplied(one.publisher().offer(rate, Instants.parse(instant), SPRING.get(instant)));
                    one.advanceTo(one.now() + random.nextInt(90) * DAY_NS);
                    while (one.step() > 0) {
                        Thread.onSpinWait();
                    }
                }
                one.advanceTo(Instants.parse("2026-01-01T00:00:00Z"));
                while (one.step() > 0) {
                    Thread.onSpinWait();
                }
                for (final UpdateQueue each : List.of(queue, panels)) {
                    recorded.clear();
                    take(each);
                    assertEquals(
                            Set.of(
                                    new Event(0, Instants.parse("2025-04-27T02:39:53.793103449Z"), true),
                                    new Event(0, Instants.parse("2025-08-04T08:11:26.086956522Z"), false)),
                            recorded,
                            "seed=" + seed + " run=" + run + " order=" + instants);
                }
            }
        }
    }

    private static Window window(final Random random, final long startNs) {
        return switch (random.nextInt(5)) {
            case 0 -> Window.since(startNs + random.nextInt(20));
            case 1 -> Window.last(1 + random.nextInt(4));
            default -> new Window.Sliding(1 + random.nextInt(25), Closed.values()[random.nextInt(4)]);
        };
    }

    /**
     * Returns a threshold between two values of a metric in days, because its doubles are not exact at whole
     * nanoseconds.
     */
    private static double threshold(final Random random, final Metric metric) {
        if (metric == Metric.SUM) {
            return (random.nextInt(120) + 0.5) / DAY_NS;
        }
        if (metric == Metric.SINCE_CHANGE) {
            return (random.nextInt(20) + 0.5) / DAY_NS;
        }
        if (metric == Metric.RATE) {
            return random.nextInt(3) * DAY_NS;
        }
        final boolean isShare = metric == Metric.COVERAGE || metric == METRICS.get(9);
        return isShare ? random.nextInt(11) / 10.0 : (random.nextInt(80) - 5) / 10.0;
    }

    @Test
    void shouldFireAndClearLikeAReadInEachNanosecond() {
        for (int stream = 0; stream < TestEffort.times(120); stream++) {
            final Random random = new Random(31 * seed + stream);
            final String name = "stream." + stream;
            SeriesDefinition definition = SeriesDefinition.step(name, Unit.COUNT, 0);
            if (random.nextInt(4) == 0) {
                definition = definition.withHeartbeat(Duration.ofNanos(5 + random.nextInt(20)));
            }
            final StepSeries series = engine.defineStep(definition);
            final long startNs = engine.now();
            final List<Watch> watches = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                final Metric metric = METRICS.get(random.nextInt(METRICS.size()));
                final double fire = threshold(random, metric);
                final WatchedMetric watched = WatchedMetric.of(window(random, startNs), metric);
                final Watch watch = random.nextBoolean() ? Watch.above(watched, fire) : Watch.below(watched, fire);
                final double quiet = random.nextInt(3) * Math.abs(fire) / 4;
                watches.add(watch.withClear(watch.side() == Watch.Side.ABOVE ? fire - quiet : fire + quiet)
                        .withFor(Duration.ofNanos(random.nextInt(3) == 0 ? random.nextInt(8) : 0)));
            }
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of(name, name).withWatches(watches.toArray(Watch[]::new)),
                            QueueOptions.DEFAULT.withCapacity(1 << 12));
            recorded.clear();
            for (int i = 0; i < 14; i++) {
                change(random, series, startNs);
                take(queue);
                final String context = "seed=" + seed + " stream=" + stream + " step=" + i + " "
                        + series.definition().policies() + watches;
                assertEquals(expected(series, watches, startNs), recorded, context);
            }
            engine.updates().unsubscribe(name);
        }
    }

    private void change(final Random random, final StepSeries series, final long startNs) {
        final long at = startNs + random.nextInt(60) - 10;
        switch (random.nextInt(6)) {
            case 0 -> engine.advanceTo(engine.now() + random.nextInt(12));
            case 1 -> engine.awaitApplied(engine.publisher().offerUnknown(series, at));
            case 2 -> engine.awaitApplied(engine.publisher().withdraw(series, at));
            default -> engine.awaitApplied(engine.publisher().offer(series, at, random.nextInt(10)));
        }
        if (random.nextInt(3) == 0) {
            engine.advanceTo(engine.now() + random.nextInt(9));
        }
    }

    private Set<Event> expected(final StepSeries series, final List<Watch> watches, final long startNs) {
        final Set<Event> events = new LinkedHashSet<>();
        final TestReader reader = new TestReader(engine.newReader());
        for (int i = 0; i < watches.size(); i++) {
            final WatchedMetric.OfWindow of =
                    (WatchedMetric.OfWindow) watches.get(i).metric();
            assertTrue(of.isExact(SeriesKind.STEP));
            final WindowReading reading = reader.newReading(of.metric());
            boolean isFired = false;
            long beyond = -1;
            for (long at = startNs + 1; at <= engine.now(); at++) {
                reader.read(series, of.window(), at, reading);
                final double value = reading.value(of.metric());
                if (isFired ? watches.get(i).isClearing(value) : watches.get(i).isBeyond(value)) {
                    beyond = beyond < 0 ? at : beyond;
                    if (isFired || at - beyond >= watches.get(i).forNs()) {
                        isFired = !isFired;
                        events.add(new Event(i, at, isFired));
                        beyond = -1;
                    }
                } else {
                    beyond = -1;
                }
            }
        }
        return events;
    }

    /** The mean over days, in exact integers: it crosses the threshold at each event, and nowhere else. */
    @Test
    void shouldCrossAtTheCrossingOfTheExactFraction() {
        int eventCount = 0;
        for (int run = 0; run < TestEffort.times(60); run++) {
            final Random random = new Random(37 * seed + run);
            final StepSeries series = engine.defineStep(SeriesDefinition.step("exact." + run, Unit.PERCENT, 2));
            final long lengthNs = (1 + random.nextInt(90)) * DAY_NS + random.nextInt(1_000_000);
            final long hundredths = 1_000 + random.nextInt(4_000);
            final WatchedMetric mean = WatchedMetric.of(Window.slidingNs(lengthNs), Metric.MEAN);
            final long startNs = engine.now();
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("exact." + run, "exact." + run)
                                    .withWatches(Watch.above(mean, hundredths / 100.0)),
                            QueueOptions.DEFAULT);
            final TreeMap<Long, Long> points = new TreeMap<>();
            for (int i = 0; i < 8; i++) {
                final long at = startNs + (long) (random.nextDouble() * 200 * DAY_NS);
                points.put(at, (long) random.nextInt(9_000));
                engine.awaitApplied(engine.publisher().offer(series, at, points.get(at)));
                engine.advanceTo(engine.now() + random.nextInt(30) * DAY_NS);
            }
            engine.advanceTo(startNs + 400 * DAY_NS);
            recorded.clear();
            take(queue);
            engine.updates().unsubscribe("exact." + run);
            final TreeMap<Long, Boolean> states = new TreeMap<>();
            recorded.forEach(event -> states.put(event.instantNs(), event.isFire()));
            final String context = "seed=" + seed + " run=" + run;
            for (final Map.Entry<Long, Boolean> state : states.entrySet()) {
                final long at = state.getKey();
                assertEquals(state.getValue(), isAbove(points, at, lengthNs, hundredths), context);
                assertEquals(!state.getValue(), isAbove(points, at - 1, lengthNs, hundredths), context);
            }
            for (int i = 0; i < 300; i++) {
                final long at = startNs + 1 + (long) (random.nextDouble() * 400 * DAY_NS);
                final Map.Entry<Long, Boolean> state = states.floorEntry(at);
                assertEquals(state != null && state.getValue(), isAbove(points, at, lengthNs, hundredths), context);
            }
            eventCount += states.size();
        }
        assertTrue(eventCount > 0, "seed=" + seed);
    }

    /** A decaying average has no exact crossing. A thousandth of a window of 90 days is 7,776 s. */
    @Test
    void shouldReadMetricsWithoutAnExactCrossingOnAGrid() {
        final long gridNs = Duration.ofSeconds(7_776).toNanos();
        final Metric average = Metric.ewma(Decay.halfLife(Duration.ofDays(10)));
        final WatchedMetric watched = WatchedMetric.of(Window.sliding(Duration.ofDays(90)), average);
        assertEquals(gridNs, watched.gridNs(SeriesKind.STEP));
        final StepSeries series = engine.defineStep(SeriesDefinition.step("average", Unit.PERCENT, 0));
        final UpdateQueue queue = engine.updates()
                .subscribe(
                        Subscription.of("average", "average").withWatches(Watch.above(watched, 50)),
                        QueueOptions.DEFAULT);
        engine.awaitApplied(engine.publisher().offer(series, 2_000, 0));
        engine.awaitApplied(engine.publisher().offer(series, 100 * DAY_NS, 100));
        engine.advanceTo(200 * DAY_NS);
        take(queue);
        // The average has gone half of the way after 10 days. The watch fires at the next instant of the grid.
        final long crossingNs = 110 * DAY_NS;
        final long expectedNs = Math.floorDiv(crossingNs, gridNs) * gridNs + gridNs;
        assertEquals(Set.of(new Event(0, expectedNs, true)), recorded);
        // A late point before all others makes the watch evaluate again, on a grid that is not finer.
        engine.awaitApplied(engine.publisher().offer(series, 1_500, 0));
        take(queue);
        assertEquals(1, recorded.size());
        assertTrue(
                recorded.stream()
                        .allMatch(event ->
                                event.instantNs() >= expectedNs && event.instantNs() <= expectedNs + 3 * gridNs),
                () -> "recorded=" + recorded);
    }

    private static boolean isAbove(
            final TreeMap<Long, Long> points, final long at, final long lengthNs, final long hundredths) {
        BigInteger sum = BigInteger.ZERO;
        long covered = 0;
        for (final Map.Entry<Long, Long> point : points.headMap(at, true).entrySet()) {
            final Long next = points.higherKey(point.getKey());
            final long from = Math.max(point.getKey(), at - lengthNs);
            final long to = next == null ? at : Math.min(next, at);
            if (from < to) {
                covered += to - from;
                sum = sum.add(BigInteger.valueOf(point.getValue()).multiply(BigInteger.valueOf(to - from)));
            }
        }
        return covered > 0 && sum.compareTo(BigInteger.valueOf(hundredths).multiply(BigInteger.valueOf(covered))) > 0;
    }
}
