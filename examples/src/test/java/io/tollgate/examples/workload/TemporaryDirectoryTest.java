package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.SeriesKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TemporaryDirectoryTest {
    @Test
    void shouldBeGoneWithAllInItWhenItIsClosed() throws IOException {
        final Path path;
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            path = directory.path();
            Files.createDirectories(path.resolve("shard-0/log"));
            Files.writeString(path.resolve("shard-0/log/1"), "points");
            assertTrue(Files.isDirectory(path));
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void shouldHoldTheDataOfAnEngineOnAThreadOfItsOwn() {
        final Workload workload = Workload.named("W1:2");
        final PointBatch batch = new PointBatch(workload.roundLength());
        new PointStream(workload).next(batch);
        try (WorkloadEngine engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.NONE, false)) {
            engine.offer(batch);
            engine.apply();
            assertEquals(2, engine.engine().statistics().appliedCount());
        }
    }
}
