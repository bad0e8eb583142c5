package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WhenFull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event of a watch over many series names what has brought it about, whatever else is applied meanwhile. */
final class WatchCauseTest {
    @TempDir
    private Path directory;

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

    private static Watch above(final StepSeries series) {
        return Watch.above(WatchedPanel.of(Group.of(GroupMember.of(series)), GroupMetric.SIMPLE), 10);
    }

    /** How many of the series have a level above 0. */
    private static WatchedPanel count(final StepSeries... series) {
        return WatchedPanel.of(Group.of(Stream.of(series).map(GroupMember::of).toList()), GroupMetric.IN_FORCE);
    }

    /** Follows a watch with a queue that blocks and that two updates, at 6 and 7, have filled. */
    private static UpdateQueue followWithAFullQueue(final Engine engine, final String name, final StepSeries series) {
        final UpdateQueue queue = engine.watch(
                PanelWatches.of(name, above(series)),
                QueueOptions.DEFAULT.withCapacity(2).withWhenFull(WhenFull.BLOCK));
        engine.advanceTo(20);
        offer(engine, series, 6, 50);
        offer(engine, series, 7, 0);
        PanelWatchFixture.work(engine);
        return queue;
    }

    /** Makes room in it, and gives what is told then. */
    private static List<String> toldWithRoom(final Engine engine, final UpdateQueue queue) {
        assertEquals(2, told(queue).size());
        PanelWatchFixture.work(engine);
        return told(queue);
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
            final UpdateQueue queue = followWithAFullQueue(engine, "watch", watched);
            offer(engine, watched, 10, 50);
            offer(engine, other, 11, 60);
            engine.step();
            engine.step();
            assertEquals(List.of(fired(watched, 10)), toldWithRoom(engine, queue));
        }
    }

    /** Fires if the level of a series ends, beside one that goes on. */
    private static Watch ended(final StepSeries series, final StepSeries steady) {
        return Watch.below(count(series, steady), 1.5);
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
            final StepSeries steady = define(engine, "steady");
            offer(engine, steady, 0, 1);
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, "watch", above(once), ended(closed, steady));
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

    /** A point of the second shard is applied, and not followed yet, when a series of the first one is closed. */
    @Test
    void shouldFollowAPointBeforeAClosing() {
        try (Engine engine = launch()) {
            final StepSeries closed = define(engine, "closed");
            final StepSeries watched = define(engine, "watched");
            offer(engine, closed, 0, 1);
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, "watch", Watch.above(count(watched, closed), 1.5));
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
            final StepSeries steady = define(engine, "steady");
            engine.awaitApplied(engine.publisher().offer(steady, 0, 1));
            final List<StepSeries> streams = IntStream.range(0, 2)
                    .mapToObj(i -> define(engine, "stream." + i))
                    .toList();
            engine.advanceTo(5);
            final List<Watch> watches = new ArrayList<>(
                    closed.stream().map(series -> ended(series, steady)).toList());
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
    @Test
    void shouldNameNoPointOfWhatWasMissed() {
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(5);
            follow(engine, "again", above(missed));
        }
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(20);
            offer(engine, missed, 10, 50);
            PanelWatchFixture.work(engine);
            final UpdateQueue queue = follow(engine, "again", above(missed));
            final String none = " by POINT of " + missed.number() + " at " + Publisher.NONE + " " + Publisher.NONE;
            assertEquals(List.of("FIRED 10" + none), told(queue));
        }
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
            engine.advanceTo(5);
            offer(engine, missed, 10, 50);
            final UpdateQueue first = followWithAFullQueue(engine, "first", heldUp);
            offer(engine, heldUp, 15, 50);
            engine.step();
            engine.step();
            final UpdateQueue again = follow(engine, "again", above(missed));
            final List<UpdateRecorder.Told> told =
                    new UpdateRecorder().drain(again).told();
            assertEquals(1, told.size());
            assertEquals(missed.number(), told.get(0).seriesNumber());
            assertEquals(10, told.get(0).atNs());
            assertEquals(List.of(fired(heldUp, 15)), toldWithRoom(engine, first));
        }
    }
}
