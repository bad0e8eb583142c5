package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log says what has moved the clock: a directory that changes its mode has one time, closed cleanly or rebuilt. */
class ClockModeLogTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldGiveOneTimeWhetherClosedOrRebuilt(final ClockMode second) throws IOException {
        final Path closed = temporary.resolve("closed");
        final Path rebuilt = temporary.resolve("rebuilt");
        for (final Path directory : new Path[] {closed, rebuilt}) {
            // Known at 500, in force at 9,000: to the clock of knowledge times that is far ahead.
            try (Engine engine = launch(directory, ClockMode.KNOWLEDGE)) {
                offer(engine, 9_000, 500);
                assertEquals(500, engine.now());
            }
            if (directory.equals(rebuilt)) {
                new ShardFiles(directory).removeCleanMark();
            }
            try (Engine engine = launch(directory, second)) {
                assertEquals(second == ClockMode.SYSTEM ? 7_000 : 500, engine.now(), "opened in mode " + second);
                offer(engine, 600, second == ClockMode.KNOWLEDGE ? 800 : Publisher.NONE);
            }
        }
        final long now;
        try (Engine engine = launch(closed, ClockMode.MANUAL)) {
            now = engine.now();
        }
        for (final ClockMode third : new ClockMode[] {ClockMode.MANUAL, ClockMode.KNOWLEDGE, ClockMode.EVENT}) {
            new ShardFiles(rebuilt).removeCleanMark();
            try (Engine engine = launch(rebuilt, third)) {
                assertEquals(now, engine.now(), "rebuilt, opened in mode " + third);
            }
        }
    }

    private static void offer(final Engine engine, final long time, final long knowledgeTime) {
        final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 2));
        engine.awaitApplied(engine.publisher().offer(level, time, 1, knowledgeTime, Publisher.NONE));
    }

    private static Engine launch(final Path directory, final ClockMode mode) {
        return TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(mode)
                .clock(() -> 7_000)
                .stepped(true)
                .logSegmentLength(1 << 16));
    }
}
