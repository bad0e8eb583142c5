package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A batch moves the clock as its points do, and the log says so before it where somebody follows a series: one that
 * counts on no shard moves no clock.
 */
class LostBatchClockTest {
    private static final long BEFORE = 1_000;
    private static final long LATER = 2_000;
    private static final long OF_BATCH = 1_000_000;

    @TempDir
    private Path directory;

    private static Engine launch(final Path data, final ClockMode mode) {
        return TollgateEngine.launch(LostBatchTest.context(data).clockMode(mode));
    }

    private static StepSeries series(final Engine engine, final int shard) {
        return LostBatchTest.onShard(shard, "s" + shard, key -> engine.defineStep(LostBatchTest.step(key)));
    }

    private static void offer(final Engine engine, final StepSeries series, final long at, final ClockMode mode) {
        final long known = mode == ClockMode.KNOWLEDGE ? at : Publisher.NONE;
        engine.awaitApplied(engine.publisher().offer(series, at, 1, known, Publisher.NONE));
    }

    private static void begin(final Engine engine, final ClockMode mode) {
        engine.subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        offer(engine, series(engine, 0), BEFORE, mode);
        offer(engine, series(engine, 1), BEFORE, mode);
    }

    /** Twice, killed in between: the clock stands where it stood, and what is offered then is known by it. */
    private void requireUnmoved(final Path lost, final ClockMode mode) throws IOException {
        final Path again = directory.resolve("again");
        try (Engine engine = launch(lost, mode)) {
            assertEquals(BEFORE, engine.now());
            offer(engine, series(engine, 0), LATER, mode);
            requireKnown(engine);
            BatchKillTest.copy(lost, again);
        }
        try (Engine engine = launch(again, mode)) {
            requireKnown(engine);
        }
    }

    private static void requireKnown(final Engine engine) {
        assertEquals(LATER, engine.now());
        final MetricReader reader = engine.newReader();
        final LevelReading level = reader.newLevelReading();
        reader.readLevel(series(engine, 0), LATER, LATER, level);
        assertEquals(List.of(LATER, LATER), List.of(level.sinceNs(), level.knowledgeTimeNs()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ClockMode.class,
            names = {"EVENT", "KNOWLEDGE"})
    void shouldStandWhereOnlyOneShardHasTheBatch(final ClockMode mode) throws IOException {
        final Path data = directory.resolve("data");
        final Path lost = directory.resolve("lost");
        try (Engine engine = launch(data, mode)) {
            begin(engine, mode);
            final int before = BatchKillTest.frames(data, 1).size();
            final long known = mode == ClockMode.KNOWLEDGE ? OF_BATCH : Publisher.NONE;
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            batch.offer(series(engine, 0), OF_BATCH, 2, known, Publisher.NONE);
            batch.offer(series(engine, 1), OF_BATCH, 2, known, Publisher.NONE);
            engine.awaitApplied(batch.commit());
            assertEquals(OF_BATCH, engine.now());
            BatchKillTest.copy(data, lost);
            final List<BatchKillTest.Frame> all = BatchKillTest.frames(data, 1);
            LostBatchTest.cutOther(lost, all.subList(before, all.size()));
        }
        requireUnmoved(lost, mode);
    }

    /** The time that an operation by itself has logged just before it counts. */
    @Test
    void shouldKeepTheTimeThatCameJustBefore() throws IOException {
        final Path data = directory.resolve("data");
        final Path lost = directory.resolve("lost");
        try (Engine engine = launch(data, ClockMode.MANUAL)) {
            begin(engine, ClockMode.MANUAL);
            engine.advanceTo(BEFORE);
            LostBatchTest.loseOther(engine, data, lost, series(engine, 0), series(engine, 1));
        }
        try (Engine engine = launch(lost, ClockMode.MANUAL)) {
            assertEquals(BEFORE, engine.now());
        }
    }

    /** A batch of one shard of which the log has the first frames. */
    @ParameterizedTest
    @CsvSource({"EVENT, 1", "EVENT, 2", "KNOWLEDGE, 1", "KNOWLEDGE, 2"})
    void shouldStandWhereTheLogHasABatchInPart(final ClockMode mode, final int kept) throws IOException {
        final Path data = directory.resolve("data");
        final Path lost = directory.resolve("lost");
        try (Engine engine = launch(data, mode)) {
            begin(engine, mode);
            final int before = BatchKillTest.frames(data, 0).size();
            final StepSeries series = series(engine, 0);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (int i = 0; i < 3_000; i++) {
                batch.offer(series, OF_BATCH + i, i, OF_BATCH + i, Publisher.NONE);
            }
            engine.awaitApplied(batch.commit());
            BatchKillTest.copy(data, lost);
            final List<BatchKillTest.Frame> all = BatchKillTest.frames(data, 0);
            assertEquals(3, all.size() - before);
            BatchKillTest.cut(lost, 0, all.subList(before, all.size()), kept);
            LostBatchTest.cutOther(lost, List.of());
        }
        requireUnmoved(lost, mode);
    }
}
