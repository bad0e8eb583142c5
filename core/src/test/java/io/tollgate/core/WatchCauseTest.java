package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Answer;
import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.LevelReading;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedReadings;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event of a watch over many series names what has brought it about, whatever else is applied meanwhile. */
final class WatchCauseTest {
    @TempDir
    private Path directory;

    private final AtomicBoolean isContended = new AtomicBoolean();

    private Engine launch() {
        return PanelWatchFixture.launch(directory.resolve("causes"));
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    private static void offer(final Engine engine, final StepSeries series, final long at, final long value) {
        final long ticket = engine.publisher().offer(series, at, value, Publisher.NONE, reference(at));
        assertEquals(1, Long.signum(ticket), "offered");
    }

    private static long reference(final long at) {
        return 1_000 + at;
    }

    /** Above 10; cannot be read for as long as it is contended. */
    private static Watch above(final StepSeries series, final AtomicBoolean isUnreadable) {
        final WatchedValue level = WatchedValue.of(
                        "level " + series.key(), (reader, panels) -> new LevelLook(reader, series, isUnreadable))
                .on(Window.since(0), series);
        return Watch.above(level, 10);
    }

    private Watch above(final StepSeries series) {
        return above(series, isContended);
    }

    private record LevelLook(MetricReader reader, StepSeries series, AtomicBoolean isContended, LevelReading reading)
            implements WatchedValue.Look {
        private LevelLook(final MetricReader reader, final StepSeries series, final AtomicBoolean isContended) {
            this(reader, series, isContended, reader.newLevelReading());
        }

        @Override
        public void read(final long atNs, final long knownAtNs) {
            reader.readLevel(series, atNs, knownAtNs, reading);
        }

        @Override
        public Status status() {
            return isContended.get() ? Status.CONTENDED : reading.status();
        }

        @Override
        public double value() {
            return reading.value();
        }
    }

    private static UpdateQueue follow(final Engine engine, final String name, final Watch... watches) {
        final UpdateQueue queue = engine.watch(PanelWatches.of(name, watches), QueueOptions.DEFAULT);
        PanelWatchFixture.work(engine);
        return queue;
    }

    private static List<String> told(final UpdateQueue queue) {
        return new UpdateRecorder()
                .drain(queue).told().stream()
                        .map(told -> told.type() + " " + told.atNs() + " by " + told.cause() + " of "
                                + told.seriesNumber() + " at " + told.validTimeNs() + " " + told.reference())
                        .toList();
    }

    private static String fired(final StepSeries series, final long at) {
        return "FIRED " + at + " by POINT of " + series.number() + " at " + at + " " + reference(at);
    }

    /** The engine applies a point that nobody watches before it follows the watched one. */
    @Test
    void shouldNameThePointThatItFollows() {
        try (Engine engine = launch()) {
            final StepSeries watched = define(engine, "watched");
            final StepSeries other = define(engine, "other");
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, "watch", above(watched));
            engine.advanceTo(20);
            PanelWatchFixture.work(engine);
            offer(engine, watched, 10, 50);
            offer(engine, other, 11, 60);
            PanelWatchFixture.work(engine);
            assertEquals(List.of(fired(watched, 10)), told(queue));
        }
    }

    /** The same of a point that cannot be followed at once. */
    @Test
    void shouldNameThePointThatCouldNotBeFollowedAtOnce() {
        try (Engine engine = launch()) {
            final StepSeries watched = define(engine, "watched");
            final StepSeries other = define(engine, "other");
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, "watch", above(watched));
            engine.advanceTo(20);
            PanelWatchFixture.work(engine);
            isContended.set(true);
            offer(engine, watched, 10, 50);
            offer(engine, other, 11, 60);
            engine.step();
            engine.step();
            assertEquals(List.of(), told(queue));
            isContended.set(false);
            PanelWatchFixture.work(engine);
            assertEquals(List.of(fired(watched, 10)), told(queue));
        }
    }

    /** Unknown: its level has ended. */
    private static Watch unknown(final StepSeries series) {
        return Watch.above(
                WatchedReadings.level(
                        series,
                        Answer.of(
                                "unknown",
                                reading -> Status.OK,
                                reading -> reading.status().hasValue() ? 0 : 1)),
                0.5);
    }

    /** A point that is refused takes the turn of one that may be watched; what came before it has done nothing. */
    @Test
    void shouldNotNameWhatCameBeforeARefusedPoint() {
        try (Engine engine = launch()) {
            final StepSeries closed = define(engine, "closed");
            final StepSeries once = engine.defineStep(
                    SeriesDefinition.step("once", Unit.PERCENT, 0).withDuplicates(DuplicatePolicy.REJECT));
            final StepSeries other = define(engine, "other");
            offer(engine, closed, 0, 1);
            offer(engine, once, 1, 1);
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, "watch", above(once), unknown(closed));
            engine.advanceTo(20);
            offer(engine, other, 11, 60);
            PanelWatchFixture.work(engine);
            offer(engine, once, 1, 50);
            engine.closeSeries(closed, LifeEnd.at(15));
            PanelWatchFixture.work(engine);
            assertEquals(1L, engine.statistics().refusedCounts().get(RefusalReason.DUPLICATE));
            assertEquals(List.of("FIRED 15 by " + closing(closed, 15)), told(queue));
        }
    }

    private static String closing(final StepSeries series, final long at) {
        return "CLOSING of " + series.number() + " at " + at + " " + Publisher.NONE;
    }

    /** The level of a series, and 0 where another one has none. */
    private static WatchedValue levelWith(final StepSeries series, final StepSeries other) {
        return WatchedValue.of("level", (reader, panels) -> new WatchedValue.Look() {
                    private final LevelReading level = reader.newLevelReading();
                    private final LevelReading otherLevel = reader.newLevelReading();

                    @Override
                    public void read(final long atNs, final long knownAtNs) {
                        reader.readLevel(series, atNs, knownAtNs, level);
                        reader.readLevel(other, atNs, knownAtNs, otherLevel);
                    }

                    @Override
                    public Status status() {
                        return otherLevel.status().hasValue() ? level.status() : Status.OK;
                    }

                    @Override
                    public double value() {
                        return otherLevel.status().hasValue() ? level.value() : 0;
                    }
                })
                .on(Window.since(0), series)
                .on(Window.since(0), other);
    }

    /** A point is applied, and not followed yet, when another series is closed. */
    @Test
    void shouldFollowAPointBeforeAClosing() {
        try (Engine engine = launch()) {
            final StepSeries closed = define(engine, "closed");
            final StepSeries watched = define(engine, "watched");
            offer(engine, closed, 0, 1);
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, "watch", Watch.above(levelWith(watched, closed), 10));
            engine.advanceTo(20);
            PanelWatchFixture.work(engine);
            offer(engine, watched, 10, 50);
            engine.closeSeries(closed, LifeEnd.at(9));
            PanelWatchFixture.work(engine);
            assertEquals(List.of(fired(watched, 10), "FIRE_RETRACTED 10 by " + closing(closed, 9)), told(queue));
        }
    }

    /** What a closing brings about names that, and no point that is followed at the same moment. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTellOfClosingsBesideAStreamOfPoints() throws InterruptedException {
        final AtomicBoolean isOver = new AtomicBoolean();
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.MANUAL))) {
            final List<StepSeries> closed = IntStream.range(0, 10)
                    .mapToObj(i -> define(engine, "closed." + i))
                    .toList();
            closed.forEach(series -> engine.awaitApplied(engine.publisher().offer(series, 0, 1)));
            final List<StepSeries> streams = IntStream.range(0, 2)
                    .mapToObj(i -> define(engine, "stream." + i))
                    .toList();
            engine.advanceTo(5);
            final List<Watch> watches =
                    new ArrayList<>(closed.stream().map(WatchCauseTest::unknown).toList());
            streams.forEach(series -> watches.add(above(series)));
            final UpdateQueue queue = engine.watch(new PanelWatches("watch", watches), QueueOptions.DEFAULT);
            engine.advanceTo(100);
            final Thread producer = new Thread(() -> {
                while (!isOver.get()) {
                    streams.forEach(
                            series -> engine.awaitApplied(engine.publisher().offer(series, 50, 1)));
                }
            });
            producer.start();
            try {
                for (int i = 0; i < closed.size(); i++) {
                    engine.closeSeries(closed.get(i), LifeEnd.at(10 + i));
                }
            } finally {
                isOver.set(true);
                producer.join();
            }
            final List<String> expected = IntStream.range(0, closed.size())
                    .mapToObj(i -> "FIRED " + (10 + i) + " by " + closing(closed.get(i), 10 + i))
                    .toList();
            final List<String> told = new ArrayList<>(told(queue));
            while (told.size() < expected.size()) {
                Thread.onSpinWait();
                told.addAll(told(queue));
            }
            assertEquals(expected, told);
        }
    }

    /** Watches that are made again do not know which point it was, and name no other. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNameNoPointOfWhatWasMissed(final boolean isAsKnown) {
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(5);
            follow(engine, "again", above(missed, isAsKnown));
        }
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(20);
            offer(engine, missed, 10, 50);
            PanelWatchFixture.work(engine);
            final UpdateQueue queue = follow(engine, "again", above(missed, isAsKnown));
            final String none = " by POINT of " + missed.number() + " at " + Publisher.NONE + " " + Publisher.NONE;
            assertEquals(List.of("FIRED " + (isAsKnown ? 20 : 10) + none), told(queue));
        }
    }

    private Watch above(final StepSeries series, final boolean isAsKnown) {
        final WatchedValue level = (WatchedValue) above(series).metric();
        return Watch.above(isAsKnown ? level.asKnown() : level, 10);
    }

    /** What watches tell that are made again is not of a point for which others are held up meanwhile. */
    @Test
    void shouldNotNameAPointThatHasNotTouchedTheWatch() {
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(5);
            follow(engine, "again", above(missed));
        }
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            final StepSeries heldUp = define(engine, "held");
            engine.advanceTo(20);
            offer(engine, missed, 10, 50);
            final UpdateQueue first = follow(engine, "first", above(heldUp));
            engine.advanceTo(30);
            PanelWatchFixture.work(engine);
            isContended.set(true);
            offer(engine, heldUp, 25, 50);
            engine.step();
            engine.step();
            final UpdateQueue again = follow(engine, "again", above(missed, new AtomicBoolean()));
            final List<UpdateRecorder.Told> told =
                    new UpdateRecorder().drain(again).told();
            assertEquals(1, told.size());
            assertEquals(missed.number(), told.get(0).seriesNumber());
            assertEquals(10, told.get(0).atNs());
            isContended.set(false);
            PanelWatchFixture.work(engine);
            assertEquals(List.of(fired(heldUp, 25)), told(first));
        }
    }
}
