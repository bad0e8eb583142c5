package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Durability;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A full disk refuses points; the engine answers on, and takes points again when there is room. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiskFullTest {
    @TempDir
    private Path directory;

    private final FullDisk disk = new FullDisk(1);
    private final AtomicLong refused = new AtomicLong();

    @ParameterizedTest
    @CsvSource({"NONE, true", "NONE, false", "INTERVAL:1, true", "INTERVAL:1, false", "COMMIT, true", "COMMIT, false"})
    void shouldRefusePointsAndReadOnAndGoOnByItself(final String level, final boolean isStepped) {
        long accepted = 0;
        try (Engine engine = TollgateEngine.launch(context(level, isStepped))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            long time = 0;
            while (refused.get() < 100) {
                offer(engine, events, time++);
            }
            accepted = time - refused.get();
            assertEquals(accepted, PointCount.of(engine, events), "read from a full disk");
            assertEquals(100L, engine.statistics().refusedCounts().get(RefusalReason.DISK_FULL));

            disk.makeRoom();
            while (PointCount.of(engine, events) == accepted) {
                offer(engine, events, time++);
            }
            for (int i = 0; i < 3_000; i++) {
                offer(engine, events, time++);
            }
            accepted = time - refused.get();
            final long last = engine.publisher().offer(events, time, 1);
            engine.awaitDurable(last);
            accepted++;
            assertEquals(accepted, PointCount.of(engine, events));
        }
        assertTrue(new ShardFiles(directory).isMarkedClean());
        try (Engine engine = TollgateEngine.launch(context(level, true))) {
            assertEquals(accepted, PointCount.of(engine, "events"));
        }
    }

    private static void offer(final Engine engine, final FlowSeries events, final long time) {
        final long ticket = engine.publisher().offer(events, time, 1, Publisher.NONE, time);
        engine.awaitApplied(ticket);
    }

    private EngineContext context(final String level, final boolean isStepped) {
        return new EngineContext()
                .clockMode(ClockMode.EVENT)
                .stepped(isStepped)
                .directory(directory)
                .logSegmentLength(1 << 16)
                .durability(Durability.parse(level))
                .fileAccess(disk)
                .errorHandler(error -> {})
                .refusalHandler((reason, series, time, value, known, reference) -> {
                    assertEquals(RefusalReason.DISK_FULL, reason);
                    refused.incrementAndGet();
                });
    }
}
