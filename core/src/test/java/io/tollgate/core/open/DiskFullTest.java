package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A full disk refuses points. The engine still answers, and takes points again once there is space. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiskFullTest {
    private static final int BATCH = 4_000;
    private static final int SEGMENT_LENGTH = 1 << 16;

    @TempDir
    private Path directory;

    private final AtomicLong refused = new AtomicLong();

    @ParameterizedTest
    @CsvSource({"NONE, true", "NONE, false", "INTERVAL:1, true", "INTERVAL:1, false", "COMMIT, true", "COMMIT, false"})
    void shouldRefusePointsAndReadOnAndContinueByItself(final String level, final boolean isStepped) {
        final FullDisk disk = new FullDisk(1);
        long accepted = 0;
        try (Engine engine = TollgateEngine.launch(context(level, isStepped, disk))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            long time = 0;
            while (refused.get() < 100) {
                offer(engine, events, time++);
            }
            accepted = time - refused.get();
            assertEquals(accepted, PointCount.of(engine, events), "read from a full disk");
            assertEquals(100L, engine.admin().statistics().refusedCounts().get(RefusalReason.DISK_FULL));

            disk.makeSpace();
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
        assertTrue(new DirectoryFiles(directory).isClosed());
        try (Engine engine = TollgateEngine.launch(context(level, true, disk))) {
            assertEquals(accepted, PointCount.of(engine, "events"));
        }
    }

    /** The batch takes four segments of the log. With fewer segments, no part of it is logged. */
    @ParameterizedTest
    @CsvSource({"NONE, true, 1", "NONE, true, 2", "NONE, false, 3", "COMMIT, true, 3"})
    void shouldRefuseABatchThatTakesMoreSegmentsThanThereAre(
            final String level, final boolean isStepped, final int segmentsLeft) {
        final FullDisk nearlyFull = new FullDisk(segmentsLeft);
        try (Engine engine = TollgateEngine.launch(context(level, isStepped, nearlyFull))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            commit(engine, events);
            assertEquals(BATCH, refused.get());
            assertEquals(0, PointCount.of(engine, events), "read from a full disk");

            nearlyFull.makeSpace();
            long tries = 1;
            while (PointCount.of(engine, events) == 0) {
                commit(engine, events);
                tries++;
            }
            assertEquals(BATCH, PointCount.of(engine, events));
            assertEquals((tries - 1) * BATCH, refused.get());
            engine.awaitDurable(engine.publisher().offer(events, BATCH, 1));
        }
        try (Engine engine = TollgateEngine.launch(context(level, true, nearlyFull))) {
            assertEquals(BATCH + 1, PointCount.of(engine, "events"));
        }
    }

    /** The disk has no space for all segments, because the map of a new series needs space too. */
    @Test
    void shouldFillNoDiskWithSegmentsForABatchThatItRefuses() {
        final AtomicInteger segmentsLeft = new AtomicInteger(3);
        final HookedFiles nearlyFull = new HookedFiles() {
            @Override
            public void before(final Call call, final Path file) throws IOException {
                if (call == Call.CREATE && file.getFileName().toString().startsWith("log-")) {
                    if (segmentsLeft.get() == 0) {
                        throw new IOException(FullDisk.MESSAGE);
                    }
                    segmentsLeft.decrementAndGet();
                }
            }

            @Override
            public long usableBytes(final Path asked) {
                return (long) segmentsLeft.get() * SEGMENT_LENGTH;
            }
        };
        try (Engine engine = TollgateEngine.launch(context("NONE", true, nearlyFull))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            commit(engine, events);
            assertEquals(BATCH, refused.get());
            // One segment is always preallocated.
            assertEquals(1, segmentsLeft.get());

            segmentsLeft.set(Integer.MAX_VALUE);
            while (PointCount.of(engine, events) == 0) {
                commit(engine, events);
            }
            assertEquals(BATCH, PointCount.of(engine, events));
        }
    }

    /** A batch without points also needs space in the log. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldContinueIfABatchHasNoPoint(final boolean isStepped) {
        final FullDisk disk = new FullDisk(1);
        try (Engine engine = TollgateEngine.launch(context("NONE", isStepped, disk))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            long time = 0;
            while (refused.get() == 0) {
                offer(engine, events, time++);
            }
            final Batch batch = engine.publisher().newBatch();
            for (int i = 0; i < 2_000; i++) {
                batch.begin();
                engine.awaitApplied(batch.commit());
            }
            final long accepted = PointCount.of(engine, events);
            disk.makeSpace();
            while (PointCount.of(engine, events) == accepted) {
                offer(engine, events, time++);
            }
        }
    }

    private static void commit(final Engine engine, final FlowSeries events) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int time = 0; time < BATCH; time++) {
            KnownPoint.offer(batch, events, time, 1, Instants.NONE, time);
        }
        engine.awaitApplied(batch.commit());
    }

    private static void offer(final Engine engine, final FlowSeries events, final long time) {
        final long ticket = KnownPoint.offer(engine.publisher(), events, time, 1, Instants.NONE, time);
        engine.awaitApplied(ticket);
    }

    private EngineContext context(final String level, final boolean isStepped, final HookedFiles disk) {
        return InjectedFiles.inject(
                        TestContext.of(ClockMode.EVENT)
                                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                                .directory(directory)
                                .logSegmentLength(SEGMENT_LENGTH)
                                .durability(Durability.parse(level)),
                        disk)
                .errorHandler(error -> {})
                .refusalHandler(refusal -> {
                    assertEquals(RefusalReason.DISK_FULL, refusal.reason());
                    refused.incrementAndGet();
                });
    }
}
