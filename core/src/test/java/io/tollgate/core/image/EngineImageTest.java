package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.UpdateStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Subscriptions, watches and groups continue in the engine that has loaded the image of another one: it tells all that
 * the first engine would have told, and nothing twice.
 */
class EngineImageTest {
    private static final QueueOptions LARGE = QueueOptions.DEFAULT.withCapacity(1 << 14);
    private static final int STAYS = 0;
    private static final int MOVES = 1;
    private static final int IS_KILLED = 2;

    @TempDir
    private Path directory;

    private final long seed = TestSeed.of("engine image");
    private int directoryCount;

    private Path newDirectory() {
        return directory.resolve("data." + directoryCount++);
    }

    private static byte[] imageOf(final Engine engine) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        return out.toByteArray();
    }

    private static long load(final Engine engine, final byte[] image) {
        return engine.images().loadAll(new ByteArrayInputStream(image));
    }

    /** Only an engine that is killed needs a directory. */
    private static EngineContext context(final UpdateStream stream) {
        return TestContext.stepped(stream.clock().mode())
                .clock(stream.clock())
                .logSegmentLength(1 << 17)
                .refusalHandler(refusal -> {});
    }

    /** All of an update, except the number of its series and the position of its operation in the log. */
    private static String told(final Engine engine, final UpdateRecorder.Recorded update) {
        final String key =
                engine.series().find(update.seriesNumber()).map(Series::key).orElse("several");
        return update.toString()
                .replaceFirst("seriesNumber=[^,]*", "series=" + key)
                .replaceFirst("sequence=[^,]*, ", "");
    }

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldTellTheUpdatesThatTheFirstEngineWouldHaveTold(final ClockMode mode) {
        for (int i = 0; i < TestEffort.times(2); i++) {
            requireSameUpdates(mode, i, false);
        }
    }

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldTellTheEventsOfWatchesThatTheFirstEngineWouldHaveTold(final ClockMode mode) {
        int toldCount = 0;
        // A few streams have few events.
        for (int i = 0; i < TestEffort.times(2) || toldCount <= 5 && i < 100; i++) {
            toldCount += requireSameUpdates(mode, i, true);
        }
        assertTrue(toldCount > 5, "told=" + toldCount + " seed=" + seed);
    }

    private int requireSameUpdates(final ClockMode mode, final int number, final boolean isWatched) {
        final List<String> expected = updates(mode, number, isWatched, STAYS);
        final String context = "seed=" + seed + " mode=" + mode + " stream=" + number;
        assertEquals(expected, updates(mode, number, isWatched, MOVES), context);
        if (number == 0) {
            assertEquals(expected, updates(mode, number, isWatched, IS_KILLED), context + " killed");
        }
        return expected.size();
    }

    private List<String> updates(final ClockMode mode, final int number, final boolean isWatched, final int course) {
        final UpdateStream stream = new UpdateStream(new Random(31 * seed + number), mode, "updates");
        if (isWatched) {
            stream.watch();
        }
        final List<String> told = new ArrayList<>();
        Engine engine = TollgateEngine.launch(context(stream));
        try {
            stream.define(engine);
            UpdateQueue queue = engine.updates().subscribe(stream.subscription(), LARGE);
            for (int i = 0; i < 5; i++) {
                stream.feed(8);
                take(engine, queue, told);
                if (course != STAYS) {
                    engine = moved(engine, () -> context(stream), course == IS_KILLED);
                    stream.moved(engine);
                    queue = engine.updates().subscribe(stream.subscription(), LARGE);
                }
            }
            take(engine, queue, told);
        } finally {
            engine.close();
        }
        return told;
    }

    private static void take(final Engine engine, final UpdateQueue queue, final List<String> told) {
        final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
        assertEquals(List.of(), recorder.gaps());
        recorder.recorded().forEach(update -> told.add(told(engine, update)));
    }

    private Engine moved(final Engine engine, final Supplier<EngineContext> context, final boolean isKilled) {
        try (engine) {
            final byte[] image = imageOf(engine);
            if (!isKilled) {
                return loaded(context.get(), image);
            }
            final Path data = newDirectory();
            final Path copy = newDirectory();
            final Engine other = loaded(context.get().directory(data), image);
            DirectoryFiles.copy(data, copy);
            other.close();
            return TollgateEngine.launch(context.get().directory(copy));
        }
    }

    /** An engine that has loaded an image has the same image. */
    private Engine loaded(final EngineContext context, final byte[] image) {
        final Engine other = TollgateEngine.launch(context);
        load(other, image);
        assertArrayEquals(image, imageOf(other), () -> "seed=" + seed);
        return other;
    }

    /** Series of the other engine that a loaded subscription matches are followed from the load on. */
    @Test
    void shouldFollowSeriesThatTheImageLacks() {
        final Subscription subscription = Subscription.of("levels", "a.*")
                .withMetrics(WatchedMetric.LEVEL)
                .withEvery(Duration.ofSeconds(1));
        try (Engine engine = manual();
                Engine other = manual()) {
            final StepSeries first = step(engine, "a.first");
            final StepSeries own = step(other, "a.own");
            step(other, "b.own");
            KnownPoint.apply(other, own, 3, 7, 3);
            engine.updates().subscribe(subscription, LARGE);
            KnownPoint.apply(engine, first, 1, 5, 1);
            engine.advanceTo(10);
            load(other, imageOf(engine));
            final UpdateRecorder recorder = new UpdateRecorder();
            try (UpdateQueue queue = other.updates().subscribe(subscription, LARGE)) {
                KnownPoint.apply(other, own, 8, 8, 8);
                KnownPoint.apply(other, find(other, "a.first"), 9, 6, 9);
                recorder.drain(queue);
            }
            assertEquals(List.of("POINT at=10 OK 7.0 -> OK 8.0", "POINT at=10 OK 5.0 -> OK 6.0"), recorder.changes());
        }
    }

    @Test
    void shouldRefuseASubscriptionThatTheEngineHas() {
        final Subscription subscription = Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL);
        try (Engine engine = manual();
                Engine other = manual()) {
            step(engine, "a");
            engine.updates().subscribe(subscription, LARGE).close();
            other.updates().subscribe(subscription, LARGE).close();
            final byte[] image = imageOf(engine);
            final IllegalStateException refused = assertThrows(IllegalStateException.class, () -> load(other, image));
            assertTrue(refused.getMessage().startsWith("subscription=levels exists"), refused::getMessage);
            assertTrue(other.series().find("a").isEmpty());
            other.updates().unsubscribe("levels");
            assertEquals(1, load(other, image));
        }
    }

    @Test
    void shouldRefuseMoreSubscriptionsThanTheEngineMayHave() {
        try (Engine engine = manual();
                Engine other = TollgateEngine.launch(
                        TestContext.stepped(ClockMode.MANUAL).limits(Limits.DEFAULT.withMaxSubscriptionCount(1)))) {
            engine.updates().subscribe(Subscription.of("a", "*"), LARGE).close();
            engine.updates().subscribe(Subscription.of("b", "*"), LARGE).close();
            final byte[] image = imageOf(engine);
            assertThrows(LimitExceededException.class, () -> load(other, image));
        }
    }

    /** A subscription that follows series each second would read them almost for ever. */
    @Test
    void shouldRefuseASubscriptionThatIsFarBehindTheClock() {
        final Subscription subscription =
                Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL).withEvery(Duration.ofSeconds(1));
        try (Engine engine = manual();
                Engine other = manual()) {
            KnownPoint.apply(engine, step(engine, "a"), 1, 5, 1);
            engine.updates().subscribe(subscription, LARGE).close();
            final byte[] image = imageOf(engine);
            other.advanceTo(Duration.ofDays(36_500).toNanos());
            final IllegalStateException refused = assertThrows(IllegalStateException.class, () -> load(other, image));
            assertTrue(refused.getMessage().startsWith("subscription=levels everyNs="), refused::getMessage);
        }
    }

    /** Watches on panels continue when they are subscribed again, as after an opening. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldTellTheEventsOfWatchesOnPanelsOnce(final boolean isKilled) {
        int toldCount = 0;
        for (int i = 0; i < TestEffort.times(2); i++) {
            final long number = 31 * seed + i;
            final List<String> expected = events(new Random(number), STAYS);
            assertEquals(
                    expected, events(new Random(number), isKilled ? IS_KILLED : MOVES), "seed=" + seed + " run=" + i);
            toldCount += expected.size();
        }
        assertTrue(toldCount > 5, "told=" + toldCount + " seed=" + seed);
    }

    private List<String> events(final Random random, final int course) {
        final List<String> told = new ArrayList<>();
        Engine engine = manual();
        try {
            step(engine, "z");
            step(engine, "a");
            engine.advanceTo(5);
            UpdateQueue queue = engine.updates().subscribe(watches(engine), LARGE);
            for (int life = 0; life < 4; life++) {
                for (int i = 0; i < 12; i++) {
                    final StepSeries changed = find(engine, random.nextBoolean() ? "a" : "z");
                    final long at = random.nextInt(50);
                    final long value = random.nextInt(100);
                    engine.awaitApplied(engine.publisher().offer(changed, at, value));
                    engine.advanceTo(engine.now() + random.nextInt(3));
                    engine.step();
                }
                take(engine, queue, told);
                if (course != STAYS) {
                    engine = moved(engine, () -> TestContext.stepped(ClockMode.MANUAL), course == IS_KILLED);
                    queue = engine.updates().subscribe(watches(engine), LARGE);
                    engine.step();
                }
            }
        } finally {
            engine.close();
        }
        return told;
    }

    private static StepSeries find(final Engine engine, final String key) {
        return (StepSeries) engine.series().find(key).orElseThrow();
    }

    private static WatchSet watches(final Engine engine) {
        final Group group = Group.of(GroupMember.of(find(engine, "a")), GroupMember.of(find(engine, "z")));
        return WatchSet.of(
                "panels",
                Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 50).withClear(40),
                Watch.below(WatchedPanel.of(group, GroupMetric.SIMPLE), 30).withFor(Duration.ofNanos(3)),
                Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 1_000));
    }

    private static Engine manual() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
    }

    private static StepSeries step(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }
}
