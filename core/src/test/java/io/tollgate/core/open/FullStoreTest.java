package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.store.MapObstacle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that cannot grow refuses operations that do not fit its maps. The engine still answers, and continues once
 * the store can grow.
 */
class FullStoreTest {
    private static final int MAP_ENTRIES = 1_024;
    private static final Window WINDOW = Window.slidingNs(100);

    /** More windows than one block has states for. The windows with a state are fewer. */
    private static final Window[] REGISTERED = {
        Window.slidingNs(5),
        Window.slidingNs(15),
        Window.last(2),
        Window.last(3),
        Window.last(4),
        Window.last(5),
        Window.last(6)
    };

    @TempDir
    private Path directory;

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    @Test
    void shouldRefuseSeriesWithLongKeysBeforeTheyAreLogged() throws IOException {
        final MapObstacle obstacle = new MapObstacle(new DirectoryFiles(directory).store(), "names", 1);
        final long defined;
        try (Engine engine = TollgateEngine.launch(context())) {
            obstacle.place();
            defined = defineUntilRefused(engine);
            assertTrue(defined < MAP_ENTRIES / 2, "defined=" + defined + ", expected the bytes of keys to run out");
            final FlowSeries first =
                    (FlowSeries) engine.series().find(longKey(0)).orElseThrow();
            engine.awaitApplied(KnownPoint.offer(engine.publisher(), first, 1, 1, Instants.NONE, 1));
            assertEquals(1, PointCount.of(engine, first), "continues");

            obstacle.remove();
            define(engine, longKey(defined));
        }
        try (Engine engine = TollgateEngine.launch(context())) {
            assertEquals(defined + 1, engine.admin().statistics().seriesCount());
            assertEquals(
                    defined,
                    engine.series().find(longKey(defined)).orElseThrow().number());
            assertEquals(1, PointCount.of(engine, longKey(0)));
        }
    }

    @Test
    void shouldPreallocateSegmentsWhileTheStoreCannotGrow() throws IOException {
        final MapObstacle obstacle = new MapObstacle(new DirectoryFiles(directory).store(), "names", 1);
        try (Engine engine = TollgateEngine.launch(context()
                .threadingMode(ThreadingMode.STEPPED)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> failed.incrementAndGet()))) {
            obstacle.place();
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (int i = 0; i < MAP_ENTRIES * 3 / 4; i++) {
                engine.defineFlow(SeriesDefinition.flow("series." + i, Unit.COUNT, 0));
            }
            final long stalls = engine.admin().statistics().stallCount();
            for (int time = 0; time < 20_000; time++) {
                engine.awaitApplied(KnownPoint.offer(engine.publisher(), series, time, 1, Instants.NONE, time));
            }
            assertTrue(failed.get() > 1, "the map was not tried again");
            assertEquals(stalls, engine.admin().statistics().stallCount());
            obstacle.remove();
        }
    }

    /** Nine points do not fit a small block, so each series takes a larger one. */
    @Test
    void shouldRefuseABatchThatTakesMoreBlocksThanThereAre() throws IOException {
        final MapObstacle obstacle = new MapObstacle(new DirectoryFiles(directory).store(), "half", 1);
        try (Engine engine = TollgateEngine.launch(context())) {
            final List<FlowSeries> all = IntStream.range(0, 1_100)
                    .mapToObj(i -> engine.defineFlow(
                            SeriesDefinition.flow("series." + i, Unit.COUNT, 0).withWindows(WINDOW)))
                    .toList();
            for (int time = 0; time < 8; time++) {
                commit(engine, all, time);
            }
            obstacle.place();
            commit(engine, all, 8);
            assertEquals(all.size(), refused.get());
            for (final FlowSeries series : all) {
                assertEquals(8, PointCount.of(engine, series), "read from a full store");
            }
            engine.awaitApplied(KnownPoint.offer(engine.publisher(), all.get(0), 8, 1, Instants.NONE, 8));
            assertEquals(9, PointCount.of(engine, all.get(0)), "continues");

            obstacle.remove();
            while (PointCount.of(engine, all.get(1)) == 8) {
                commit(engine, all, 9);
            }
        }
        try (Engine engine = TollgateEngine.launch(context())) {
            assertEquals(10, PointCount.of(engine, "series.0"));
            assertEquals(9, PointCount.of(engine, "series.1099"));
        }
    }

    /** Each series has windows by pattern, two of which keep a state. Two states fit a medium block, and all do not. */
    @Test
    void shouldRefuseABatchWithWhichStatesWouldFindNoSpace() throws IOException {
        final MapObstacle obstacle = new MapObstacle(new DirectoryFiles(directory).store(), "medium", 1);
        try (Engine engine = TollgateEngine.launch(context())) {
            final List<FlowSeries> all = IntStream.range(0, 350)
                    .mapToObj(i -> engine.defineFlow(SeriesDefinition.flow("series." + i, Unit.COUNT, 0)))
                    .toList();
            obstacle.place();
            for (int time = 0; time < 77; time++) {
                commit(engine, all, time);
            }
            assertEquals(0, refused.get());
            engine.series().register(WindowRegistration.of("series.*").withWindows(REGISTERED));
            commit(engine, all, 77);
            assertEquals(all.size(), refused.get());
            assertEquals(77, PointCount.of(engine, all.get(0)), "read from a full store");
            engine.awaitApplied(KnownPoint.offer(engine.publisher(), all.get(0), 77, 1, Instants.NONE, 77));
            assertEquals(78, PointCount.of(engine, all.get(0)), "continues");
            obstacle.remove();
        }
    }

    /** Offers points at the end and in between, of series with few and many windows, some registered meanwhile. */
    @Test
    void shouldTakeBatchesWholeOrNotAtAllUntilItIsFull() throws IOException {
        final Random random = new Random(TestSeed.of("batches into a full store"));
        final List<MapObstacle> obstacles = Stream.of("tiny", "small", "half", "medium", "double", "large")
                .map(name -> new MapObstacle(new DirectoryFiles(directory).store(), name, 1))
                .toList();
        try (Engine engine = TollgateEngine.launch(context())) {
            final Window[] windows =
                    IntStream.range(1, 9).mapToObj(Window::slidingNs).toArray(Window[]::new);
            final List<FlowSeries> all = IntStream.range(0, 300)
                    .mapToObj(i -> SeriesDefinition.flow("series." + i % 3 + '.' + i, Unit.COUNT, 0))
                    .map(series -> random.nextBoolean() ? series.withWindows(WINDOW) : series.withWindows(windows))
                    .map(engine::defineFlow)
                    .toList();
            for (final MapObstacle obstacle : obstacles) {
                obstacle.place();
            }
            long offered = 0;
            for (int i = 0; i < 200; i++) {
                if (i == 5 || i == 15) {
                    engine.series()
                            .register(WindowRegistration.of("series." + i / 10 + ".*")
                                    .withWindows(REGISTERED));
                }
                offered += commitAny(engine, all, random, i);
            }
            final long taken = offered - refused.get();
            assertTrue(taken > 10_000 && refused.get() > 1_000, "taken=" + taken + " refused=" + refused.get());
            assertEquals(taken, pointCount(engine, all), "read from a full store");
            for (final MapObstacle obstacle : obstacles) {
                obstacle.remove();
            }
            while (offered - refused.get() < taken + 10_000) {
                offered += commitAny(engine, all, random, 200);
            }
            assertEquals(offered - refused.get(), pointCount(engine, all));
        }
    }

    private static int commitAny(
            final Engine engine, final List<FlowSeries> all, final Random random, final long time) {
        final int count = 1 + random.nextInt(500);
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < count; i++) {
            final long at = random.nextInt(10) == 0 ? random.nextInt(1 + (int) time) : time;
            batch.offer(all.get(random.nextInt(all.size())), at, 1);
        }
        engine.awaitApplied(batch.commit());
        return count;
    }

    private static long pointCount(final Engine engine, final List<FlowSeries> all) {
        return all.stream().mapToLong(series -> PointCount.of(engine, series)).sum();
    }

    /** Offers a point of each series as one batch. */
    private static void commit(final Engine engine, final List<FlowSeries> all, final long time) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (final FlowSeries series : all) {
            KnownPoint.offer(batch, series, time, 1, Instants.NONE, time);
        }
        engine.awaitApplied(batch.commit());
    }

    private static long defineUntilRefused(final Engine engine) {
        for (long next = 0; next < MAP_ENTRIES; next++) {
            try {
                define(engine, longKey(next));
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("make room"), e.getMessage());
                assertEquals(next, engine.admin().statistics().seriesCount());
                return next;
            }
        }
        return MAP_ENTRIES;
    }

    private static String longKey(final long number) {
        return "%0128d".formatted(number);
    }

    private static void define(final Engine engine, final String key) {
        engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
    }

    private EngineContext context() {
        return TestContext.stepped(ClockMode.EVENT, directory)
                .limits(Limits.DEFAULT.withFirstMapEntries(MAP_ENTRIES))
                .errorHandler(error -> {})
                .refusalHandler(refusal -> {
                    assertEquals(RefusalReason.DISK_FULL, refusal.reason());
                    refused.incrementAndGet();
                });
    }
}
