package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.BatchCounts;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many shards as there can be: a bit for each fills a long, and their counters have room in the file for them. */
class ManyShardsTest {
    private static final int COUNT = ShardPlace.MAX_COUNT;
    private static final int COUNTERS_OF_SHARD = 20;

    /** The shards that each batch has a point on. */
    private static final List<int[]> BATCHES = List.of(
            IntStream.range(0, COUNT).toArray(),
            new int[] {COUNT - 1},
            new int[] {0, COUNT - 1},
            new int[] {COUNT - 2, COUNT - 1},
            new int[] {0, COUNT - 2});

    @TempDir
    private Path directory;

    private final long[] values = new long[COUNT];
    private long pointCount;

    private static EngineContext context() {
        return new EngineContext()
                .shardCount(COUNT)
                .stepped(true)
                .clockMode(ClockMode.MANUAL)
                .firstMapEntries(1_024)
                .logSegmentLength(1 << 16);
    }

    @Test
    @Tag("ci")
    void shouldBeOpenedAndInspected() {
        try (Engine engine = TollgateEngine.launch(context().directory(directory))) {
            engine.advanceTo(5);
            engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            final DirectoryInspection inspection = DirectoryInspection.of(directory);
            assertTrue(inspection.counters().size() > COUNT * COUNTERS_OF_SHARD);
            assertEquals(COUNT, inspection.shards().size());
            assertTrue(inspection.now().isPresent());
        }
    }

    /** The bit of the last shard is the sign: all shards that have a part of a batch are told of it. */
    @Test
    void shouldTakeABatchOnAllOfItsShards() {
        try (Engine engine = TollgateEngine.launch(context())) {
            applyBatches(engine);
        }
    }

    @Test
    @Tag("ci")
    void shouldHaveABatchOnAllOfItsShardsBehindAKill() {
        final TollgateEngine killed = TollgateEngine.launch(context().directory(directory));
        applyBatches(killed);
        killed.shards().abandon();
        try (Engine engine = TollgateEngine.launch(context().directory(directory))) {
            requireValues(engine);
        }
    }

    private void applyBatches(final Engine engine) {
        engine.advanceTo(5);
        final List<StepSeries> levels = define(engine);
        final Batch batch = engine.publisher().newBatch();
        for (int i = 0; i < BATCHES.size(); i++) {
            assertEquals(0, batch.begin());
            for (final int shard : BATCHES.get(i)) {
                values[shard] = 100 * i + shard;
                batch.offer(levels.get(shard), 1 + i, values[shard]);
                pointCount++;
            }
            engine.awaitApplied(batch.commit());
            assertEquals(pointCount, engine.statistics().appliedCount(), "behind " + Arrays.toString(BATCHES.get(i)));
            requireValues(engine);
        }
        assertEquals(
                new BatchCounts(BATCHES.size(), 0, 0, 0), engine.statistics().batchCounts());
    }

    private void requireValues(final Engine engine) {
        final MetricReader reader = engine.newReader();
        final LevelReading reading = reader.newLevelReading();
        final long[] found = define(engine).stream()
                .mapToLong(level -> {
                    reader.readLevel(level, 5, reading);
                    return reading.scaledValue();
                })
                .toArray();
        assertEquals(Arrays.toString(values), Arrays.toString(found));
    }

    /** Defines a level on each shard, or finds it. */
    private static List<StepSeries> define(final Engine engine) {
        return IntStream.range(0, COUNT)
                .mapToObj(ManyShardsTest::keyOn)
                .map(key -> engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0)))
                .toList();
    }

    private static String keyOn(final int shard) {
        int number = 0;
        while (ShardPlace.indexOf("level." + number, COUNT) != shard) {
            number++;
        }
        return "level." + number;
    }
}
