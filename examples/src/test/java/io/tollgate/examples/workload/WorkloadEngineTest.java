package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.EngineContext;
import io.tollgate.core.config.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadEngineTest {
    private static final Limits ONE_SERIES = Limits.DEFAULT
            .withMaxSeriesCount(1)
            .withMaxReadAttempts(100)
            .withMaxPatternCount(1)
            .withMaxGroupCount(1)
            .withMaxSubscriptionCount(1)
            .withMaxUpdateQueueCount(1)
            .withMaxBatchPointCount(1)
            .withMaxOpenBatchCount(1)
            .withBatchTimeoutNs(1)
            .withMaxRefusalsKept(1)
            .withMaxLatenessPatternCount(0)
            .withMaxUpdatesKept(16);

    private final EngineContext context = new EngineContext();

    @Test
    void shouldLeaveNoDirectoryBehind() {
        open().close();
        requireNone();
    }

    @Test
    void shouldLeaveNoDirectoryBehindWhereTheEngineIsNotOpened() {
        context.logSegmentLength(3);
        assertThrows(IllegalArgumentException.class, this::open);
        requireNone();
    }

    @Test
    void shouldLeaveNoDirectoryBehindWhereASeriesCannotBeDefined() {
        context.limits(ONE_SERIES);
        assertThrows(IllegalStateException.class, this::open);
        requireNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:2", "W4:2"})
    void shouldApplyPointsAtOnce(final String workload) {
        final Workload load = Workload.named(workload);
        final PointBatch batch = new PointBatch(10);
        new PointStream(load).next(batch);
        try (WorkloadEngine engine = new WorkloadEngine(load, SeriesKind.STEP, Durability.IN_MEMORY)) {
            for (int i = 0; i < batch.length(); i++) {
                engine.apply(batch, i);
                assertEquals(
                        batch.timesNs[i] - load.knownAheadNs(), engine.engine().now());
            }
        }
    }

    @Test
    void shouldFailIfAPointIsRefused() {
        final Workload load = Workload.named("W4:1");
        final PointBatch batch = new PointBatch(2);
        new PointStream(load).next(batch);
        try (WorkloadEngine engine = new WorkloadEngine(load, SeriesKind.STEP, Durability.IN_MEMORY)) {
            engine.apply(batch, 1);
            final Exception e = assertThrows(IllegalStateException.class, () -> engine.apply(batch, 0));
            assertTrue(e.getMessage().contains("KNOWLEDGE_DECREASES"), e::getMessage);
        }
    }

    private WorkloadEngine open() {
        return new WorkloadEngine(Workload.named("W1:2"), SeriesKind.STEP, Durability.NONE, context);
    }

    private void requireNone() {
        final Path directory = context.directory().orElseThrow();
        assertTrue(directory.isAbsolute());
        assertFalse(Files.exists(directory), directory::toString);
    }
}
