package io.tollgate.core;

import io.tollgate.api.Answer;
import io.tollgate.api.Bucket;
import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.Closed;
import io.tollgate.api.Comparison;
import io.tollgate.api.Elasticity;
import io.tollgate.api.EventMetric;
import io.tollgate.api.EventStudy;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.LagRange;
import io.tollgate.api.LevelReading;
import io.tollgate.api.Metric;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PairReading;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.PassThrough;
import io.tollgate.api.RatioMetric;
import io.tollgate.api.ReadOptions;
import io.tollgate.api.Status;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WatchedPanelReadings;
import io.tollgate.api.WatchedReadings;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The watches of {@link ExamplePanels}. A log holds their texts: watches that are made again are known by them.
 *
 * @param panels that they rest on.
 */
record ExampleWatches(ExamplePanels panels) {
    private static final Window SINCE = Window.since(0);
    private static final Window.Sliding WINDOW = Window.slidingNs(20);
    private static final double NEVER = 1e18;

    /** Those that have much to tell. */
    PanelWatches told() {
        final WatchedPanel average = WatchedPanel.of(panels.group(), GroupMetric.WEIGHTED);
        final WatchedPanel collected = WatchedPanel.of(SINCE, panels.collected(), RatioMetric.PERCENT);
        return PanelWatches.of(
                "panels",
                Watch.above(average, 23).withClear(20),
                Watch.below(average, 15),
                Watch.above(WatchedPanel.of(panels.chapters(), "85", GroupMetric.SIMPLE), 25)
                        .withFor(Duration.ofNanos(3)),
                Watch.above(WatchedPanel.of(panels.stack()), 60),
                Watch.above(collected, 12),
                Watch.above(WatchedPanel.difference(average, collected), 13.4),
                Watch.above(
                        WatchedReadings.revisions(
                                panels.flow("count"),
                                SINCE,
                                Answer.of("restated", reading -> Status.OK, reading -> reading.restatedCount())),
                        0),
                Watch.above(
                                WatchedReadings.window(panels.flow("duty.US"), WINDOW, Metric.SUM)
                                        .asKnown(),
                                150)
                        .withFor(Duration.ofNanos(30)),
                Watch.above(WatchedPanel.of(panels.recoded(), GroupMetric.WEIGHTED), 20.5),
                Watch.above(
                        WatchedReadings.life(
                                panels.flow("life.a"),
                                Answer.of(
                                        "ended",
                                        reading -> Status.OK,
                                        reading -> reading.endNs() == Long.MIN_VALUE ? 0 : 1)),
                        0));
    }

    /** One that ends behind a checkpoint. */
    PanelWatches ended() {
        return PanelWatches.of("gone", Watch.above(WatchedPanel.of(panels.group(), GroupMetric.SIMPLE), 1));
    }

    /** One that begins behind a checkpoint. */
    PanelWatches later() {
        return PanelWatches.of("later", Watch.above(WatchedPanel.of(panels.byPattern(), GroupMetric.SIMPLE), 28));
    }

    /** Each kind of what can be watched, which is never above such a threshold. */
    PanelWatches texts() {
        final List<Watch> watches = Stream.of(kinds(), readings(), readingsOfMany())
                .flatMap(List::stream)
                .map(panel -> Watch.above(panel, NEVER))
                .toList();
        return new PanelWatches("texts", watches);
    }

    private List<WatchedPanel> kinds() {
        final Pair asOf = Pair.asOf(panels.rate("8541"), panels.rate("8517"));
        final Pair byBucket =
                Pair.byBucket(panels.flow("duty.US"), panels.flow("import.US"), Bucket.of(Duration.ofNanos(10)));
        final Pair byMonth = Pair.byBucket(
                panels.flow("duty.US"),
                panels.rate("8541"),
                Bucket.of(CalendarPeriod.MONTH, ZoneId.of("America/New_York")));
        final WatchedPanel group = WatchedPanel.of(panels.group(), GroupMetric.HHI_NORMALISED);
        return List.of(
                group,
                WatchedPanel.of(WINDOW, panels.group(), GroupMetric.TRI),
                WatchedPanel.of(
                        Window.sliding(Duration.ofNanos(20), Closed.BOTH), panels.listed(), GroupMetric.COVERED),
                WatchedPanel.of(panels.chapters(), "VI", GroupMetric.EXPOSURE),
                WatchedPanel.of(panels.stack()),
                WatchedPanel.of(WINDOW, asOf.withLag(Duration.ofNanos(-2)), PairMetric.BETA),
                WatchedPanel.of(Window.last(4), asOf, PairMetric.CORRELATION),
                WatchedPanel.of(SINCE, byBucket.withLagBuckets(1), PairMetric.COVARIANCE),
                WatchedPanel.of(
                        Window.toDate(CalendarPeriod.YEAR, ZoneOffset.ofHours(8)), byMonth, PairMetric.CORRELATION),
                WatchedPanel.of(
                        Window.toDate(CalendarPeriod.QUARTER, ZoneId.of("Asia/Shanghai")),
                        panels.collected(),
                        Duration.ofNanos(10),
                        RatioMetric.GROWTH),
                WatchedPanel.of(Window.last(3), panels.collected(), RatioMetric.RATIO),
                WatchedPanel.quotient(group, WatchedPanel.difference(WatchedPanel.of(panels.stack()), group)));
    }

    private List<WatchedPanel> readings() {
        final Pair pair = Pair.asOf(panels.rate("8541"), panels.rate("8517"));
        final ReadOptions options = new ReadOptions(2, 0.25, 3, true);
        final Answer<LevelReading> level = Answer.of("level", LevelReading::status, LevelReading::value);
        return List.of(
                WatchedReadings.window(panels.rate("8541"), WINDOW, Metric.MEAN),
                WatchedReadings.window(
                        panels.rate("8541"),
                        Window.last(2),
                        options,
                        Answer.of("count", reading -> Status.OK, reading -> reading.count())),
                WatchedReadings.level(panels.rate("8541"), level),
                WatchedReadings.level(panels.rate("8541"), level).asKnown(),
                WatchedReadings.pending(
                        panels.rate("8541"), 4, Answer.of("pending", reading -> Status.OK, reading -> reading.count())),
                WatchedReadings.revisions(
                        panels.rate("8541"),
                        WINDOW,
                        Answer.of("restated", reading -> Status.OK, reading -> reading.restatedCount())),
                WatchedReadings.versions(
                        panels.rate("8541"),
                        SINCE,
                        8,
                        Answer.of("versions", reading -> Status.OK, reading -> reading.count())),
                WatchedReadings.pair(
                        pair,
                        SINCE,
                        options,
                        Answer.of(
                                "corr",
                                reading -> reading.status(PairMetric.CORRELATION),
                                (PairReading reading) -> reading.value(PairMetric.CORRELATION))),
                WatchedReadings.lags(
                        pair,
                        SINCE,
                        ReadOptions.DEFAULT,
                        LagRange.of(Duration.ofNanos(-2), Duration.ofNanos(2), Duration.ofNanos(2)),
                        Answer.of("best", reading -> Status.OK, reading -> reading.best())),
                WatchedReadings.life(
                        panels.flow("life.a"),
                        Answer.of("end", reading -> reading.status(), reading -> reading.endNs())),
                WatchedValue.of("own value", (reader, metrics) -> new Nothing())
                        .on(SINCE, panels.rate("8541"))
                        .withEvery(Duration.ofSeconds(1)));
    }

    private List<WatchedPanel> readingsOfMany() {
        final EventStudy study = EventStudy.ofMean(
                        List.of(panels.rate("8541")), List.of(33L), List.of(0L, 10L, 20L, 30L, 40L, 50L, 60L), 2)
                .withReturns(EventStudy.Returns.LEVEL);
        return List.of(
                WatchedPanelReadings.group(
                        panels.recoded(), Answer.of("known", reading -> Status.OK, reading -> reading.knownCount())),
                WatchedPanelReadings.group(
                        WINDOW,
                        panels.group().withWeightsFixedAt(15),
                        Answer.of("members", reading -> Status.OK, reading -> reading.memberCount())),
                WatchedPanelReadings.effects(
                        panels.group(),
                        Duration.ofNanos(10),
                        Answer.of("change", reading -> reading.status(), reading -> reading.change())),
                WatchedPanelReadings.stack(
                        panels.stack(),
                        Optional.of(Duration.ofNanos(9)),
                        Answer.of("rate", reading -> reading.status(), reading -> reading.rate())),
                WatchedPanelReadings.ratio(
                        Window.last(2),
                        panels.collected(),
                        Duration.ofNanos(10),
                        Answer.of("ratio", reading -> reading.status(), reading -> reading.value(RatioMetric.RATIO))),
                WatchedPanelReadings.comparison(
                        SINCE,
                        Comparison.of(panels.rate("8541"), panels.rate("8517")),
                        4,
                        Answer.of("largest", reading -> reading.status(), reading -> reading.largestDifference())),
                WatchedPanelReadings.passThrough(
                        new PassThrough(panels.step("price"), panels.rate("8541"), List.of(5L, 25L, 55L)),
                        Answer.of("slope", reading -> reading.status(), reading -> reading.value())),
                WatchedPanelReadings.elasticity(
                        WINDOW,
                        new Elasticity(List.of(panels.flow("import.US")), panels.rate("8541")),
                        Duration.ofNanos(30),
                        Answer.of("slope", reading -> reading.status(), reading -> reading.value())),
                WatchedPanelReadings.study(
                        study,
                        Answer.of(
                                "car",
                                reading -> reading.status(0, 0, EventMetric.CAR),
                                reading -> reading.value(0, 0, EventMetric.CAR))));
    }

    /** Has a value at all times, which is 0. */
    private static final class Nothing implements WatchedValue.Look {
        @Override
        public void read(final long atNs, final long knownAtNs) {
            // Nothing to read.
        }

        @Override
        public Status status() {
            return Status.OK;
        }

        @Override
        public double value() {
            return 0;
        }
    }
}
