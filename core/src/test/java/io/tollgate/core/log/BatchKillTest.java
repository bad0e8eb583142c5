package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed while it logs a batch leaves any number of its frames. The reopened engine has the whole batch if
 * the log has all frames, and none of it otherwise.
 */
class BatchKillTest {
    private static final int SERIES = 20;
    private static final int ROUNDS = 160;
    private static final int SEGMENT_LENGTH = 1 << 16;

    @TempDir
    Path directory;

    private int copies;

    private static Engine launch(final Path data) {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, data)
                .logSegmentLength(SEGMENT_LENGTH)
                .errorHandler(error -> {
                    throw new AssertionError(error);
                }));
    }

    private static void offer(final Engine engine, final List<StepSeries> all, final long value) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int round = 1; round <= ROUNDS; round++) {
            for (final StepSeries series : all) {
                assertTrue(batch.offer(series, round, value) > 0);
            }
        }
        engine.awaitApplied(batch.commit());
    }

    private static long value(final Engine engine, final StepSeries series, final long at) {
        final TestReader reader = new TestReader(engine.newReader());
        final LevelReading reading = reader.level(series, at);
        return reading.scaledValue();
    }

    /**
     * Makes a directory with one batch and another one after it, and truncates the log after each frame of the second.
     */
    @Test
    void shouldKeepAllOrNothingOfABatchWithAnyNumberOfLoggedFrames() throws IOException {
        final Path data = directory.resolve("data");
        final Path before = directory.resolve("before");
        final Path after = directory.resolve("after");
        try (Engine engine = launch(data)) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            offer(engine, all, 1);
            LogFrame.copy(data, before);
            offer(engine, all, 2);
            LogFrame.copy(data, after);
        }
        final List<LogFrame> all = LogFrame.of(after);
        final List<LogFrame> frames = all.subList(LogFrame.of(before).size(), all.size());
        assertTrue(frames.size() >= 2, "frames=" + frames.size());
        for (int kept = 0; kept <= frames.size(); kept++) {
            final Path killed = killed(before, after);
            LogFrame.cut(killed, frames, kept);
            checkKilled(killed, kept == frames.size(), "kept=" + kept);
        }
    }

    private static void checkKilled(final Path killed, final boolean isIntact, final String context) {
        // The second opening must not restore a batch that the first one skipped, nor may a later point.
        for (int opening = 0; opening < 2; opening++) {
            try (Engine engine = launch(killed)) {
                for (int i = 0; i < SERIES; i++) {
                    final StepSeries series =
                            (StepSeries) engine.series().find("level." + i).orElseThrow();
                    for (int round = 1; round <= ROUNDS; round += 9) {
                        assertEquals(isIntact ? 2 : 1, value(engine, series, round), context);
                    }
                    engine.awaitApplied(engine.publisher().offer(series, ROUNDS + 1, 10 + opening));
                    assertEquals(10 + opening, value(engine, series, Instants.MAX));
                }
            }
            new DirectoryFiles(killed).markNotClosed();
        }
    }

    /** Returns the directory of before the batch, which records none of it as durable, with the log of after it. */
    private Path killed(final Path before, final Path after) throws IOException {
        final Path killed = directory.resolve("killed-" + copies++);
        LogFrame.copy(before, killed);
        try (Stream<Path> logs = Files.walk(after)) {
            for (final Path file :
                    logs.filter(path -> path.toString().endsWith(".seg")).toList()) {
                Files.write(killed.resolve(after.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        return killed;
    }
}
