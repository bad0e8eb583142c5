package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FailingReads;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.report.SeriesSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectoryInspectionTest {
    @TempDir
    private Path directory;

    /** The engine continues during the inspection, so points may be known later than the clock that was read first. */
    @Test
    void shouldCountWhatIsPendingAgainstTheClockOfTheMoment() {
        final EngineContext context =
                TestContext.stepped(ClockMode.EVENT, directory).logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            engine.awaitApplied(engine.publisher().offer(rate, 100, 1));
            final DirectoryInspection inspection = DirectoryInspection.of(directory);
            for (int i = 2; i <= 200; i++) {
                engine.awaitApplied(engine.publisher().offer(rate, 100 * i, i));
            }
            final SeriesSummary found = onlySeries();
            assertEquals(200, found.pointCount());
            assertEquals(OptionalLong.of(0), found.pendingCount());
            assertEquals(OptionalLong.of(20_000), inspection.now());
        }
    }

    /** A close during the inspection is not a failed close. */
    @Test
    void shouldSayThatItIsClosedIfItsEngineHasClosedItMeanwhile() {
        try (Engine engine = TollgateEngine.launch(TestContext.plain().directory(directory))) {
            assertTrue(engine.now() > 0);
            assertEquals(DirectoryState.OPEN, DirectoryInspection.of(directory).state());
        }
        assertEquals(DirectoryState.CLOSED, DirectoryInspection.of(directory).state());
    }

    /** The inspection reads the marks before the lock. An engine of another process closes the directory in between. */
    @Test
    void shouldSayThatItIsClosedIfItsOwnerEndsBetweenTwoReads() throws IOException {
        final Path data = directory.resolve("data");
        final Path left = directory.resolve("left");
        try (Engine engine = TollgateEngine.launch(TestContext.plain().directory(data))) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(data).copyTo(left);
        }
        final Path lock = left.resolve(DirectoryLock.FILE_NAME);
        final AtomicBoolean isClosing = new AtomicBoolean();
        final Path looked = FailingReads.over(left, path -> {
            if (path.equals(lock) && isClosing.compareAndSet(true, false)) {
                Files.copy(
                        new DirectoryFiles(data).manifestFile(),
                        new DirectoryFiles(left).manifestFile(),
                        StandardCopyOption.REPLACE_EXISTING);
                Files.write(lock, new byte[0]);
            }
        });
        try (DirectoryView view = DirectoryView.open(looked)) {
            assertEquals(DirectoryState.OPEN, view.state());
            isClosing.set(true);
            assertEquals(DirectoryState.CLOSED, view.state());
        }
        assertFalse(isClosing.get(), "the owner was not checked");
        new DirectoryFiles(left).markKilled();
        assertEquals(DirectoryState.NOT_CLOSED, DirectoryInspection.of(left).state());
    }

    /** Without the clock no point is known to be pending or not pending. */
    @Test
    void shouldNotCountPendingPointsIfTheClockIsUnknown() throws IOException {
        final EngineContext context = TestContext.of(ClockMode.MANUAL).directory(directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            engine.advanceTo(50);
            engine.awaitApplied(engine.publisher().offer(rate, 100, 1));
        }
        assertEquals(OptionalLong.of(1), onlySeries().pendingCount());
        Files.delete(directory.resolve(CountersFile.FILE_NAME));
        assertEquals(OptionalLong.of(1), onlySeries().pendingCount());
        new DirectoryFiles(directory).markKilled();
        assertEquals(OptionalLong.empty(), onlySeries().pendingCount());
        assertTrue(onlySeries().isIntact());
    }

    /** A store that needs a rebuild has no summary. The inspection reports only its state, open or not closed. */
    @Test
    void shouldReportNoSeriesOfAStoreThatWasLeftHalfRebuilt() throws IOException {
        final EngineContext context = TestContext.stepped().directory(directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
        }
        final DirectoryFiles files = new DirectoryFiles(directory);
        files.change(Manifest::rebuilding, Optional.empty());
        requireFault("has to be rebuilt from the log");
        files.markKilled();
        assertEquals("rate", onlySeries().series().key());
        Files.copy(files.manifestFile(), directory.resolve("copied"));
        Files.move(directory.resolve("copied"), files.manifestFile(), StandardCopyOption.REPLACE_EXISTING);
        requireFault("is a copy of an open directory");
    }

    /** The seal of the close lists the files and their lengths. */
    @ParameterizedTest
    @ValueSource(strings = {"series-0.numbers", "series-0.map", "names-0.numbers", "small-0.map"})
    void shouldSayThatAFileOfAStoreThatWasClosedIsMissingOrCut(final String name) throws IOException {
        final EngineContext context = TestContext.stepped().directory(directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
        }
        final Path file = new DirectoryFiles(directory).store().resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        requireFault(name);
        Files.delete(file);
        requireFault(name);
    }

    private void requireFault(final String text) {
        final String fault = assertThrows(IllegalStateException.class, () -> DirectoryView.open(directory))
                .getMessage();
        assertTrue(fault.contains(text), fault);
    }

    @Test
    void shouldReadSeveralSeries() {
        final List<SeriesSummary> found = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            engine.advanceTo(50);
            for (int i = 0; i < 9; i++) {
                final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 2));
                engine.awaitApplied(engine.publisher().offer(rate, 40, 1));
                engine.awaitApplied(engine.publisher().offer(rate, 100, 2));
            }
            found.addAll(summaries());
            assertEquals(9, found.size());
            for (final SeriesSummary series : found) {
                assertEquals(
                        engine.series()
                                .find(series.series().key())
                                .orElseThrow()
                                .number(),
                        series.series().number());
                assertTrue(series.isIntact(), series::toString);
                assertEquals(OptionalLong.of(1), series.pendingCount(), series::toString);
            }
        }
    }

    private SeriesSummary onlySeries() {
        final List<SeriesSummary> found = summaries();
        assertEquals(1, found.size());
        return found.get(0);
    }

    private List<SeriesSummary> summaries() {
        final List<SeriesSummary> found = new ArrayList<>();
        try (DirectoryView view = DirectoryView.open(directory)) {
            view.forEachSummary(found::add);
        }
        return found;
    }
}
