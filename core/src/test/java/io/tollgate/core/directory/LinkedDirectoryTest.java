package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.DirectoryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link to a data directory is redirected while the directory is open. The engine keeps the first directory. */
class LinkedDirectoryTest {
    /** Enough points that another map of each kind, and another segment, are made after the redirection. */
    private static final int COUNT = 1_500;

    private static final int COUNT_BEFORE = 600;

    @TempDir
    private Path temporary;

    private Path first;
    private Path second;
    private Path link;

    @BeforeEach
    void linkFirst() throws IOException {
        first = Files.createDirectory(temporary.resolve("first"));
        second = temporary.resolve("second");
        link = Files.createSymbolicLink(temporary.resolve("current"), first);
        try (Engine engine = TollgateEngine.launch(context(second))) {
            fill(engine, 0, COUNT, 7);
        }
    }

    private void moveLink() throws IOException {
        Files.delete(link);
        Files.createSymbolicLink(link, second);
    }

    private static EngineContext context(final Path directory) {
        return TestContext.stepped(ClockMode.MANUAL, directory).logSegmentLength(1 << 16);
    }

    private static void fill(final Engine engine, final int from, final int to, final long factor) {
        for (int i = from; i < to; i++) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0));
            engine.awaitApplied(engine.publisher().offer(series, 1, factor * i));
        }
    }

    private static double level(final TestReader reader, final StepSeries series) {
        final LevelReading level = reader.level(series, 1);
        return level.value();
    }

    private static void requireFilled(final Path directory, final int count, final long factor) {
        try (DirectoryView view = DirectoryView.open(directory)) {
            assertEquals(count, view.seriesCount());
            for (int i = 0; i < count; i++) {
                assertEquals(factor * i, level(new TestReader(view.newReader()), (StepSeries)
                        view.find("rate." + i).orElseThrow()));
            }
        }
    }

    @Test
    void shouldWriteToTheOpenedFile() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(link))) {
            fill(engine, 0, COUNT_BEFORE, 100);
            moveLink();
            fill(engine, COUNT_BEFORE, COUNT, 100);
            engine.admin().checkpoint();
            engine.admin().backup(temporary.resolve("copy"));
        }
        requireFilled(first, COUNT, 100);
        requireFilled(temporary.resolve("copy"), COUNT, 100);
        assertFalse(Files.exists(new DirectoryFiles(second).checkpoint()));
        requireFilled(second, COUNT, 7);
    }

    @Test
    void shouldViewWhatWasOpened() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(first))) {
            fill(engine, 0, COUNT_BEFORE, 100);
            try (DirectoryView view = DirectoryView.open(link)) {
                moveLink();
                fill(engine, COUNT_BEFORE, COUNT, 100);
                assertEquals(DirectoryState.OPEN, view.state());
                for (int i = 0; i < COUNT; i++) {
                    final String key = "rate." + i;
                    assertEquals(
                            100.0 * i,
                            level(new TestReader(view.newReader()), (StepSeries)
                                    view.find(key).orElseThrow()),
                            key);
                }
            }
        }
    }

    @Test
    void shouldCheckAndRecoverTheTargetOfALink() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(link))) {
            fill(engine, 0, COUNT_BEFORE, 100);
        }
        new DirectoryFiles(first).markNotClosed();
        assertEquals(first.toRealPath(), DirectoryCheck.of(link).directory());
        final Path recovered = first.resolveSibling("recovered");
        assertEquals(
                first.toRealPath(),
                DirectoryRecovery.recover(context(link), recovered).source());
        assertEquals(first.toRealPath(), DirectoryInspection.of(link).directory());
        requireFilled(recovered, COUNT_BEFORE, 100);
    }
}
