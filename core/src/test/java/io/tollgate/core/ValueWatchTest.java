package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Answer;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Comparison;
import io.tollgate.api.Composition;
import io.tollgate.api.EffectReading;
import io.tollgate.api.Elasticity;
import io.tollgate.api.Engine;
import io.tollgate.api.EventMetric;
import io.tollgate.api.EventStudy;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.Layer;
import io.tollgate.api.LevelPattern;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MemberPattern;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.PassThrough;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Stack;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WatchedPanelReadings;
import io.tollgate.api.WatchedReadings;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import io.tollgate.api.licence.Denominator;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.licence.WatchedLicences;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches on numbers of every reading: each event once, also over late points, closings and kills. */
final class ValueWatchTest extends PanelWatchFixture {
    private static final int TIME = 60;
    private static final Window ALL = Window.since(0);

    /** Values that stay as they are between their changes, read at each nanosecond by readers of their own. */
    private abstract static class Values extends WatchedCourses {
        final List<StepSeries> steps = new ArrayList<>();
        final List<FlowSeries> flows = new ArrayList<>();
        private final Map<WatchedValue, WatchedValue.Look> looks = new HashMap<>();
        private Engine engine;

        Values(final Engine engine, final Random random) {
            super(engine, random, TIME, 1);
            this.engine = engine;
            for (int i = 0; i < 3; i++) {
                steps.add((StepSeries) series.step("step." + i));
            }
            for (int i = 0; i < 2; i++) {
                flows.add((FlowSeries) series.flow("flow." + i));
            }
        }

        abstract List<WatchedPanel> panels();

        @Override
        public void reopened(final Engine reopened) {
            super.reopened(reopened);
            engine = reopened;
            looks.clear();
        }

        @Override
        double value(final WatchedPanel panel, final long at) {
            if (panel instanceof WatchedPanel.Between of) {
                return value(of.first(), at) - value(of.second(), at);
            }
            final WatchedValue value = (WatchedValue) panel;
            final WatchedValue.Look look = looks.computeIfAbsent(
                    value, any -> value.sight().newLook(engine.newReader(), engine.newPanelReader()));
            look.read(at, value.isAsKnown() ? at : MetricReader.ALL_KNOWN);
            return look.status().hasValue() ? look.value() : Double.NaN;
        }

        PanelWatches watches() {
            final List<Watch> watches = new ArrayList<>();
            for (final WatchedPanel panel : panels()) {
                final double fire = 3 * random.nextGaussian() + 1e-9;
                final Watch watch = random.nextBoolean() ? Watch.above(panel, fire) : Watch.below(panel, fire);
                watches.add(watch.withClear(watch.side() == Watch.Side.ABOVE ? fire - 1 : fire + 1)
                        .withFor(Duration.ofNanos(random.nextInt(4))));
            }
            return new PanelWatches(NAME, watches);
        }
    }

    /** With all points as they are known now. */
    private static final class Hindsight extends Values {
        Hindsight(final Engine engine, final Random random) {
            super(engine, random);
        }

        @Override
        List<WatchedPanel> panels() {
            final Group group =
                    Group.of(GroupMember.of(steps.get(0), steps.get(2)), GroupMember.of(steps.get(1), steps.get(2)));
            final Group fixed = group.withWeightsFixedAt(TIME / 2);
            final Layer.InTransit clause = new Layer.InTransit(20, 40);
            final Composition[] compositions = IntStream.range(0, 40)
                    .mapToObj(i -> Composition.of(
                            Layer.add("base", steps.get(i & 1)).withInTransit(clause),
                            Layer.add("more", steps.get(i % 3))))
                    .toArray(Composition[]::new);
            return List.of(
                    WatchedPanelReadings.effects(fixed, Duration.ofNanos(7), effect("rate", EffectReading::rateEffect)),
                    WatchedPanelReadings.effects(group, Duration.ofNanos(3), effect("mix", EffectReading::mixEffect)),
                    WatchedPanelReadings.group(
                            group, Answer.of("known", reading -> Status.OK, reading -> reading.knownCount())),
                    WatchedPanelReadings.comparison(
                            ALL,
                            Comparison.of(steps.get(0), steps.get(1)),
                            4,
                            Answer.of("largest", reading -> reading.status(), reading -> reading.largestDifference())),
                    WatchedPanelReadings.stack(
                            Stack.of(steps.get(2), compositions),
                            Optional.of(Duration.ofNanos(9)),
                            Answer.of("rate", reading -> reading.status(), reading -> reading.rate())),
                    WatchedPanelReadings.elasticity(
                            Window.slidingNs(15),
                            new Elasticity(flows, steps.get(0)),
                            Duration.ofNanos(10),
                            Answer.of("slope", reading -> reading.status(), reading -> reading.value())),
                    WatchedPanel.difference(
                            WatchedReadings.window(flows.get(0), Window.slidingNs(10), Metric.SUM),
                            WatchedReadings.window(flows.get(1), Window.last(3), Metric.SUM)),
                    spread(steps.get(0), steps.get(1)));
        }

        private static Answer<EffectReading> effect(final String text, final ToDoubleFunction<EffectReading> value) {
            return Answer.of(text, EffectReading::status, value);
        }
    }

    /** A value of the program's own: how far two levels are apart, of which the answer is one that a window gives. */
    private static WatchedValue spread(final StepSeries a, final StepSeries b) {
        return WatchedValue.of("spread", (reader, panels) -> new WatchedValue.Look() {
                    private final LevelReading first = reader.newLevelReading();
                    private final LevelReading second = reader.newLevelReading();

                    @Override
                    public void read(final long atNs, final long knownAtNs) {
                        reader.readLevel(a, atNs, knownAtNs, first);
                        reader.readLevel(b, atNs, knownAtNs, second);
                    }

                    @Override
                    public Status status() {
                        return first.status().hasValue() ? second.status() : first.status();
                    }

                    @Override
                    public double value() {
                        return Math.abs(first.value() - second.value());
                    }
                })
                .on(ALL, a)
                .on(ALL, b);
    }

    /** With what was known at each instant. */
    private static final class AsKnown extends Values {
        AsKnown(final Engine engine, final Random random) {
            super(engine, random);
        }

        @Override
        List<WatchedPanel> panels() {
            final List<Long> calendar =
                    LongStream.range(0, 12).map(i -> 4 * i).boxed().toList();
            final EventStudy study = EventStudy.ofMean(List.of(steps.get(2)), List.of(33L), calendar, 5)
                    .withReturns(EventStudy.Returns.LEVEL);
            final Group group = Group.of(GroupMember.of(steps.get(0)), GroupMember.of(steps.get(1)));
            return List.of(
                    WatchedReadings.level(
                                    steps.get(0),
                                    Answer.of(
                                            "pending change",
                                            reading -> Double.isNaN(reading.pendingChange()) ? Status.EMPTY : Status.OK,
                                            reading -> reading.pendingChange()))
                            .asKnown(),
                    WatchedReadings.pending(steps.get(1), 64, Answer.of("count", reading -> Status.OK, reading ->
                            (double) reading.count())),
                    WatchedReadings.revisions(
                            flows.get(0), Window.slidingNs(20), Answer.of("restated", reading -> Status.OK, reading ->
                                    (double) reading.restatedCount())),
                    WatchedReadings.versions(
                            steps.get(0),
                            ALL,
                            256,
                            Answer.of("versions", reading -> Status.OK, reading -> reading.count() % 7)),
                    WatchedReadings.window(flows.get(1), Window.slidingNs(12), Metric.SUM)
                            .asKnown(),
                    WatchedPanelReadings.effects(
                                    group,
                                    Duration.ofNanos(5),
                                    Answer.of("change", reading -> reading.status(), reading -> reading.change()))
                            .asKnown(),
                    WatchedPanelReadings.passThrough(
                            new PassThrough(steps.get(2), steps.get(0), List.of(2L, 9L, 21L, 30L)),
                            Answer.of("slope", reading -> reading.status(), reading -> reading.value())),
                    WatchedPanelReadings.study(
                            study,
                            Answer.of(
                                    "car",
                                    reading -> reading.status(0, 0, EventMetric.CAR),
                                    reading -> reading.value(0, 0, EventMetric.CAR))));
        }
    }

    /** Points come late, are pending, revised and withdrawn; the engine is closed, or killed, and opened again. */
    @ParameterizedTest
    @ValueSource(longs = {55, 80})
    void shouldHaveToldTheEventsOfValues(final long seed) throws IOException {
        final Random random = new Random(seed);
        live(
                random,
                80,
                () -> random.nextLong(4),
                engine -> new Hindsight(engine, random),
                Values::watches,
                "seed=" + seed);
    }

    @Test
    void shouldHaveToldTheEventsOfWhatWasKnown() throws IOException {
        final Random random = new Random(61);
        live(random, 80, () -> random.nextLong(4), engine -> new AsKnown(engine, random), Values::watches, "seed=61");
    }

    /** An announced rise fires when it becomes known, and clears when it is in force. */
    @Test
    void shouldTellOfAnAnnouncementWhenItBecomesKnown() {
        try (Engine engine = launch(directory.resolve("announced"))) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            engine.awaitApplied(engine.publisher().offer(rate, 0, 20));
            engine.advanceTo(10);
            final WatchedValue pending = WatchedReadings.pending(
                    rate, 4, Answer.of("pipeline", reading -> Status.OK, reading -> reading.pipeline()));
            final UpdateQueue queue =
                    engine.watch(PanelWatches.of(NAME, Watch.above(pending, 5)), QueueOptions.DEFAULT);
            engine.advanceTo(30);
            engine.awaitApplied(engine.publisher().offer(rate, 50, 45));
            work(engine);
            assertEquals(
                    List.of("POINT at=30 EMPTY NaN -> OK 25.0"),
                    new UpdateRecorder().drain(queue).changes());
            engine.advanceTo(60);
            work(engine);
            assertEquals(
                    List.of("TIME at=50 EMPTY NaN -> OK 0.0"),
                    new UpdateRecorder().drain(queue).changes());
        }
    }

    /** Two of three decided cases are approved, then two of four; a licence that runs out is told of ahead of that. */
    @Test
    void shouldTellOfApprovalsAndOfWhatIsAboutToExpire() {
        try (Engine engine = launch(directory.resolve("licences"))) {
            final LicenceSeries licences = LicenceSeries.define(engine, "licences", 0);
            engine.advanceTo(10);
            final UpdateQueue queue = engine.watch(
                    PanelWatches.of(
                            NAME,
                            Watch.below(
                                    WatchedLicences.approvalRate(licences, Window.slidingNs(100), Denominator.DECIDED),
                                    0.6),
                            Watch.above(WatchedLicences.expiringWithin(licences, Duration.ofNanos(20)), 0)),
                    QueueOptions.DEFAULT);
            engine.advanceTo(30);
            offer(engine, licences.events(LicenceEventKind.ISSUED), 20, 2);
            offer(engine, licences.events(LicenceEventKind.REFUSED), 25, 1);
            assertEquals(List.of(), new UpdateRecorder().drain(queue).changes());
            offer(engine, licences.events(LicenceEventKind.REFUSED), 30, 1);
            assertEquals(
                    List.of("POINT at=30 EMPTY NaN -> PARTIAL 0.5"),
                    new UpdateRecorder().drain(queue).changes());
            offer(engine, licences.events(LicenceEventKind.EXPIRED), 90, 2);
            engine.advanceTo(100);
            work(engine);
            assertEquals(
                    List.of("TIME at=70 EMPTY NaN -> OK 2.0", "TIME at=90 EMPTY NaN -> OK 0.0"),
                    new UpdateRecorder().drain(queue).changes());
        }
    }

    private static void offer(final Engine engine, final FlowSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
        work(engine);
    }

    /** Between its changes nobody sees what changes all the time, but on its grid. */
    @Test
    void shouldLookAtACountdownOnItsGrid() {
        try (Engine engine = launch(directory.resolve("countdown"))) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            final long second = 1_000_000_000;
            engine.awaitApplied(engine.publisher().offer(rate, 0, 20));
            engine.awaitApplied(engine.publisher().offer(rate, 100 * second, 30));
            engine.advanceTo(10 * second + 1);
            final WatchedValue countdown = WatchedReadings.level(
                            rate,
                            Answer.of(
                                    "countdown",
                                    reading -> reading.status(),
                                    reading -> reading.countdownNs() / (double) second))
                    .asKnown()
                    .withEvery(Duration.ofSeconds(30));
            final UpdateQueue queue =
                    engine.watch(PanelWatches.of(NAME, Watch.below(countdown, 45)), QueueOptions.DEFAULT);
            engine.advanceTo(95 * second);
            work(engine);
            assertEquals(
                    List.of("TIME at=" + 60 * second + " EMPTY NaN -> OK 40.0"),
                    new UpdateRecorder().drain(queue).changes());
        }
    }

    /** A look that throws has no value, and is told of; the engine goes on. */
    @Test
    void shouldGoOnWhereALookThrows() {
        final List<Throwable> errors = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .clockMode(ClockMode.MANUAL)
                .errorHandler(errors::add)
                .stepped(true))) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            final WatchedValue broken = WatchedValue.of("broken", (reader, panels) -> new WatchedValue.Look() {
                        @Override
                        public void read(final long atNs, final long knownAtNs) {
                            throw new ArithmeticException("broken");
                        }

                        @Override
                        public Status status() {
                            return Status.OK;
                        }

                        @Override
                        public double value() {
                            return 1;
                        }
                    })
                    .on(ALL, rate);
            engine.advanceTo(1);
            final UpdateQueue queue = engine.watch(PanelWatches.of(NAME, Watch.above(broken, 0)), QueueOptions.DEFAULT);
            engine.advanceTo(5);
            engine.awaitApplied(engine.publisher().offer(rate, 2, 1));
            work(engine);
            assertEquals(List.of(), new UpdateRecorder().drain(queue).changes());
            assertEquals("broken", errors.get(0).getMessage());
        }
    }

    @Test
    void shouldRefuseMembersByPatternOfWhatWasKnown() {
        final Group group = Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> WatchedPanelReadings.group(
                                group, Answer.of("members", reading -> Status.OK, reading -> reading.memberCount()))
                        .asKnown());
    }
}
