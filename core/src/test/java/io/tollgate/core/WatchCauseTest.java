package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.UpdateRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch over several series is evaluated once in a duty cycle. Its cause is the last operation of that cycle. */
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
        assertEquals(1, Long.signum(engine.publisher().offer(series, at, value)), "offered");
    }

    private static WatchedPanel average(final StepSeries... series) {
        return WatchedPanel.of(Group.of(Stream.of(series).map(GroupMember::of).toList()), GroupMetric.SIMPLE);
    }

    private static UpdateQueue follow(final Engine engine, final Watch... watches) {
        final UpdateQueue queue = engine.updates().subscribe(WatchSet.of("watch", watches), QueueOptions.DEFAULT);
        PanelWatchFixture.work(engine);
        return queue;
    }

    /** Returns the sequence of the next operation. */
    private static long nextSequence(final Engine engine) {
        return ((TollgateEngine) engine).resources().log().orElseThrow().nextSequence();
    }

    private static List<String> recorded(final UpdateQueue queue) {
        final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
        recorder.recorded().forEach(update -> {
            assertEquals(Instants.NONE, update.validTimeNs());
            assertEquals(Instants.NONE, update.knowledgeTimeNs());
            assertEquals(Publisher.NO_REFERENCE, update.reference());
        });
        return recorder.recorded().stream()
                .map(update -> update.type() + " " + update.atNs() + " by " + update.cause() + " " + update.sequence()
                        + " of " + update.seriesNumber())
                .toList();
    }

    /** The cycle ends with a point that no watch follows. */
    @Test
    void shouldNameTheLastSequenceOfTheCycleAndTheOneSeriesThatHasChanged() {
        try (Engine engine = launch()) {
            final StepSeries watched = define(engine, "watched");
            final StepSeries other = define(engine, "other");
            engine.advanceTo(5);
            final UpdateQueue queue =
                    follow(engine, Watch.above(average(watched), 10), Watch.above(average(watched), 20));
            engine.advanceTo(20);
            final long sequence = nextSequence(engine);
            offer(engine, watched, 10, 50);
            offer(engine, watched, 12, 60);
            offer(engine, other, 11, 60);
            engine.step();
            final String fired = "FIRED 10 by BATCH " + (sequence + 2) + " of " + watched.number();
            assertEquals(List.of(fired, fired), recorded(queue));
            assertEquals(sequence + 5, nextSequence(engine), "three points and the states of two watches");
        }
    }

    @Test
    void shouldNameNoSeriesIfSeveralHaveChanged() {
        try (Engine engine = launch()) {
            final StepSeries a = define(engine, "a");
            final StepSeries b = define(engine, "b");
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, Watch.above(average(a, b), 10));
            engine.advanceTo(20);
            final long sequence = nextSequence(engine);
            offer(engine, a, 10, 50);
            offer(engine, b, 10, 60);
            offer(engine, a, 11, 50);
            engine.step();
            assertEquals(
                    List.of("FIRED 10 by BATCH " + (sequence + 2) + " of " + Publisher.NO_REFERENCE), recorded(queue));
        }
    }

    /** Only the final effect of the points of one cycle or batch counts. The next cycle is separate. */
    @Test
    void shouldNotReportACrossingThatVanishesWithinTheCycle() {
        try (Engine engine = launch()) {
            final StepSeries watched = define(engine, "watched");
            engine.advanceTo(5);
            final UpdateQueue queue = follow(engine, Watch.above(average(watched), 10));
            engine.advanceTo(20);
            final long sequence = nextSequence(engine);
            offer(engine, watched, 10, 50);
            offer(engine, watched, 10, 0);
            engine.step();
            assertEquals(List.of(), recorded(queue));
            offerBatch(engine, watched, 50);
            offerBatch(engine, watched, 0);
            engine.step();
            assertEquals(List.of(), recorded(queue));
            assertEquals(sequence + 2 + 2 * 3, nextSequence(engine), "points, and batches of one with their bounds");
            offerBatch(engine, watched, 50);
            engine.step();
            offerBatch(engine, watched, 0);
            engine.step();
            final String ofSeries = " of " + watched.number();
            assertEquals(
                    List.of(
                            "FIRED 10 by BATCH " + (sequence + 10) + ofSeries,
                            "FIRE_RETRACTED 10 by BATCH " + (sequence + 14) + ofSeries),
                    recorded(queue));
        }
    }

    private static void offerBatch(final Engine engine, final StepSeries series, final long value) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        batch.offer(series, 10, value);
        assertEquals(1, Long.signum(batch.commit()), "offered");
    }

    /** The clock passes the end of a duration by far. The event has the instant of the end. */
    @Test
    void shouldReportTheEffectsOfTime() {
        try (Engine engine = launch()) {
            final StepSeries watched = define(engine, "watched");
            engine.advanceTo(5);
            final UpdateQueue queue =
                    follow(engine, Watch.above(average(watched), 10).withFor(Duration.ofNanos(7)));
            offer(engine, watched, 10, 50);
            offer(engine, watched, 30, 0);
            engine.step();
            final long sequence = nextSequence(engine);
            engine.advanceTo(100);
            final String byTime = " by TIME " + sequence + " of " + Publisher.NO_REFERENCE;
            assertEquals(List.of("FIRED 17" + byTime, "CLEARED 30" + byTime), recorded(queue));
        }
    }

    @Test
    void shouldNameTheSeriesThatIsClosed() {
        try (Engine engine = launch()) {
            final StepSeries closed = define(engine, "closed");
            final StepSeries steady = define(engine, "steady");
            offer(engine, closed, 0, 1);
            offer(engine, steady, 0, 1);
            engine.advanceTo(20);
            final Group group = Group.of(GroupMember.of(closed), GroupMember.of(steady));
            final UpdateQueue queue = follow(engine, Watch.below(WatchedPanel.of(group, GroupMetric.IN_FORCE), 1.5));
            engine.advanceTo(40);
            final long sequence = nextSequence(engine);
            engine.series().close(closed, LifeEnd.at(30));
            assertEquals(List.of("FIRED 30 by BATCH " + sequence + " of " + closed.number()), recorded(queue));
        }
    }

    /** If the queue is full, the watch waits. It later reports the state of that later time. */
    @Test
    void shouldBeEvaluatedOnceThereIsSpaceInItsQueue() {
        try (Engine engine = launch()) {
            final StepSeries watched = define(engine, "watched");
            final StepSeries other = define(engine, "other");
            engine.advanceTo(5);
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of("watch", Watch.above(average(watched), 10)),
                            QueueOptions.DEFAULT.withCapacity(2).withWhenFull(OverflowPolicy.BLOCK));
            engine.advanceTo(20);
            offer(engine, watched, 6, 50);
            offer(engine, watched, 7, 0);
            PanelWatchFixture.work(engine);
            offer(engine, watched, 10, 50);
            PanelWatchFixture.work(engine);
            offer(engine, watched, 12, 60);
            offer(engine, watched, 10, 0);
            PanelWatchFixture.work(engine);
            final long sequence = nextSequence(engine);
            offer(engine, other, 11, 60);
            PanelWatchFixture.work(engine);
            assertEquals(2, recorded(queue).size());
            PanelWatchFixture.work(engine);
            assertEquals(List.of("FIRED 12 by BATCH " + sequence + " of " + watched.number()), recorded(queue));
        }
    }

    /** Watches that are created again follow all their series from the start. */
    @Test
    void shouldReportMissedEvents() {
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(5);
            follow(engine, Watch.above(average(missed), 10));
        }
        try (Engine engine = launch()) {
            final StepSeries missed = define(engine, "missed");
            engine.advanceTo(20);
            offer(engine, missed, 10, 50);
            PanelWatchFixture.work(engine);
            final long sequence = nextSequence(engine) - 1;
            final UpdateQueue queue = follow(engine, Watch.above(average(missed), 10));
            assertEquals(List.of("FIRED 10 by BATCH " + sequence + " of " + missed.number()), recorded(queue));
        }
    }
}
