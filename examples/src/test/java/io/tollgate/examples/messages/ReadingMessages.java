package io.tollgate.examples.messages;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The exceptions of readings, subscriptions and watches. */
final class ReadingMessages {
    private static final long NOON = Instants.parse("2025-04-09T12:00:00Z");
    private static final Window DAY = Window.sliding(Duration.ofDays(1));

    private ReadingMessages() {}

    static void addTo(final MessageTable table) {
        try (Engine engine = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL))) {
            table.section("Readings");
            readings(table, engine);
            foreignReads(table, engine);
            panels(table, engine);
            table.section("Subscriptions and watches");
            definitions(table);
            subscriptions(table, engine);
        }
    }

    private static StepSeries rate(final Engine engine) {
        return engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
    }

    private static void readings(final MessageTable table, final Engine engine) {
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.window(DAY, Metric.MEAN);
        reading.read(rate(engine), NOON);
        table.thrown("metric that the reading was not made for", () -> reading.value(Metric.MAX));
        table.thrown("window that the reading was not made for", () -> reading.value(1, Metric.MEAN));
        table.thrown("no window", () -> reader.windows(List.of(), Metric.MEAN));
        table.thrown("the same window twice", () -> reader.windows(List.of(DAY, DAY), Metric.MEAN));
        table.thrown("null as a window", () -> reader.window(null, Metric.MEAN));
        table.thrown("null as a metric", () -> reader.window(DAY, (Metric) null));
        table.thrown("null as a series", () -> reading.read(null, NOON));
        table.thrown("read out of range", () -> reading.read(rate(engine), Long.MAX_VALUE));
        table.thrown("asOf out of range", () -> reader.asOf(Long.MIN_VALUE));
        table.thrown("room for no points", () -> reader.pending(0));
        final FutureTask<?> second = new FutureTask<>(() -> reading.read(rate(engine), NOON));
        new Thread(second).start();
        table.thrown("read by a second thread", () -> {
            try {
                second.get();
            } catch (final ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    private static void foreignReads(final MessageTable table, final Engine engine) {
        final LevelReading level = engine.newReader().level();
        try (Engine other = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL))) {
            final StepSeries foreign = other.defineStep(SeriesDefinition.step("tariff.EU.CN", Unit.PERCENT, 2));
            table.thrown("read of a series of another engine", () -> level.read(foreign, NOON));
        }
    }

    private static void panels(final MessageTable table, final Engine engine) {
        final PanelReader panels = engine.newPanelReader();
        final Group group = Group.of(GroupMember.of(rate(engine)));
        final FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("licences.granted", Unit.COUNT, 0));
        final Pair pair = Pair.byBucket(granted, granted, Bucket.of(Duration.ofDays(1)));
        table.thrown("last points of a pair by bucket", () -> engine.newReader().pair(pair, Window.last(3)));
        table.thrown("last points of a group", () -> panels.group(group, Window.last(3)));
        table.thrown("node given twice", () -> panels.hierarchy(Hierarchy.byPrefix(group, 2), "85", "85"));
        table.thrown("prefixes that do not increase", () -> Hierarchy.byPrefix(group, 4, 2));
        table.thrown("null as a group", () -> panels.group(null));
    }

    private static void definitions(final MessageTable table) {
        table.thrown("subscription without a name", () -> Subscription.of("", "tariff.*"));
        table.thrown("subscription to half a pattern", () -> Subscription.of("rates", "tariff.C*"));
        table.thrown(
                "metric given twice",
                () -> Subscription.of("rates", "*").withMetrics(WatchedMetric.LEVEL, WatchedMetric.LEVEL));
        table.thrown(
                "grid of a millisecond", () -> Subscription.of("rates", "*").withEvery(Duration.ofMillis(1)));
        table.thrown("threshold NaN", () -> Watch.above(WatchedMetric.LEVEL, Double.NaN));
        table.thrown(
                "watch that clears above its threshold",
                () -> Watch.above(WatchedMetric.LEVEL, 10).withClear(11));
        table.thrown("watches of no panel", () -> WatchSet.of("panels", Watch.above(WatchedMetric.LEVEL, 10)));
        table.thrown("no watches", () -> WatchSet.of("panels"));
        table.thrown("capacity that is no power of two", () -> QueueOptions.DEFAULT.withCapacity(100));
    }

    private static void subscriptions(final MessageTable table, final Engine engine) {
        final QueueOptions small = new QueueOptions(2, OverflowPolicy.BLOCK);
        final Subscription levels = Subscription.of("levels", "tariff.*.*").withMetrics(WatchedMetric.LEVEL);
        engine.updates().subscribe(levels, QueueOptions.DEFAULT).close();
        table.thrown(
                "same name, other metrics",
                () -> engine.updates()
                        .subscribe(
                                Subscription.of("levels", "tariff.*.*").withMetrics(WatchedMetric.of(DAY, Metric.MEAN)),
                                QueueOptions.DEFAULT));
        table.thrown(
                "levels of a FLOW",
                () -> engine.updates()
                        .subscribe(
                                Subscription.of("granted", "licences.granted").withMetrics(WatchedMetric.LEVEL),
                                QueueOptions.DEFAULT));
        table.thrown(
                "queue smaller than the updates of a point",
                () -> engine.updates()
                        .subscribe(
                                Subscription.of("many", "tariff.*.*")
                                        .withMetrics(
                                                WatchedMetric.LEVEL,
                                                WatchedMetric.of(DAY, Metric.MEAN),
                                                WatchedMetric.of(DAY, Metric.MAX)),
                                small));
        engine.updates().subscribe(Subscription.of("kept", "tariff.*.*").withMetrics(WatchedMetric.LEVEL), small);
        table.thrown("apply while a BLOCK queue is full", () -> {
            for (int i = 0; i < 10; i++) {
                engine.publisher().apply(rate(engine), NOON + i, i);
                engine.advanceTo(NOON + i);
            }
        });
    }
}
