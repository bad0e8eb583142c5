package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The log records the moves of the clock. A directory whose mode changes has the same time after a clean close and
 * after a rebuild.
 */
class ClockModeLogTest {
    private static final int SERIES_COUNT = 8;
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 2);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldGiveOneTimeWhetherClosedOrRebuilt(final ClockMode second) throws IOException {
        final Path closed = temporary.resolve("closed");
        final Path rebuilt = temporary.resolve("rebuilt");
        for (final Path directory : new Path[] {closed, rebuilt}) {
            // The point is known at 500 and valid at 9,000, far ahead of the knowledge clock.
            try (Engine engine = launch(directory, ClockMode.KNOWLEDGE)) {
                offer(engine, 9_000, 500);
                assertEquals(500, engine.now());
            }
            if (directory.equals(rebuilt)) {
                new DirectoryFiles(directory).markNotClosed();
            }
            try (Engine engine = launch(directory, second)) {
                final long opened = second == ClockMode.SYSTEM ? 7_000 : second == ClockMode.EVENT ? 9_000 : 500;
                assertEquals(opened, engine.now(), "opened in mode " + second);
                offer(engine, 600, second == ClockMode.KNOWLEDGE ? 800 : Instants.NONE);
            }
        }
        final long now;
        try (Engine engine = launch(closed, ClockMode.MANUAL)) {
            now = engine.now();
        }
        for (final ClockMode third : new ClockMode[] {ClockMode.MANUAL, ClockMode.KNOWLEDGE, ClockMode.EVENT}) {
            new DirectoryFiles(rebuilt).markNotClosed();
            try (Engine engine = launch(rebuilt, third)) {
                final long opened = third == ClockMode.EVENT ? Math.max(now, 9_000) : now;
                assertEquals(opened, engine.now(), "rebuilt, opened in mode " + third);
            }
        }
    }

    /** In mode EVENT the clock is the largest valid time of all points, however the clock moved before. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldLeaveNoPointPendingInModeEventIfKnowledgeTimesMovedTheClock(final boolean isRebuilt) throws IOException {
        final EngineContext context = TestContext.stepped().directory(temporary).logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context.clockMode(ClockMode.KNOWLEDGE))) {
            for (int i = 0; i < SERIES_COUNT; i++) {
                offer(engine, level(engine, i), i == 3 ? 9_000 : 600, 500);
            }
            assertEquals(500, engine.now());
        }
        for (int opening = 0; opening < 2; opening++) {
            if (isRebuilt) {
                new DirectoryFiles(temporary).markNotClosed();
            }
            try (Engine engine = TollgateEngine.launch(context.clockMode(ClockMode.EVENT))) {
                assertEquals(9_000, engine.now(), "opening=" + opening);
                for (int i = 0; i < SERIES_COUNT; i++) {
                    final StepSeries level = level(engine, i);
                    offer(engine, level, 700 + opening, Instants.NONE);
                    final TestReader reader = new TestReader(engine.newReader());
                    final LevelReading last = reader.level(level, 700 + opening);
                    assertEquals(9_000, last.knowledgeTimeNs(), "known when it has moved the clock");
                }
                assertEquals(9_000, engine.now());
            }
        }
    }

    private static StepSeries level(final Engine engine, final int index) {
        return engine.defineStep(SeriesDefinition.step("level." + index, Unit.PERCENT, 2));
    }

    /** Known points stay known after a reopening, even if the system clock was set back. */
    @ParameterizedTest
    @MethodSource("stamped")
    void shouldNotGoBackWithTheSystemClockIfItWasNotClosed(final Consumer<Engine> stamped) throws IOException {
        final AtomicLong clock = new AtomicLong(1_000);
        final EngineContext context = TestContext.stepped(ClockMode.SYSTEM, temporary)
                .clock(clock::get)
                .logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.defineStep(LEVEL);
            clock.set(2_000);
            stamped.accept(engine);
            assertEquals(2_000, engine.now());
        }
        new DirectoryFiles(temporary).markNotClosed();
        clock.set(1_500);
        try (Engine engine = TollgateEngine.launch(context)) {
            assertEquals(2_000, engine.now());
            final StepSeries level = engine.defineStep(LEVEL);
            engine.awaitApplied(engine.publisher().offer(level, 50, 3));
            assertEquals(0, engine.admin().audit().lastRefusals().size());
        }
    }

    static Stream<Consumer<Engine>> stamped() {
        return Stream.of(
                engine -> engine.awaitApplied(engine.publisher().offer(engine.defineStep(LEVEL), 100, 1)),
                engine -> engine.awaitApplied(engine.publisher().offerUnknown(engine.defineStep(LEVEL), 100)),
                engine -> {
                    final Batch batch = engine.publisher().newBatch();
                    batch.begin();
                    batch.offer(engine.defineStep(LEVEL), 100, 1);
                    engine.awaitApplied(batch.commit());
                },
                engine -> engine.series().close(engine.defineStep(LEVEL), LifeEnd.at(100)));
    }

    /** A given knowledge time may be ahead of the system clock. */
    @Test
    void shouldNotBeMovedByGivenKnowledgeTimes() throws IOException {
        for (int opening = 0; opening < 2; opening++) {
            try (Engine engine = launch(temporary, ClockMode.SYSTEM)) {
                offer(engine, 600, 9_000 + opening);
                assertEquals(7_000, engine.now());
            }
            new DirectoryFiles(temporary).markNotClosed();
        }
        try (Engine engine = launch(temporary, ClockMode.SYSTEM)) {
            engine.series().close(engine.defineStep(LEVEL), LifeEnd.at(700).knownAt(10_000));
        }
        new DirectoryFiles(temporary).markNotClosed();
        try (Engine engine = launch(temporary, ClockMode.SYSTEM)) {
            assertEquals(7_000, engine.now());
        }
    }

    /** The log is sound, so the directory continues once the clock is right. */
    @Test
    void shouldNameTheClockIfThatIsOutOfRange() {
        final AtomicLong clock = new AtomicLong(1_000);
        final EngineContext context = TestContext.stepped()
                .directory(temporary)
                .clock(clock::get)
                .errorHandler(error -> {})
                .logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            offer(engine, 600, Instants.NONE);
            clock.set(Long.MAX_VALUE);
            engine.step();
            requireClockNamed(
                    assertThrows(IllegalStateException.class, engine::step).getCause());
        }
        requireClockNamed(assertThrows(IllegalStateException.class, () -> TollgateEngine.launch(context)));
        clock.set(Instants.MAX);
        try (Engine engine = TollgateEngine.launch(context)) {
            assertEquals(1, PointCount.of(engine, "level"));
            assertEquals(Instants.MAX, engine.now());
        }
    }

    private static void requireClockNamed(final Throwable failure) {
        final String expected = "clock=" + Long.MAX_VALUE + ", expected " + Instants.MAX + " at most";
        assertTrue(failure.getMessage().startsWith(expected), failure::getMessage);
    }

    private static void offer(final Engine engine, final long time, final long knowledgeTime) {
        offer(engine, engine.defineStep(LEVEL), time, knowledgeTime);
    }

    private static void offer(final Engine engine, final StepSeries level, final long time, final long knowledgeTime) {
        KnownPoint.apply(engine, level, time, 1, knowledgeTime);
    }

    private static Engine launch(final Path directory, final ClockMode mode) {
        return TollgateEngine.launch(
                TestContext.stepped(mode, directory).clock(() -> 7_000).logSegmentLength(1 << 16));
    }
}
