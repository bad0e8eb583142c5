package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.Twin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A level of 20 from 0 and of 30 from 40, and events of 1 at 0, 10, ... 40. Both series are closed at 50. */
class LifeEndTest {
    private static final long END = 50;
    private static final Window TWENTY = Window.slidingNs(20);

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final Publisher publisher = engine.publisher();
    private final TestReader reader = new TestReader(engine.newReader());
    private final StepSeries rate =
            engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0).withWindows(TWENTY));
    private final FlowSeries granted =
            engine.defineFlow(SeriesDefinition.flow("granted", Unit.COUNT, 0).withWindows(TWENTY));

    private void fillAndClose() {
        engine.advanceTo(45);
        offer(rate, 0, 20);
        offer(rate, 40, 30);
        for (int i = 0; i < 5; i++) {
            offer(granted, 10 * i, 1);
        }
        engine.series().close(rate, LifeEnd.at(END));
        engine.series().close(granted, LifeEnd.at(END));
    }

    private void offer(final Series series, final long time, final long value) {
        engine.awaitApplied(Twin.offer(engine, series, time, value, Instants.NONE, Publisher.NO_REFERENCE));
    }

    private WindowReading read(final Series series, final Window window, final long at) {
        final WindowReading reading = reader.newReading(Metric.above("25"));
        reader.read(series, window, at, reading);
        return reading;
    }

    private static void assertWorth(
            final WindowReading reading, final Metric metric, final Status status, final double value) {
        assertEquals(status, reading.status(metric), metric.text());
        assertEquals(value, reading.value(metric), metric.text());
    }

    private void assertLevel(final long at, final Status status, final long value) {
        final LevelReading level = reader.level(rate, at);
        assertEquals(status, level.status());
        assertEquals(value, level.scaledValue());
        assertEquals(at < 40 ? 40 : Instants.NONE, level.nextChangeAtNs(), "the end is no change of the level");
    }

    @Test
    void shouldKnowALevelUpToTheEndOfItsLife() {
        fillAndClose();
        assertLevel(39, Status.OK, 20);
        assertLevel(49, Status.OK, 30);
        assertLevel(50, Status.INSUFFICIENT, Decimals.UNKNOWN);
        assertLevel(1_000, Status.INSUFFICIENT, Decimals.UNKNOWN);
        final WindowReading reading = read(rate, TWENTY, 55);
        assertWorth(reading, Metric.MEAN, Status.PARTIAL, (5 * 20 + 10 * 30) / 15.0);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 15 / 20.0);
        assertWorth(reading, Metric.above("25"), Status.PARTIAL, 10 / 15.0);
        assertWorth(reading, Metric.LAST, Status.PARTIAL, 30);
        assertWorth(read(rate, TWENTY, 50), Metric.COVERAGE, Status.OK, 1);
        final WindowReading after = read(rate, TWENTY, 70);
        assertWorth(after, Metric.MEAN, Status.EMPTY, Double.NaN);
        assertWorth(after, Metric.COUNT, Status.OK, 0);
        assertWorth(after, Metric.COVERAGE, Status.OK, 0);
    }

    @Test
    void shouldCountNoTimeOfAFlowAfterTheEndOfItsLife() {
        fillAndClose();
        final WindowReading reading = read(granted, TWENTY, 55);
        assertWorth(reading, Metric.SUM, Status.PARTIAL, 1);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 15 / 20.0);
        assertWorth(read(granted, TWENTY, 50), Metric.SUM, Status.OK, 1);
        final WindowReading quiet = read(granted, Window.slidingNs(8), 57);
        assertWorth(quiet, Metric.SUM, Status.EMPTY, Double.NaN);
        assertWorth(quiet, Metric.COVERAGE, Status.OK, 1 / 8.0);
        assertWorth(read(granted, Window.slidingNs(9), 57), Metric.SUM, Status.PARTIAL, 0);
        assertWorth(read(granted, TWENTY, 100), Metric.SUM, Status.EMPTY, Double.NaN);
        assertWorth(read(granted, TWENTY, 100), Metric.COUNT, Status.OK, 0);
    }

    @Test
    void shouldRefusePointsFromTheEndOnAndTakeLateOnes() {
        fillAndClose();
        offer(rate, 49, 40);
        offer(rate, 50, 50);
        offer(rate, 1_000, 60);
        offer(granted, 50, 7);
        engine.awaitApplied(publisher.offerUnknown(rate, 50));
        assertLevel(49, Status.OK, 40);
        engine.awaitApplied(publisher.withdraw(rate, 49));
        assertLevel(49, Status.OK, 30);
        offer(rate, 40, 31);
        assertLevel(49, Status.OK, 31);
        final List<Refusal> refusals = engine.admin().audit().lastRefusals();
        assertEquals(4, engine.admin().statistics().refusedCounts().get(RefusalReason.SERIES_CLOSED));
        assertEquals(
                List.of(50L, 1_000L, 50L, 50L),
                refusals.stream().map(Refusal::validTimeNs).toList());
        assertEquals(
                4,
                engine.admin().statistics().refusedCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        engine.awaitApplied(publisher.withdraw(rate, 60));
        assertEquals(1, engine.admin().statistics().refusedCounts().get(RefusalReason.NO_SUCH_POINT));
    }

    @Test
    void shouldRefuseABatchThatHasAPointAfterTheEnd() {
        fillAndClose();
        final StepSeries other = engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 0));
        final Batch batch = publisher.newBatch();
        assertEquals(0, batch.begin());
        batch.offer(other, 60, 1);
        batch.offer(rate, 50, 1);
        engine.awaitApplied(batch.commit());
        assertEquals(1, engine.admin().statistics().refusedCounts().get(RefusalReason.SERIES_CLOSED));
        assertEquals(1, engine.admin().statistics().refusedCounts().get(RefusalReason.BATCH_REFUSED));
        assertWorth(read(other, TWENTY, 70), Metric.LAST, Status.EMPTY, Double.NaN);
    }

    @Test
    void shouldTakeThePeriodThatEndsWithTheLife() {
        engine.advanceTo(45);
        final FlowSeries monthly = engine.defineFlow(
                SeriesDefinition.flow("monthly", Unit.COUNT, 0).withPeriod(ReportingPeriod.of(Duration.ofNanos(10))));
        offer(monthly, 40, 4);
        offer(monthly, 50, 5);
        engine.series().close(monthly, LifeEnd.at(50));
        offer(monthly, 50, 1);
        offer(monthly, 51, 1);
        assertEquals(1, engine.admin().statistics().refusedCounts().get(RefusalReason.SERIES_CLOSED));
        assertWorth(read(monthly, TWENTY, 50), Metric.SUM, Status.OK, 10);
        assertWorth(read(monthly, TWENTY, 60), Metric.SUM, Status.PARTIAL, 6);
        assertWorth(read(monthly, TWENTY, 60), Metric.COVERAGE, Status.OK, 0.5);
    }

    @Test
    void shouldRefuseToCloseASeriesBeforeItsLastPointUntilThatIsWithdrawn() {
        offer(rate, 40, 30);
        Refusals.require(
                IllegalStateException.class,
                () -> engine.series().close(rate, LifeEnd.at(40)),
                "series=rate lifeEndNs=40 lastValidTimeNs=40");
        assertThrows(IllegalStateException.class, () -> engine.series().close(rate, LifeEnd.at(39)));
        engine.awaitApplied(publisher.withdraw(rate, 40));
        engine.series().close(rate, LifeEnd.at(40));
        assertEquals(40, life(rate, Instants.ALL_KNOWN).endNs());
    }

    @Test
    void shouldCloseASeriesOnceAndForGood() {
        fillAndClose();
        engine.series().close(rate, LifeEnd.at(END));
        engine.series().close(rate, LifeEnd.at(END).knownAt(1_000));
        assertEquals(45, life(rate, Instants.ALL_KNOWN).endKnownAtNs());
        for (final long other : new long[] {41, 49, 51}) {
            Refusals.require(
                    IllegalStateException.class,
                    () -> engine.series().close(rate, LifeEnd.at(other)),
                    "lifeEndNs=" + END);
        }
        assertEquals(rate.number(), engine.defineStep(rate.definition()).number());
        assertLevel(50, Status.INSUFFICIENT, Decimals.UNKNOWN);
    }

    @Test
    void shouldRefuseAnEndThatMeansNothing() {
        final FlowSeries born =
                engine.defineFlow(SeriesDefinition.flow("born", Unit.COUNT, 0).withLifeStart(10));
        assertThrows(IllegalArgumentException.class, () -> engine.series().close(born, LifeEnd.at(10)));
        engine.series().close(born, LifeEnd.at(11));
        assertThrows(IllegalArgumentException.class, () -> LifeEnd.at(Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> LifeEnd.at(0).knownAt(Long.MAX_VALUE));
        engine.awaitApplied(KnownPoint.offer(publisher, rate, 0, 1, 100));
        assertThrows(
                IllegalStateException.class,
                () -> engine.series().close(rate, LifeEnd.at(5).knownAt(99)));
        engine.series().close(rate, LifeEnd.at(5).knownAt(100));
        engine.awaitApplied(KnownPoint.offer(publisher, rate, 1, 1, 99));
        assertEquals(1, engine.admin().statistics().refusedCounts().get(RefusalReason.KNOWLEDGE_DECREASES));
        try (Engine other = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE))) {
            final StepSeries step = other.defineStep(SeriesDefinition.step("step", Unit.PERCENT, 0));
            assertThrows(IllegalArgumentException.class, () -> other.series().close(granted, LifeEnd.at(0)));
            Refusals.require(
                    IllegalArgumentException.class, () -> other.series().close(step, LifeEnd.at(0)), "knownAt");
            other.series().close(step, LifeEnd.at(0).knownAt(7));
            assertEquals(7, other.now());
        }
    }

    private LifeReading life(final Series series, final long knownAt) {
        final LifeReading life = reader.life(series, knownAt);
        assertEquals(Status.OK, life.status());
        return life;
    }

    @Test
    void shouldReadTheLifeAsItWasKnown() {
        engine.advanceTo(45);
        assertEquals(Instants.NONE, life(rate, 45).startNs());
        fillAndClose();
        assertEquals(Instants.NONE, life(rate, 44).endNs());
        assertEquals(Instants.NONE, life(rate, 44).endKnownAtNs());
        final LifeReading known = life(rate, 45);
        assertEquals(0, known.startNs());
        assertEquals(END, known.endNs());
        assertEquals(45, known.endKnownAtNs());
        assertEquals(Series.NO_NUMBER, known.successor());
        assertEquals(Series.NO_NUMBER, known.predecessor());
    }

    @Test
    void shouldReportTheClosingAndOfTheEndOnce() {
        engine.advanceTo(45);
        offer(rate, 0, 20);
        offer(granted, 0, 1);
        offer(granted, 44, 1);
        final UpdateQueue levels = engine.updates()
                .subscribe(Subscription.of("levels", "rate").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        final UpdateQueue sums = engine.updates()
                .subscribe(
                        Subscription.of("sums", "granted").withMetrics(WatchedMetric.of(TWENTY, Metric.SUM)),
                        QueueOptions.DEFAULT);
        engine.series().close(rate, LifeEnd.at(END));
        engine.series().close(granted, LifeEnd.at(END));
        assertEquals(List.of(), new UpdateRecorder().drain(levels).changes());
        engine.advanceTo(100);
        assertEquals(
                List.of("TIME at=50 OK 20.0 -> INSUFFICIENT NaN"),
                new UpdateRecorder().drain(levels).changes());
        assertEquals(
                List.of(
                        "TIME at=51 OK 1.0 -> PARTIAL 1.0",
                        "TIME at=64 PARTIAL 1.0 -> PARTIAL 0.0",
                        "TIME at=69 PARTIAL 0.0 -> EMPTY NaN"),
                new UpdateRecorder().drain(sums).changes());
        final StepSeries late = engine.defineStep(SeriesDefinition.step("rate.late", Unit.PERCENT, 0));
        final UpdateQueue closings = engine.updates()
                .subscribe(Subscription.of("late", "rate.late").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        offer(late, 60, 5);
        engine.series().close(late, LifeEnd.at(90));
        final UpdateRecorder recorded = new UpdateRecorder().drain(closings);
        assertEquals(90, recorded.recorded().get(1).validTimeNs());
        assertEquals(
                List.of("POINT at=100 EMPTY NaN -> OK 5.0", "CLOSING at=100 OK 5.0 -> INSUFFICIENT NaN"),
                recorded.changes());
    }

    /** The engine takes all points before the end and none after it, while another thread offers. */
    @ParameterizedTest
    @CsvSource({"SYSTEM", "EVENT"})
    void shouldCloseWhileAnotherThreadWrites(final ClockMode mode) throws Exception {
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Engine threaded = TollgateEngine.launch(TestContext.of(mode))) {
            final FlowSeries flow = threaded.defineFlow(SeriesDefinition.flow("flow", Unit.COUNT, 0));
            final CountDownLatch isWriting = new CountDownLatch(1);
            final Future<?> writer = executor.submit(() -> {
                for (int i = 0; i < 20_000; i++) {
                    Twin.offer(threaded, flow, i * 7_919L % 20_000, 1, Instants.NONE, Publisher.NO_REFERENCE);
                    isWriting.countDown();
                }
            });
            isWriting.await();
            threaded.series().close(flow, LifeEnd.at(20_000));
            writer.get();
            for (int i = 0; i < 100; i++) {
                Twin.offer(threaded, flow, 20_000 + i, 1, Instants.NONE, Publisher.NO_REFERENCE);
            }
            threaded.awaitApplied(Twin.offer(threaded, flow, 3, 1, Instants.NONE, Publisher.NO_REFERENCE));
            assertEquals(
                    Map.of(RefusalReason.SERIES_CLOSED, 100L),
                    threaded.admin().statistics().refusedCounts());
            final TestReader threadedReader = new TestReader(threaded.newReader());
            final WindowReading reading = threadedReader.window(flow, Window.since(0), 30_000);
            assertEquals(20_001, reading.value(Metric.SUM));
            assertEquals(20_000 / 30_000.0, reading.value(Metric.COVERAGE));
        } finally {
            executor.shutdownNow();
        }
    }

    /** Time-weighted metrics equal those of a level that is unknown from the end of its life. */
    @Test
    void shouldWeighALevelLikeOneThatBecomesUnknown() {
        final long seed = TestSeed.of("closed or unknown");
        final Random random = new Random(seed);
        final Metric[] metrics = {
            Metric.MEAN,
            Metric.SUM,
            Metric.MIN,
            Metric.MAX,
            Metric.FIRST,
            Metric.LAST,
            Metric.POPULATION_SD,
            Metric.MEDIAN,
            Metric.above("5")
        };
        engine.advanceTo(0);
        for (int i = 0; i < 60; i++) {
            final Window window = Window.slidingNs(1 + random.nextInt(60));
            final StepSeries closed = engine.defineStep(
                    SeriesDefinition.step("closed." + i, Unit.PERCENT, 0).withWindows(window));
            final StepSeries unknown = engine.defineStep(SeriesDefinition.step("unknown." + i, Unit.PERCENT, 0));
            final long end = random.nextInt(100);
            for (int j = random.nextInt(200); j > 0; j--) {
                final long time = end - 1 - random.nextInt(150);
                final long value = random.nextInt(10);
                offer(closed, time, value);
                offer(unknown, time, value);
            }
            engine.series().close(closed, LifeEnd.at(end));
            engine.awaitApplied(publisher.offerUnknown(unknown, end));
            for (int j = 0; j < 40; j++) {
                final long at = end + random.nextInt(120) - 60;
                final String where = "seed=" + seed + " i=" + i + " end=" + end + " at=" + at + " window=" + window;
                final WindowReading left = reader.newReading(metrics);
                final WindowReading right = reader.newReading(metrics);
                reader.read(closed, window, at, left);
                reader.read(unknown, window, at, right);
                assertEquals(right.value(Metric.COVERAGE), left.value(Metric.COVERAGE), where);
                for (final Metric metric : metrics) {
                    assertEquals(right.value(metric), left.value(metric), () -> metric.text() + " " + where);
                }
            }
        }
    }
}
