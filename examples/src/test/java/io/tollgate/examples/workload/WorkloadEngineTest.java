package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.EngineContext;
import io.tollgate.core.config.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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

    private WorkloadEngine open() {
        return new WorkloadEngine(Workload.named("W1:2"), SeriesKind.STEP, Durability.NONE, context);
    }

    private void requireNone() {
        final Path directory = context.directory().orElseThrow();
        assertTrue(directory.isAbsolute());
        assertFalse(Files.exists(directory), directory::toString);
    }
}
