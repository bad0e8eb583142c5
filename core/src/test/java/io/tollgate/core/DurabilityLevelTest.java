package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.faults.DirtyPages;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.OnDisk;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.manifest.LogPositions;
import io.tollgate.core.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each level of durability forces the log as promised; the engine fails if its disk fails. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurabilityLevelTest {
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);

    private static final int MORE_POINTS_THAN_TWO_SEGMENTS_HOLD = 3_500;
    private static final int POINTS_TOGETHER = 100;

    @TempDir(factory = OnDisk.class)
    private Path directory;

    private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger forces = new AtomicInteger();
    private final FullDisk disk = new FullDisk(Integer.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({"NONE, true", "NONE, false", "INTERVAL:1, true", "INTERVAL:1, false", "COMMIT, true", "COMMIT, false"})
    void shouldForceBeforeItCallsATicketDurable(final String level, final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(
                context(level).threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            countForces();
            for (int i = 0; i < 20; i++) {
                final int before = forces.get();
                final long ticket = engine.publisher().offer(events, i, 1);
                engine.awaitDurable(ticket);
                assertTrue(forces.get() > before, "not forced");
                assertTrue(engine.isDurable(ticket) && engine.isApplied(ticket));
            }
            final LogPositions.Found positions = positions();
            assertEquals(positions.appliedSequence(), positions.durableSequence());
        }
    }

    /** The test asks the operating system, because hooks on the calls do not show whether data reached the disk. */
    @ParameterizedTest
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldHaveEverySegmentOnDiskBeforeItCallsATicketDurable(final String level) throws IOException {
        assumeTrue(DirtyPages.areReported(directory), "the system does not report which pages are on disk");
        final Path log = new DirectoryFiles(directory).log();
        try (Engine engine = TollgateEngine.launch(
                context(level).threadingMode(ThreadingMode.STEPPED).fileAccess(new SystemFileAccess()))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            for (int i = 0; i < MORE_POINTS_THAN_TWO_SEGMENTS_HOLD; i++) {
                final long ticket = engine.publisher().offer(events, i, 1);
                if (i % POINTS_TOGETHER == 0) {
                    engine.awaitApplied(ticket);
                }
            }
            for (int i = 0; i < 2; i++) {
                engine.awaitDurable(engine.publisher().offer(events, MORE_POINTS_THAN_TWO_SEGMENTS_HOLD + i, 1));
                assertEquals(List.of(), DirtyPages.filesIn(log), "the previous, current and preallocated segments");
            }
        }
        try (Stream<Path> segments = Files.list(log)) {
            assertTrue(segments.count() > 2, "no segment was left");
        }
    }

    @Test
    void shouldForceNothingByItselfWithoutDurability() {
        try (Engine engine = TollgateEngine.launch(context("NONE").threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            countForces();
            final long durable = positions().durableSequence();
            for (int i = 0; i < 20; i++) {
                engine.awaitApplied(engine.publisher().offer(events, i, 1));
            }
            assertEquals(0, forces.get());
            assertEquals(durable, positions().durableSequence());
            assertEquals(durable + 22, positions().appliedSequence());
        }
    }

    @ParameterizedTest
    @CsvSource({"INTERVAL:1, true", "INTERVAL:1, false", "COMMIT, true", "COMMIT, false"})
    void shouldForceByItselfWithoutAWaitingCaller(final String level, final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(
                context(level).threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final long ticket = engine.publisher().offer(engine.defineFlow(EVENTS), 1, 1);
            engine.awaitApplied(ticket);
            while (!engine.isDurable(ticket)) {
                if (isStepped) {
                    engine.step();
                }
                Thread.onSpinWait();
            }
            assertEquals(positions().appliedSequence(), positions().durableSequence());
        }
    }

    @Test
    void shouldForceNothingBeforeTheIntervalIsOver() {
        try (Engine engine = TollgateEngine.launch(context("INTERVAL:3600000").threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            countForces();
            for (int i = 0; i < 100; i++) {
                final long ticket = engine.publisher().offer(events, i, 1);
                engine.awaitApplied(ticket);
                engine.step();
                assertFalse(engine.isDurable(ticket));
            }
            assertEquals(0, forces.get());
        }
    }

    /** A power loss takes only points younger than the interval plus the duration of one force. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 5_000})
    void shouldForceAllThatThereIsWhenTheIntervalIsOver(final int intervalMs) {
        final long intervalNs = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        final long[] elapsedNs = {0};
        final EngineContext context = context("INTERVAL:" + intervalMs).nanoClock(() -> elapsedNs[0]);
        try (Engine engine = TollgateEngine.launch(context.threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            elapsedNs[0] += intervalNs;
            engine.step();
            countForces();
            for (int i = 1; i <= 20; i++) {
                final long first = engine.publisher().offer(events, i, 1);
                engine.awaitApplied(first);
                elapsedNs[0] += intervalNs - 1;
                final long last = engine.publisher().offer(events, i, 2);
                engine.awaitApplied(last);
                engine.step();
                assertFalse(engine.isDurable(first), "before the interval is over");
                assertEquals(i - 1, forces.get());
                elapsedNs[0]++;
                engine.step();
                assertTrue(engine.isDurable(last), "not forced when it was over");
                assertEquals(i, forces.get());
                assertEquals(positions().appliedSequence(), positions().durableSequence());
            }
        }
    }

    @Test
    void shouldForceManyPointsTogether() {
        try (Engine engine = TollgateEngine.launch(context("COMMIT").threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            countForces();
            long ticket = 0;
            for (int i = 0; i < 500; i++) {
                ticket = engine.publisher().offer(events, i, 1);
            }
            engine.awaitDurable(ticket);
            assertTrue(forces.get() < 10, "forces=" + forces);
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, true", "INTERVAL:1, false", "COMMIT, true", "COMMIT, false"})
    void shouldFailForGoodIfTheDiskDoes(final String level, final boolean isStepped) {
        final List<Long> tickets = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(
                context(level).threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            for (int i = 0; i < 5; i++) {
                tickets.add(engine.publisher().offer(events, i, 1));
            }
            engine.awaitDurable(tickets.get(4));
            disk.failForces(true);
            final long lost = engine.publisher().offer(events, 5, 1);
            final IllegalStateException failure =
                    assertThrows(IllegalStateException.class, () -> engine.awaitDurable(lost));
            assertTrue(rootOf(failure).getMessage().contains("Input/output error"), failure.toString());
            assertFalse(engine.isDurable(lost), "acknowledged over a failure");
            assertEquals(Publisher.CLOSED, engine.publisher().offer(events, 6, 1));
            disk.failForces(false);
            assertThrows(IllegalStateException.class, () -> engine.awaitDurable(lost));
            assertTrue(PointCount.of(engine, events) >= 5, "reads go on");
        }
        assertFalse(errors.isEmpty());
        assertFalse(new DirectoryFiles(directory).isClosed());
        try (Engine engine = TollgateEngine.launch(context(level).threadingMode(ThreadingMode.STEPPED))) {
            assertTrue(PointCount.of(engine, "events") >= 5);
        }
    }

    /** An error, such as {@code OutOfMemoryError}, counts as a failed force, and the engine does not retry it. */
    @ParameterizedTest
    @CsvSource({"NONE, log-", "INTERVAL:1, log-", "COMMIT, log-", "COMMIT, manifest"})
    void shouldFailForGoodIfAForceEndsInAnError(final String level, final String name) {
        try (Engine engine = TollgateEngine.launch(context(level).threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            engine.awaitDurable(engine.publisher().offer(events, 1, 1));
            disk.throwErrors();
            disk.failForces(file -> file.getFileName().toString().startsWith(name));
            assertThrows(InternalError.class, () -> {
                while (errors.isEmpty()) {
                    engine.awaitDurable(engine.publisher().offer(events, 2, 1));
                }
            });
            disk.failForces(false);
            final long next = engine.publisher().offer(events, 3, 1);
            assertThrows(IllegalStateException.class, () -> engine.awaitDurable(next));
            assertFalse(engine.isDurable(next), "acknowledged over a failure");
        }
        assertFalse(new DirectoryFiles(directory).isClosed());
    }

    /**
     * The positions are forced after the log. Tickets that were durable by then stay durable, and no later one becomes
     * durable.
     */
    @ParameterizedTest
    @CsvSource({"NONE, true", "INTERVAL:1, false", "COMMIT, true", "COMMIT, false"})
    void shouldFailForGoodIfTheDiskRefusesThePositions(final String level, final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(
                context(level).threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            final long ticket = engine.publisher().offer(events, 1, 1);
            engine.awaitDurable(ticket);
            disk.failForces(file -> file.endsWith("manifest"));
            awaitDurableOrFailed(engine, engine.publisher().offer(events, 2, 1));
            while (errors.isEmpty()) {
                if (isStepped) {
                    engine.step();
                }
                Thread.onSpinWait();
            }
            disk.failForces(false);
            final IllegalStateException failure = assertThrows(
                    IllegalStateException.class, () -> engine.defineFlow(SeriesDefinition.flow("more", Unit.COUNT, 0)));
            assertTrue(rootOf(failure).getMessage().contains("Input/output error"), failure.toString());
            assertEquals(Publisher.CLOSED, engine.publisher().offer(events, 3, 1));
            assertTrue(engine.isDurable(ticket));
            assertTrue(PointCount.of(engine, events) >= 1, "reads go on");
        }
        // The engine may learn of the failure before the error handler does.
        assertTrue(errors.stream().anyMatch(e -> e.getMessage().contains("manifest")), errors::toString);
        assertFalse(new DirectoryFiles(directory).isClosed());
        try (Engine engine = TollgateEngine.launch(context(level).threadingMode(ThreadingMode.STEPPED))) {
            assertTrue(PointCount.of(engine, "events") >= 1);
        }
    }

    private static void awaitDurableOrFailed(final Engine engine, final long ticket) {
        try {
            engine.awaitDurable(ticket);
        } catch (final IllegalStateException | IllegalArgumentException e) {
            assertFalse(engine.isDurable(ticket), e::toString);
        }
    }

    @Test
    void shouldMakeNothingDurableInMemory() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final long ticket = engine.publisher().offer(engine.defineFlow(EVENTS), 1, 1);
            assertThrows(IllegalStateException.class, () -> engine.awaitDurable(ticket));
            assertFalse(engine.isDurable(ticket));
        }
    }

    private void countForces() {
        disk.onForce(segment -> {
            if (segment.getFileName().toString().startsWith("log-")) {
                forces.incrementAndGet();
            }
        });
    }

    private LogPositions.Found positions() {
        return ManifestFile.read(directory).orElseThrow().positions();
    }

    private static Throwable rootOf(final Throwable error) {
        return error.getCause() == null ? error : rootOf(error.getCause());
    }

    private EngineContext context(final String level) {
        return TestContext.of(ClockMode.EVENT)
                .directory(directory)
                .logSegmentLength(1 << 16)
                .fileAccess(disk)
                .durability(Durability.parse(level))
                .errorHandler(errors::add);
    }
}
