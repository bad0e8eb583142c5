package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many shards as there can be in a directory: their counters have room in its file, too. */
class ManyShardsTest {
    private static final int COUNTERS_OF_SHARD = 20;

    @TempDir
    private Path directory;

    @Test
    @Tag("ci")
    void shouldBeOpenedAndInspected() {
        final int count = ShardPlace.MAX_COUNT;
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .shardCount(count)
                .stepped(true)
                .clockMode(ClockMode.MANUAL)
                .firstMapEntries(1_024)
                .logSegmentLength(1 << 16))) {
            engine.advanceTo(5);
            engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            final DirectoryInspection inspection = DirectoryInspection.of(directory);
            assertTrue(inspection.counters().size() > count * COUNTERS_OF_SHARD);
            assertEquals(count, inspection.shards().size());
            assertTrue(inspection.now().isPresent());
        }
    }
}
