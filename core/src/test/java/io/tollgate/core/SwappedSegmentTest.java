package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two shards whose logs are alike but for what is in them, as each batch has a part in both: a segment of one in the
 * place of that of the other has the right index and the right sequences.
 */
class SwappedSegmentTest {
    private static final int BATCHES = 1_000;
    private static final String SEGMENT = "log-0000000000000001.seg";
    private static final List<String> KEYS = List.of("events.0", "events.1", "events.2", "events.3");

    @TempDir
    private Path temporary;

    private Path killed;

    @BeforeEach
    void makeDirectory() throws IOException {
        final Path directory = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final List<FlowSeries> series = KEYS.stream()
                    .map(key -> engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0)))
                    .toList();
            assertEquals(
                    2,
                    series.stream()
                            .map(each -> each.number() % 2)
                            .filter(shard -> shard == 1)
                            .count());
            final Batch batch = engine.publisher().newBatch();
            for (int i = 0; i < BATCHES; i++) {
                batch.begin();
                for (final FlowSeries each : series) {
                    batch.offer(each, i, 1);
                }
                engine.awaitApplied(batch.commit());
            }
            killed = new DamagedDirectory(directory)
                    .copyTo(temporary.resolve("killed"))
                    .path();
        }
        swap(killed);
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .shardCount(2)
                .stepped(true)
                .logSegmentLength(1 << 16)
                .errorHandler(told -> {});
    }

    private static void swap(final Path directory) throws IOException {
        final Path first = new ShardFiles(directory, 0).log().resolve(SEGMENT);
        final Path second = new ShardFiles(directory, 1).log().resolve(SEGMENT);
        final byte[] bytes = Files.readAllBytes(first);
        Files.write(first, Files.readAllBytes(second));
        Files.write(second, bytes);
    }

    @Test
    void shouldBeSeenByVerify() {
        final DirectoryCheck check = DirectoryCheck.of(killed);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state());
        assertEquals(2, check.damages().size(), check::toString);
        for (int shard = 0; shard < 2; shard++) {
            final Damage damage = check.damages().get(shard);
            assertEquals(new ShardFiles(killed, shard).log(), damage.file());
            assertTrue(damage.found().contains("of shard=" + (1 - shard)), damage::toString);
        }
    }

    @Test
    void shouldBeRefusedByNameByRecoverWhichChangesNothing() throws IOException {
        final Map<String, String> before = contents();
        requireRefused(() -> DirectoryRecovery.recover(context(killed)));
        assertEquals(before, contents());
    }

    @Test
    void shouldBeRefusedByNameWhereAStoreIsRebuiltAndPutRightByBeingPutBack() throws IOException {
        requireRefused(() -> TollgateEngine.launch(context(killed)));
        swap(killed);
        try (Engine engine = TollgateEngine.launch(context(killed))) {
            for (final String key : KEYS) {
                assertEquals(BATCHES, PointCount.of(engine, key));
            }
        }
    }

    /** What is in each file but that of the lock, which every look takes. */
    private Map<String, String> contents() throws IOException {
        final Map<String, String> contents = new TreeMap<>();
        for (final String file : new DamagedDirectory(killed).files()) {
            if (!file.equals("engine.lock")) {
                contents.put(file, Arrays.toString(Files.readAllBytes(killed.resolve(file))));
            }
        }
        return contents;
    }

    private static void requireRefused(final Executable opening) {
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, opening);
        assertTrue(refusal.getMessage().contains("put each log where it was made"), refusal::getMessage);
    }
}
