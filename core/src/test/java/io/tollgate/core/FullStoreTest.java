package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.store.MapObstacle;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that cannot grow refuses what finds no room in the maps that it has; the engine answers on, and goes on by
 * itself when it can.
 */
class FullStoreTest {
    private static final int MAP_ENTRIES = 1_024;

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseSeriesWithLongKeysBeforeTheyAreLogged() throws IOException {
        final MapObstacle obstacle = new MapObstacle(new ShardFiles(directory).shard(), "names", 1);
        final long defined;
        try (Engine engine = TollgateEngine.launch(context())) {
            obstacle.place();
            defined = defineUntilRefused(engine);
            assertTrue(defined < MAP_ENTRIES / 2, "defined=" + defined + ", expected the bytes of keys to run out");
            final FlowSeries first = (FlowSeries) engine.find(longKey(0)).orElseThrow();
            engine.awaitApplied(engine.publisher().offer(first, 1, 1, Publisher.NONE, 1));
            assertEquals(1, PointCount.of(engine, first), "goes on");

            obstacle.remove();
            define(engine, longKey(defined));
        }
        try (Engine engine = TollgateEngine.launch(context())) {
            assertEquals(defined + 1, engine.statistics().seriesCount());
            assertEquals(defined, engine.find(longKey(defined)).orElseThrow().number());
            assertEquals(1, PointCount.of(engine, longKey(0)));
        }
    }

    private static long defineUntilRefused(final Engine engine) {
        for (long next = 0; next < MAP_ENTRIES; next++) {
            try {
                define(engine, longKey(next));
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("make room"), e.getMessage());
                assertEquals(next, engine.statistics().seriesCount());
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
        return new EngineContext()
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .directory(directory)
                .firstMapEntries(MAP_ENTRIES)
                .errorHandler(error -> {});
    }
}
