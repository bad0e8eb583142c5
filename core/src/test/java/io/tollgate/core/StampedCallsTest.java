package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Instants;
import io.tollgate.api.LevelReading;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.LifeReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Retention;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.VersionReading;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * In mode EVENT one thread's points, batches, ends of series and other calls have the same knowledge times on any
 * number of shards: an end moves the clock as a point does, and what is offered behind it is known no earlier. Where a
 * call waits for the one before, updates are the same, too.
 */
class StampedCallsTest {
    private static final int OPERATIONS = 150;
    private static final int STEP = 60;
    private static final int MAX_VERSIONS = 1_024;
    private static final Subscription ALL = Subscription.of("all", "*")
            .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(Window.slidingNs(2L * STEP), Metric.COUNT))
            .withWatches(Watch.above(WatchedMetric.LEVEL, 1_000));

    /** One engine, and its series in the order in which they were defined. */
    private static final class Side {
        private final Engine engine;
        private final MetricReader reader;
        private final List<StepSeries> series = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private UpdateQueue updates;
        private long ticket;

        Side(final int shardCount, final boolean isStepped) {
            engine = TollgateEngine.launch(new EngineContext()
                    .clockMode(ClockMode.EVENT)
                    .shardCount(shardCount)
                    .stepped(isStepped)
                    .refusalHandler((reason, number, time, value, knowledge, reference) ->
                            refusals.add(reason + " " + engine().find(number).orElseThrow() + " " + time)));
            reader = engine.newReader();
        }

        private Engine engine() {
            return engine;
        }

        void define() {
            series.add(engine.defineStep(SeriesDefinition.step("level." + series.size(), Unit.COUNT, 0)));
        }

        void offer(final int position, final long time, final long known) {
            ticket = engine.publisher().offer(series.get(position), time, time, known, Publisher.NONE);
        }

        void subscribe() {
            updates = engine.subscribe(ALL, QueueOptions.DEFAULT);
        }

        /** What was told since, in no order: shards have none. */
        List<String> told() {
            // All shards come to the time to which one has moved the clock.
            while (engine.step() > 0) {
                Thread.onSpinWait();
            }
            return new UpdateRecorder()
                    .drain(updates).told().stream()
                            .map(told -> engine.find(told.seriesNumber())
                                            .orElseThrow()
                                            .key() + " " + told.revision() + " " + told.change() + " valid="
                                    + told.validTimeNs() + " known=" + told.knowledgeTimeNs())
                            .sorted()
                            .toList();
        }

        void await() {
            if (ticket > 0) {
                engine.awaitApplied(ticket);
            }
        }

        long knowledgeTime(final int position, final long time) {
            final LevelReading level = reader.newLevelReading();
            reader.readLevel(series.get(position), time, level);
            return level.knowledgeTimeNs();
        }

        /** All that was ever said of a series, and when it became known. */
        String known(final int position) {
            final VersionReading versions = reader.newVersionReading(MAX_VERSIONS);
            reader.readVersions(series.get(position), Window.since(0), Instants.MAX, MetricReader.ALL_KNOWN, versions);
            final StringBuilder text = new StringBuilder("level." + position + " " + versions.status());
            for (int i = 0; i < versions.heldCount(); i++) {
                text.append(" at=" + versions.validTimeNs(i))
                        .append(" known=" + versions.knowledgeTimeNs(i))
                        .append(" until=" + versions.endKnowledgeTimeNs(i));
            }
            final LifeReading life = reader.newLifeReading();
            reader.readLife(series.get(position), MetricReader.ALL_KNOWN, life);
            return text + " end=" + life.endNs() + " known=" + life.endKnownAtNs();
        }
    }

    private final long seed = TestSeed.of("calls");
    private final Random random = new Random(seed);
    private final boolean isAwaited = random.nextBoolean();
    private List<Side> sides = List.of();

    @BeforeEach
    void launch() {
        // Threads of their own work where no call waits for the one before.
        sides = List.of(new Side(1, true), new Side(2, true), new Side(5, isAwaited));
        for (int i = 0; i < 8; i++) {
            each(Side::define);
        }
    }

    @AfterEach
    void close() {
        each(side -> side.engine.close());
    }

    private void each(final Consumer<Side> action) {
        sides.forEach(action);
    }

    @Test
    void shouldStampWhatIsOfferedBehindAnEndNoEarlierThanThat() {
        each(side -> {
            side.offer(0, 1_000, Publisher.NONE);
            side.engine.closeSeries(side.series.get(0), LifeEnd.at(1_000_000));
            for (int i = 1; i < 8; i++) {
                side.offer(i, 2_000, Publisher.NONE);
            }
            side.await();
            for (int i = 1; i < 8; i++) {
                assertEquals(1_000_000, side.knowledgeTime(i, 2_000));
            }
        });
    }

    @Test
    void shouldStampAnEndNoEarlierThanWhatWasOfferedBefore() {
        each(side -> {
            for (int i = 1; i < 8; i++) {
                side.offer(i, 5_000 + i, Publisher.NONE);
            }
            side.engine.closeSeries(side.series.get(0), LifeEnd.at(3_000));
            final LifeReading life = side.reader.newLifeReading();
            side.reader.readLife(side.series.get(0), MetricReader.ALL_KNOWN, life);
            assertEquals(5_007, life.endKnownAtNs());
        });
    }

    /** When an end became known may be given: it moves the clock all the same. */
    @Test
    void shouldMoveStampsWithAnEndThatIsKnownAtAGivenTime() {
        each(side -> {
            side.engine.closeSeries(side.series.get(0), LifeEnd.at(9_000).knownAt(50));
            for (int i = 1; i < 8; i++) {
                side.offer(i, 100, Publisher.NONE);
            }
            side.await();
            for (int i = 1; i < 8; i++) {
                assertEquals(9_000, side.knowledgeTime(i, 100));
            }
        });
    }

    @Test
    void shouldMoveNoStampWithAnEndThatIsRefused() {
        each(side -> {
            side.engine.closeSeries(side.series.get(0), LifeEnd.at(500));
            side.offer(1, 1_000, Publisher.NONE);
            side.await();
            final StepSeries closed = side.series.get(0);
            final StepSeries open = side.series.get(1);
            assertThrows(IllegalStateException.class, () -> side.engine.closeSeries(closed, LifeEnd.at(9_000)));
            assertThrows(
                    IllegalStateException.class,
                    () -> side.engine.closeSeries(open, LifeEnd.at(9_000).knownAt(50)));
            assertThrows(
                    IllegalStateException.class,
                    () -> side.engine.closeSeries(open, LifeEnd.at(9_000).followedBy(closed)));
            for (int i = 1; i < 8; i++) {
                side.offer(i, 1_001, Publisher.NONE);
            }
            side.await();
            for (int i = 1; i < 8; i++) {
                assertEquals(1_001, side.knowledgeTime(i, 1_001));
            }
        });
    }

    /** The current instants of a series, and whether it is closed: none of what is done is refused. */
    private static final class Course {
        private final TreeSet<Long> times = new TreeSet<>();
        private boolean isClosed;
        private boolean isFollowed;
    }

    private final List<Course> courses = new ArrayList<>();
    private long largest;

    @RepeatedTest(20)
    void shouldGiveTheSameKnowledgeTimesOnAnyNumberOfShards() {
        for (int i = 0; i < 8; i++) {
            courses.add(new Course());
        }
        each(Side::subscribe);
        for (int i = 0; i < OPERATIONS; i++) {
            operate();
            if (isAwaited) {
                compare();
                compareUpdates();
            }
        }
        compare();
        assertTrue(courses.stream().anyMatch(course -> course.isClosed), () -> "seed=" + seed);
    }

    private void compare() {
        each(Side::await);
        final Side single = sides.get(0);
        for (final Side side : sides) {
            assertEquals(List.of(), side.refusals, () -> "seed=" + seed);
            assertEquals(single.engine.now(), side.engine.now(), () -> "seed=" + seed);
            for (int i = 0; i < courses.size(); i++) {
                assertEquals(single.known(i), side.known(i), () -> "seed=" + seed);
            }
        }
    }

    private void compareUpdates() {
        final List<String> expected = sides.get(0).told();
        for (final Side side : sides.subList(1, sides.size())) {
            assertEquals(expected, side.told(), () -> "seed=" + seed);
        }
    }

    /** An open one. */
    private int choose() {
        int chosen = random.nextInt(courses.size());
        while (courses.get(chosen).isClosed) {
            chosen = random.nextInt(courses.size());
        }
        return chosen;
    }

    /** Not too far behind what was offered, and at times ahead of it. */
    private long time() {
        final long time = Math.max(0, largest + random.nextInt(2 * STEP) - STEP - STEP / 2);
        largest = Math.max(largest, time);
        return time;
    }

    private void operate() {
        switch (random.nextInt(16)) {
            case 0 -> closeSeries();
            case 1 -> followClosed();
            case 2 -> define();
            case 3 -> withdraw();
            case 4, 5, 6 -> offerBatch();
            case 7 -> other();
            default -> offer();
        }
    }

    private void offer() {
        final int chosen = choose();
        final long time = time();
        // What is given is what it would be stamped with: no series refuses what is offered to it next.
        final long known = random.nextInt(4) == 0 ? largest : Publisher.NONE;
        courses.get(chosen).times.add(time);
        each(side -> side.offer(chosen, time, known));
    }

    private void offerBatch() {
        final int count = 1 + random.nextInt(5);
        final List<Integer> chosen = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(choose());
            times.add(time());
            courses.get(chosen.get(i)).times.add(times.get(i));
        }
        each(side -> {
            final Batch batch = side.engine.publisher().newBatch();
            if (batch.begin() < 0) {
                // As many as there may be wait to be applied.
                side.await();
                assertEquals(0, batch.begin());
            }
            for (int i = 0; i < count; i++) {
                batch.offer(side.series.get(chosen.get(i)), times.get(i), times.get(i));
            }
            side.ticket = batch.commit();
            assertTrue(side.ticket > 0);
        });
    }

    private void withdraw() {
        final int chosen = choose();
        final TreeSet<Long> times = courses.get(chosen).times;
        if (!times.isEmpty()) {
            final long time = random.nextBoolean() ? times.pollFirst() : times.pollLast();
            each(side -> side.ticket = side.engine.publisher().withdraw(side.series.get(chosen), time));
        }
    }

    private void define() {
        courses.add(new Course());
        each(Side::define);
    }

    private void closeSeries() {
        define();
        final int chosen = choose();
        final Course course = courses.get(chosen);
        final long behind = course.times.isEmpty() ? 0 : course.times.last();
        final long end = Math.max(behind + 1, time());
        largest = Math.max(largest, end);
        final int next = random.nextBoolean() ? courses.size() - 1 : -1;
        final boolean isGiven = random.nextInt(4) == 0;
        final long known = largest;
        course.isClosed = true;
        course.isFollowed = next >= 0 && next != chosen;
        each(side -> {
            final LifeEnd at = isGiven ? LifeEnd.at(end).knownAt(known) : LifeEnd.at(end);
            side.engine.closeSeries(
                    side.series.get(chosen), course.isFollowed ? at.followedBy(side.series.get(next)) : at);
        });
    }

    /** Names what follows a series that was closed before; or tries to close it otherwise. */
    private void followClosed() {
        define();
        final int next = courses.size() - 1;
        for (int i = 0; i < next; i++) {
            final int chosen = i;
            if (courses.get(i).isClosed && !courses.get(i).isFollowed) {
                final LifeReading life = sides.get(0).reader.newLifeReading();
                sides.get(0).reader.readLife(sides.get(0).series.get(i), MetricReader.ALL_KNOWN, life);
                final LifeEnd other = LifeEnd.at(largest + 1_000_000);
                final LifeEnd same = LifeEnd.at(life.endNs());
                courses.get(i).isFollowed = true;
                each(side -> {
                    final StepSeries closed = side.series.get(chosen);
                    assertThrows(IllegalStateException.class, () -> side.engine.closeSeries(closed, other));
                    side.engine.closeSeries(closed, same.followedBy(side.series.get(next)));
                });
                return;
            }
        }
    }

    private void other() {
        final long count = 1 + random.nextInt(3);
        final boolean isRetention = random.nextInt(4) == 0;
        each(side -> {
            if (isRetention) {
                side.engine.retain("*", Retention.versions(count));
            } else {
                side.engine.register(WindowRegistration.of("*").withWindows(Window.slidingNs(count)));
            }
        });
    }
}
