package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.EngineClosedException;
import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directly applied point has the same effect as an offered one, and is readable when the call returns. */
class DirectApplyTest {
    private static final Window[] WINDOWS = {Window.slidingNs(40), Window.slidingNs(300), Window.slidingNs(5_000)};

    @TempDir
    private Path directory;

    private static EngineContext context() {
        return new EngineContext()
                .timesNearEpochAllowed(true)
                .clockMode(ClockMode.EVENT)
                .refusalHandler(refusal -> {})
                .threadingMode(ThreadingMode.STEPPED);
    }

    private static StepSeries level(final Engine engine, final DuplicatePolicy policy) {
        return engine.defineStep(
                SeriesDefinition.step("level." + policy, Unit.COUNT, 0).withDuplicates(policy));
    }

    @Test
    void shouldReportTheOutcomeOfAPoint() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final Publisher publisher = engine.publisher();
            final StepSeries level = level(engine, DuplicatePolicy.REVISE);
            final StepSeries once = level(engine, DuplicatePolicy.REJECT);
            assertEquals(Outcome.APPLIED, publisher.apply(level, 10, 1));
            assertEquals(Outcome.UNCHANGED, publisher.apply(level, 10, 1));
            assertEquals(
                    Outcome.APPLIED,
                    publisher.point(level).validAt(10).value(2).reference(7).apply());
            assertEquals(
                    Outcome.APPLIED,
                    publisher.point(level).validAt(20).unknown().apply());
            assertEquals(Outcome.APPLIED, publisher.apply(once, 10, 1));
            assertEquals(Outcome.refused(RefusalReason.DUPLICATE), publisher.apply(once, 10, 2));
            final PointEncoder early =
                    publisher.point(level).validAt(30).value(1).knownAt(-1);
            assertEquals(Outcome.refused(RefusalReason.KNOWLEDGE_DECREASES), early.apply());
            assertThrows(IllegalStateException.class, early::apply, "it was taken");
            assertEquals(5, engine.admin().statistics().appliedCount());
        }
    }

    @Test
    void shouldApplyFirstWhatWasOfferedBefore() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final StepSeries level = level(engine, DuplicatePolicy.REVISE);
            final long ticket = engine.publisher().offer(level, 10, 1);
            assertEquals(Outcome.UNCHANGED, engine.publisher().apply(level, 10, 1));
            assertEquals(Outcome.APPLIED, engine.awaitOutcome(ticket));
            engine.publisher().offer(level, 10, 3);
            assertEquals(Outcome.APPLIED, engine.publisher().apply(level, 10, 1));
            assertEquals(1, engine.newReader().level().read(level, 10).value());
        }
    }

    @Test
    void shouldRefuseWhatCanNeverBeRight() {
        try (Engine engine = TollgateEngine.launch(context().timesNearEpochAllowed(false));
                Engine other = TollgateEngine.launch(context())) {
            final Publisher publisher = engine.publisher();
            final StepSeries level = level(engine, DuplicatePolicy.REVISE);
            final StepSeries foreign = other.defineStep(SeriesDefinition.step("foreign", Unit.COUNT, 0));
            final long time = 1_700_000_000_000_000_000L;
            refused("UNKNOWN_SERIES", () -> publisher.apply(foreign, time, 1));
            refused("IMPLAUSIBLE_TIME", () -> publisher.apply(level, 1, 1));
            refused("TIME_OUT_OF_RANGE", () -> publisher.apply(level, Instants.MAX + 1, 1));
            refused("value=" + Long.MIN_VALUE, () -> publisher.apply(level, time, Long.MIN_VALUE));
            refused(
                    "value=" + Long.MIN_VALUE,
                    () -> publisher
                            .point(level)
                            .validAt(time)
                            .value(Long.MIN_VALUE)
                            .apply());
            assertThrows(
                    IllegalStateException.class,
                    () -> publisher.point(level).validAt(time).apply(),
                    "without a value");
            assertThrows(
                    IllegalStateException.class,
                    () -> publisher
                            .newBatch()
                            .point(level)
                            .validAt(time)
                            .value(1)
                            .apply(),
                    "in a batch");
            assertEquals(0, engine.admin().statistics().appliedCount());
        }
    }

    private static void refused(final String part, final Runnable call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void shouldBeForTheStepperOfAnOpenEngineOnly() {
        final List<Throwable> inHandler = new ArrayList<>();
        final Engine[] engines = new Engine[1];
        engines[0] = TollgateEngine.launch(context()
                .refusalHandler(refusal -> inHandler.add(assertThrows(
                        IllegalStateException.class,
                        () -> engines[0].publisher().apply(level(engines[0], DuplicatePolicy.REVISE), 1, 1)))));
        final StepSeries once = level(engines[0], DuplicatePolicy.REJECT);
        engines[0].publisher().apply(once, 1, 1);
        engines[0].publisher().apply(once, 1, 2);
        assertEquals(1, inHandler.size());
        engines[0].close();
        assertThrows(EngineClosedException.class, () -> engines[0].publisher().apply(once, 2, 1));
        try (Engine threaded = TollgateEngine.launch(context().threadingMode(ThreadingMode.OWN_THREADS))) {
            final StepSeries level = level(threaded, DuplicatePolicy.REVISE);
            final String message = assertThrows(
                            IllegalStateException.class,
                            () -> threaded.publisher().apply(level, 1, 1))
                    .getMessage();
            assertTrue(message.startsWith("stepped=false"), message);
        }
    }

    @Test
    void shouldRefuseAPointWhoseUpdatesFindNoSpace() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final StepSeries level = level(engine, DuplicatePolicy.REVISE);
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL),
                            new QueueOptions(2, OverflowPolicy.BLOCK));
            assertEquals(Outcome.APPLIED, engine.publisher().apply(level, 1, 1));
            assertEquals(Outcome.APPLIED, engine.publisher().apply(level, 2, 2));
            final String message = assertThrows(
                            IllegalStateException.class,
                            () -> engine.publisher().apply(level, 3, 3))
                    .getMessage();
            assertTrue(message.startsWith("updateQueue=full"), message);
            assertEquals(2, queue.poll(update -> {}, 10));
            assertEquals(Outcome.APPLIED, engine.publisher().apply(level, 3, 3));
        }
    }

    /** Direct calls alone grow the maps and maintain the log; the program never steps the engine. */
    @Test
    void shouldMaintainItselfForAProgramThatNeverSteps() {
        final int count = 40_000;
        try (Engine engine = TollgateEngine.launch(context().directory(directory))) {
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow("events", Unit.COUNT, 0).withWindows(WINDOWS));
            for (int i = 0; i < count; i++) {
                engine.publisher().apply(events, i, 1);
            }
            assertEquals(count, engine.admin().statistics().appliedCount());
        }
        try (Engine engine = TollgateEngine.launch(context().directory(directory))) {
            final MetricReader reader = engine.newReader();
            final Series events = engine.series().find("events").orElseThrow();
            assertEquals(
                    count,
                    reader.window(Window.last(2 * count), Metric.SUM)
                            .read(events, count)
                            .value(Metric.SUM));
        }
    }

    @Test
    void shouldGiveTheSameAnswersAsOffers() {
        final long seed = TestSeed.of("applied and offered");
        final Random random = new Random(seed);
        final int steps = TestEffort.times(6);
        try (Engine applied = TollgateEngine.launch(context().directory(directory));
                Engine offered = TollgateEngine.launch(context())) {
            final List<Series> some = series(applied);
            final List<Series> others = series(offered);
            for (int round = 0; round < steps; round++) {
                for (int i = 0; i < 400; i++) {
                    applyAndOffer(applied.publisher(), some, offered.publisher(), others, round * 400 + i, random);
                }
                offered.step();
                while (offered.step() > 0) {
                    offered.now();
                }
                assertEquals(answers(offered, others), answers(applied, some), "seed=" + seed + " round=" + round);
            }
        }
        try (Engine applied = TollgateEngine.launch(context().directory(directory))) {
            assertEquals(5, applied.admin().statistics().seriesCount());
        }
    }

    private static List<Series> series(final Engine engine) {
        final List<Series> list = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            list.add(engine.defineStep(
                    SeriesDefinition.step("step." + i, Unit.COUNT, 0).withWindows(WINDOWS)));
            list.add(engine.defineFlow(
                    SeriesDefinition.flow("flow." + i, Unit.COUNT, 0).withWindows(WINDOWS)));
        }
        list.add(engine.defineFlow(SeriesDefinition.flow("sums", Unit.COUNT, 0)
                .withDuplicates(DuplicatePolicy.SUM)
                .withWindows(WINDOWS)));
        return list;
    }

    /** Most points are in order. Some are late, pending, revisions or unknown, or have large values. */
    private static void applyAndOffer(
            final Publisher applying,
            final List<Series> some,
            final Publisher offering,
            final List<Series> others,
            final int number,
            final Random random) {
        final int place = random.nextInt(some.size());
        final long time = 5L * number - (random.nextInt(4) == 0 ? random.nextInt(600) : 0);
        final long value = random.nextInt(300) == 0 ? (1L << 40) + number : random.nextInt(2_000) - 1_000;
        final long reference = random.nextInt(5);
        final boolean isUnknown = some.get(place) instanceof StepSeries && random.nextInt(20) == 0;
        if (isUnknown) {
            applying.point(some.get(place))
                    .validAt(time)
                    .unknown()
                    .reference(reference)
                    .apply();
            offering.point(others.get(place))
                    .validAt(time)
                    .unknown()
                    .reference(reference)
                    .offer();
        } else {
            applying.point(some.get(place))
                    .validAt(time)
                    .value(value)
                    .reference(reference)
                    .apply();
            offering.point(others.get(place))
                    .validAt(time)
                    .value(value)
                    .reference(reference)
                    .offer();
        }
    }

    private static String answers(final Engine engine, final List<Series> series) {
        final AnswerText text = new AnswerText(new TestReader(engine.newReader()));
        final StringBuilder all = new StringBuilder();
        for (final Series one : series) {
            for (final Window window : WINDOWS) {
                all.append(text.of(one, window, engine.now(), Instants.ALL_KNOWN))
                        .append('\n');
                all.append(text.of(one, window, engine.now(), engine.now() - 500))
                        .append('\n');
            }
        }
        return all.toString();
    }
}
