package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.fixture.WatchedTimelines;
import io.tollgate.core.oracle.PairOracle;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watches on correlation, covariance and beta: each event once, also with late points, closes and kills. */
final class PairWatchTest extends PanelWatchFixture {
    private static final int TIME = 60;
    private static final long DAY_NS = 86_400_000_000_000L;

    /** Pairs of any kind, read at instants at which a point or a bucket enters or leaves a window. */
    private static class Pairs extends WatchedTimelines {
        final List<Series> steps = new ArrayList<>();
        final List<Series> flows = new ArrayList<>();

        Pairs(final Engine engine, final Random random, final int count, final long unitNs) {
            super(engine, random, count, unitNs);
            for (int i = 0; i < 2; i++) {
                steps.add(series.step("step." + i));
                flows.add(series.flow("flow." + i));
            }
        }

        @Override
        public double value(final WatchedPanel panel, final long at) {
            final WatchedPanel.OfPair of = (WatchedPanel.OfPair) panel;
            final Pair pair = of.pair();
            final PairOracle oracle =
                    new PairOracle(series.oracle(pair.x()), series.oracle(pair.y()), pair, of.window(), at);
            return oracle.status(of.metric(), ReadOptions.DEFAULT).hasValue() ? oracle.value(of.metric()) : Double.NaN;
        }

        @Override
        public long next(final WatchedPanel panel, final long at) {
            final WatchedPanel.OfPair of = (WatchedPanel.OfPair) panel;
            final Pair pair = of.pair();
            final long lengthNs = pair.bucket()
                    .map(bucket -> ((Bucket.Fixed) bucket).lengthNs())
                    .orElse(1L);
            final long next = Math.min(
                    nextOf(pair.x(), of.window(), Math.max(0, pair.lag()) * lengthNs, at),
                    nextOf(pair.y(), of.window(), Math.max(0, -pair.lag()) * lengthNs, at));
            final long beginsNs = Math.max(series.beginsNs(pair.x()), series.beginsNs(pair.y()));
            if (pair.bucket().isEmpty() || beginsNs == Long.MAX_VALUE) {
                return next;
            }
            return Math.min(next, (Math.floorDiv(Math.max(at, beginsNs - 1), lengthNs) + 1) * lengthNs);
        }

        /**
         * A lagged series also changes at the unshifted times of its points. An earlier value then has not expired, or
         * the last n points differ.
         */
        private long nextOf(final Series one, final Window window, final long shiftNs, final long at) {
            final long next = series.nextAct(one, window, shiftNs, at);
            final boolean isSeenAtOnce =
                    one.definition().policies().heartbeatNs() != 0 || window instanceof Window.LastPoints;
            return isSeenAtOnce ? Math.min(next, series.nextAct(one, window, 0, at)) : next;
        }

        WatchSet watches() {
            final Bucket bucket = new Bucket.Fixed(1 + random.nextInt(6));
            return new WatchSet(
                    NAME,
                    List.of(
                            watch(sliding(), Pair.byBucket(flows.get(0), flows.get(1), bucket)),
                            watch(sliding(), byBucket(steps.get(0), flows.get(0), bucket)),
                            watch(Window.since(random.nextInt(TIME)), byBucket(flows.get(1), steps.get(1), bucket)),
                            watch(sliding(), asOf(0)),
                            watch(sliding(), asOf(random.nextInt(21) - 10)),
                            watch(Window.last(1 + random.nextInt(6)), asOf(random.nextInt(21) - 10))));
        }

        private Pair byBucket(final Series x, final Series y, final Bucket bucket) {
            return Pair.byBucket(x, y, bucket).withLagBuckets(random.nextInt(7) - 3);
        }

        private Pair asOf(final int lagNs) {
            return Pair.asOf((StepSeries) steps.get(0), (StepSeries) steps.get(1))
                    .withLag(Duration.ofNanos(lagNs));
        }

        private Window sliding() {
            return new Window.Sliding(5 + random.nextInt(40), Closed.values()[random.nextInt(Closed.values().length)]);
        }

        /** Makes a watch whose threshold equals no value. */
        Watch watch(final Window window, final Pair pair) {
            final PairMetric metric = PairMetric.values()[random.nextInt(PairMetric.values().length)];
            final double scale = metric == PairMetric.COVARIANCE ? 30 : 0.5;
            final double fire = scale * random.nextGaussian() + 1e-9;
            final WatchedPanel panel = WatchedPanel.of(window, pair, metric);
            final Watch watch = random.nextBoolean() ? Watch.above(panel, fire) : Watch.below(panel, fire);
            final double quiet = watch.side() == Watch.Side.ABOVE ? -scale / 4 : scale / 4;
            return watch.withClear(fire + quiet).withFor(Duration.ofNanos(random.nextInt(5)));
        }
    }

    /** Flows by month. Their common observations change when a month ends or leaves the window. */
    private static final class Months extends Pairs {
        Months(final Engine engine, final Random random) {
            super(engine, random, 400, DAY_NS);
        }

        /** Returns the starts and ends of days, which include those of months. */
        @Override
        public long next(final WatchedPanel panel, final long at) {
            final long ofDayNs = Math.floorMod(at, DAY_NS);
            return ofDayNs < 2 || ofDayNs == DAY_NS - 1 ? at + 1 : at - ofDayNs + DAY_NS - 1;
        }

        @Override
        WatchSet watches() {
            return new WatchSet(
                    NAME,
                    List.of(
                            watch(days(Closed.RIGHT), byMonth(flows.get(0), flows.get(1))),
                            watch(days(Closed.LEFT), byMonth(flows.get(0), steps.get(0))),
                            watch(
                                    Window.toDate(CalendarPeriod.YEAR, ZoneOffset.UTC),
                                    byMonth(steps.get(1), flows.get(1)))));
        }

        private Window days(final Closed closed) {
            return new Window.Sliding((90 + random.nextInt(200)) * DAY_NS, closed);
        }

        private Pair byMonth(final Series x, final Series y) {
            return Pair.byBucket(x, y, Bucket.of(CalendarPeriod.MONTH, ZoneOffset.UTC))
                    .withLagBuckets(random.nextInt(3) - 1);
        }
    }

    /** Points are late, pending, revised and withdrawn. The engine is closed or killed, and opened again. */
    @Test
    void shouldHaveReportedTheEventsOfTheCourseAsItIsKnown() throws IOException {
        final Random random = new Random(22);
        live(
                random,
                100,
                () -> random.nextLong(6),
                engine -> new Pairs(engine, random, TIME, 1),
                Pairs::watches,
                "seed=22");
    }

    @Test
    void shouldHaveReportedTheEventsOfMonths() throws IOException {
        final Random random = new Random(37);
        live(
                random,
                40,
                () -> random.nextLong(80 * DAY_NS),
                engine -> new Months(engine, random),
                Pairs::watches,
                "seed=37");
    }

    /** A cycle of the engine's own thread may include many changes. In the end each event was sent once. */
    @Test
    void shouldHaveReportedTheSameOnAThreadOfTheEngine() {
        try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL))) {
            final Pairs pairs = new Pairs(engine, new Random(20_261_125), TIME, 1);
            engine.advanceTo(BEFORE_NS);
            final WatchSet watches = pairs.watches();
            final UpdateQueue queue = engine.updates().subscribe(watches, QueueOptions.DEFAULT.withCapacity(1 << 16));
            for (int i = 0; i < 2_000; i++) {
                pairs.change();
                if (i % 50 == 0) {
                    engine.advanceTo(engine.now() + 1);
                }
            }
            final Set<Event> expected = pairs.events(watches, engine.now());
            final long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            do {
                take(queue);
            } while (!recorded().equals(expected) && System.nanoTime() < deadlineNs);
            assertEquals(expected, recorded());
        }
    }

    /** Two levels move together and then apart, which a late point undoes. */
    @Test
    void shouldReportThatACorrelationBrokeAndTakeItBack() {
        try (Engine engine = launch(directory.resolve("break"))) {
            final StepSeries x = engine.defineStep(SeriesDefinition.step("x", Unit.PERCENT, 0));
            final StepSeries y = engine.defineStep(SeriesDefinition.step("y", Unit.PERCENT, 0));
            for (int i = 0; i < 20; i++) {
                engine.awaitApplied(engine.publisher().offer(x, i, i % 2));
                engine.awaitApplied(engine.publisher().offer(y, i, i % 2));
            }
            engine.advanceTo(15);
            final WatchedPanel panel = WatchedPanel.of(Window.slidingNs(10), Pair.asOf(x, y), PairMetric.CORRELATION);
            final UpdateQueue queue =
                    engine.updates().subscribe(WatchSet.of(NAME, Watch.below(panel, 0.9)), QueueOptions.DEFAULT);
            engine.advanceTo(20);
            work(engine);
            final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
            assertEquals(List.of(), recorder.changes());
            engine.awaitApplied(engine.publisher().offer(y, 18, 1));
            work(engine);
            recorder.drain(queue);
            // In the 10 ns before 19, both are up together for 5, and y alone for 1.
            assertEquals(1, recorder.recorded().size());
            final UpdateRecorder.Recorded fired = recorder.recorded().get(0);
            assertEquals(UpdateType.FIRED, fired.type());
            assertEquals(19, fired.atNs());
            assertEquals(y.number(), fired.seriesNumber());
            assertEquals(Math.sqrt(2.0 / 3), fired.newValue(), Math.ulp(1));
            recorder.changes();
            engine.awaitApplied(engine.publisher().offer(y, 18, 0));
            work(engine);
            recorder.drain(queue);
            assertEquals(1, recorder.recorded().size());
            final UpdateRecorder.Recorded retracted = recorder.recorded().get(0);
            assertEquals(UpdateType.FIRE_RETRACTED, retracted.type());
            assertEquals(19, retracted.atNs());
            assertEquals(y.number(), retracted.seriesNumber());
            assertEquals(1, retracted.newValue());
        }
    }

    /** At the instant at which both change, they are still constant in the window. */
    @ParameterizedTest
    @CsvSource({"0", "3", "-3"})
    void shouldSeeANanosecondAfterThatBothLevelsChange(final long lagNs) {
        try (Engine engine = launch(directory.resolve("change"))) {
            final StepSeries x = engine.defineStep(SeriesDefinition.step("x", Unit.PERCENT, 0));
            final StepSeries y = engine.defineStep(SeriesDefinition.step("y", Unit.PERCENT, 0));
            engine.awaitApplied(engine.publisher().offer(x, 0, 0));
            engine.awaitApplied(engine.publisher().offer(y, 0, 1));
            engine.advanceTo(20);
            final Window window = Window.slidingNs(1_000);
            final Pair pair = Pair.asOf(x, y).withLag(Duration.ofNanos(lagNs));
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(
                                    NAME,
                                    Watch.above(WatchedPanel.of(window, pair, PairMetric.CORRELATION), 0.9),
                                    Watch.above(WatchedPanel.of(window, pair, PairMetric.BETA), 0)),
                            QueueOptions.DEFAULT);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            batch.offer(x, 30 - Math.max(0, lagNs), 145);
            batch.offer(y, 30 - Math.max(0, -lagNs), 2);
            engine.awaitApplied(batch.commit());
            engine.advanceTo(900);
            work(engine);
            assertEquals(
                    List.of("0 FIRED 31", "1 FIRED 31"),
                    new UpdateRecorder()
                            .drain(queue).recorded().stream()
                                    .map(update -> update.watchIndex() + " " + update.type() + " " + update.atNs())
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void shouldRefuseBucketsOfTheLastPoints() {
        try (Engine engine = launch(directory.resolve("refused"))) {
            final Series flow = engine.defineFlow(SeriesDefinition.flow("f", Unit.COUNT, 0));
            final Pair pair = Pair.byBucket(flow, flow, new Bucket.Fixed(3));
            assertThrows(IllegalArgumentException.class, () -> WatchedPanel.of(Window.last(5), pair, PairMetric.BETA));
        }
    }

    @Test
    void shouldRefuseSeriesOfAnotherEngine() {
        try (Engine engine = launch(directory.resolve("one"));
                Engine other = launch(directory.resolve("other"))) {
            engine.defineStep(SeriesDefinition.step("x", Unit.PERCENT, 0));
            final StepSeries x = other.defineStep(SeriesDefinition.step("others", Unit.PERCENT, 0));
            final WatchedPanel panel = WatchedPanel.of(Window.slidingNs(5), Pair.asOf(x, x), PairMetric.BETA);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> engine.updates().subscribe(WatchSet.of(NAME, Watch.above(panel, 1)), QueueOptions.DEFAULT));
            assertFalse(engine.updates().unsubscribe(NAME));
        }
    }
}
