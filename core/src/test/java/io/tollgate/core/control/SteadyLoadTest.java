package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.Followers;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.ProcessMemory;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One open engine under a changing load whose state has a constant size. Points are revised, added, withdrawn and
 * forgotten. Queues, listeners and a group follow them, and the engine makes backups and deletes old log. No resource
 * that a close would free grows.
 */
class SteadyLoadTest {
    private static final int SERIES = 20;
    private static final int TIMES = 300;
    private static final int KEPT_VERSIONS = 100;
    private static final int MOST_OPERATIONS = 400;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int MEASURED_ROUNDS = 20;

    /** Enough rounds that one leaked file in each backup exceeds the tolerance. */
    private static final int ROUNDS_OF_BACKUP = 5;

    private static final int ROUNDS_BETWEEN_CHECKS = 100;
    private static final int MOST_FILES_MORE = 4;

    @TempDir
    private Path temporary;

    private Random random;
    private Engine engine;
    private final List<StepSeries> levels = new ArrayList<>();
    private final List<FlowSeries> sums = new ArrayList<>();
    private long known;
    private long updates;
    private long recorded;

    @Test
    @Tag("ci")
    void shouldHoldNoMoreFilesOrMappingsAfterAWhile() throws IOException {
        work(WARM_UP_ROUNDS + MEASURED_ROUNDS, Long.MAX_VALUE);
    }

    /** Runs for half an hour, or for {@code -Dtollgate.test.soakMinutes}. */
    @Test
    @Tag("nightly")
    void shouldHoldNoMoreFilesMappingsOrMemoryAfterHours() throws IOException {
        final long minutes = Long.getLong("tollgate.test.soakMinutes", 30);
        work(Integer.MAX_VALUE, System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes));
    }

    private void work(final int rounds, final long deadlineNs) throws IOException {
        assumeTrue(SoakTest.isMeasurable(), "no list of open files here");
        random = new Random(TestSeed.of("SteadyLoadTest"));
        final List<ProcessMemory> looks = new ArrayList<>();
        long files = 0;
        long mappings = 0;
        try (Engine opened = TollgateEngine.launch(Lanes.context()
                .directory(temporary.resolve("data"))
                .checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog()))) {
            engine = opened;
            define();
            for (int round = 0; round < rounds && System.nanoTime() < deadlineNs; round++) {
                round(round);
                final long filesNow = SoakTest.openFiles();
                final long mappingsNow = SoakTest.mappings(temporary);
                if (round == WARM_UP_ROUNDS) {
                    files = filesNow;
                    mappings = mappingsNow;
                    assertTrue(mappings > 0, "mappings are not visible");
                } else if (round > WARM_UP_ROUNDS) {
                    requireNoMore("openFiles", files, filesNow, round);
                    requireNoMore("mappings", mappings, mappingsNow, round);
                }
                if (round > WARM_UP_ROUNDS && round % ROUNDS_BETWEEN_CHECKS == 0) {
                    looks.add(ProcessMemory.now());
                    System.out.println("SteadyLoadTest: round=" + round + " " + looks.get(looks.size() - 1));
                }
            }
            assertTrue(engine.admin().statistics().checkpointCounts().deletedSegments() > 0, "no old log was deleted");
        }
        assertTrue(
                updates > 0 && recorded > 0,
                () -> "updates=" + updates + " recorded=" + recorded + ", expected some of each");
        if (rounds == Integer.MAX_VALUE) {
            assertTrue(looks.size() > 3, () -> "memory was measured " + looks.size() + " times: give it more minutes");
            SoakTest.requireNoMoreMemory(looks);
        }
    }

    private static void requireNoMore(final String what, final long before, final long now, final int round) {
        assertTrue(now <= before + MOST_FILES_MORE, () -> what + "=" + now + " at first " + before + " round=" + round);
    }

    private void define() {
        for (int i = 0; i < SERIES; i++) {
            levels.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.PERCENT, 2)
                    .withWindows(Window.slidingNs(173), Window.slidingNs(20_000))));
            sums.add(engine.defineFlow(
                    SeriesDefinition.flow("sum." + i, Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM)));
        }
    }

    private void round(final int round) throws IOException {
        final UpdateQueue queue = engine.updates()
                .subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        final Followers followers = new Followers(engine, "level.*");
        final Batch batch = engine.publisher().newBatch();
        long ticket = 0;
        for (int i = random.nextInt(MOST_OPERATIONS); i >= 0; i--) {
            ticket = operate(batch);
            engine.awaitApplied(ticket);
            updates += queue.poll(update -> {}, Integer.MAX_VALUE);
        }
        engine.awaitDurable(ticket);
        engine.updates().unsubscribe("all");
        followers.close();
        recorded += followers.reportedCount();
        engine.series().retain("*", Retention.versions(KEPT_VERSIONS));
        engine.admin().checkpoint();
        assertEquals(2 * SERIES, engine.admin().statistics().seriesCount());
        new AnswerText(new TestReader(engine.newReader())).of(levels.get(0), Window.slidingNs(20_000), TIMES, known);
        if (round % ROUNDS_OF_BACKUP == 0) {
            final Path backup = temporary.resolve("backup");
            engine.admin().backup(backup);
            FileTree.delete(new SystemFileAccess(), backup);
        }
    }

    /** Offers a point of one series, or a batch of several. */
    private long operate(final Batch batch) {
        known++;
        if (random.nextBoolean()) {
            return offer(engine.publisher(), random.nextInt(SERIES));
        }
        assertTrue(batch.begin() >= 0);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            assertTrue(
                    KnownPoint.offer(batch, levels.get(random.nextInt(SERIES)), time(), random.nextInt(), known, known)
                            > 0);
            assertTrue(KnownPoint.offer(batch, sums.get(random.nextInt(SERIES)), time(), 1, known, known) > 0);
        }
        return batch.commit();
    }

    private long offer(final Publisher publisher, final int series) {
        return random.nextInt(5) == 0
                ? publisher
                        .point(levels.get(series))
                        .validAt(time())
                        .knownAt(known)
                        .withdraw()
                : KnownPoint.offer(publisher, levels.get(series), time(), random.nextInt(), known, known);
    }

    private long time() {
        return random.nextInt(TIMES);
    }
}
