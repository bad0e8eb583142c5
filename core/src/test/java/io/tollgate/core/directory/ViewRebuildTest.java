package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.report.OpeningReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A view during a rebuild of the store is refused, and the message says what to do. */
class ViewRebuildTest {
    @TempDir
    private Path temporary;

    private Path directory() {
        return temporary.resolve("data");
    }

    private EngineContext context() {
        return Lanes.stepped(directory());
    }

    @BeforeEach
    void leaveUnclosed() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            DirectoryViewTest.feed(engine, 2, 0, 20);
        }
        DirectoryViewTest.leaveUnclosed(directory());
    }

    /** The view is opened after each modifying call of the engine. */
    @Test
    void shouldAskToTryAgainAtEachStepOfARebuild() {
        final TreeSet<String> refusals = new TreeSet<>();
        final HookedFiles files = HookedFiles.afterEach((call, file, target) -> {
            try {
                DirectoryView.open(directory()).close();
            } catch (final IllegalStateException e) {
                refusals.add(e.getMessage());
            }
        });
        try (TollgateEngine engine = TollgateEngine.launch(InjectedFiles.inject(context(), files))) {
            assertEquals(
                    OpeningReport.Origin.LOG, engine.opening().orElseThrow().origin());
        }
        assertFalse(refusals.isEmpty());
        refusals.forEach(refusal -> assertTrue(refusal.contains("an engine is opening"), refusal));
    }

    /** The inspection reports all series, or none with the reason, at each step of the engine. */
    @Test
    void shouldInspectAllSeriesOrNoneAtEachStepOfARebuild() {
        final Map<String, Long> whole = new TreeMap<>();
        assertEquals(Optional.empty(), summarise(whole));
        assertFalse(whole.isEmpty());
        final TreeSet<String> faults = new TreeSet<>();
        final HookedFiles files = HookedFiles.afterEach((call, file, target) -> {
            final Map<String, Long> found = new TreeMap<>();
            final Optional<String> recorded = summarise(found);
            assertEquals(recorded.isEmpty() ? whole : Map.of(), found, () -> call + " " + file + ": " + recorded);
            recorded.ifPresent(faults::add);
        });
        try (TollgateEngine engine = TollgateEngine.launch(InjectedFiles.inject(context(), files))) {
            assertEquals(
                    OpeningReport.Origin.LOG, engine.opening().orElseThrow().origin());
        }
        assertFalse(faults.isEmpty());
        faults.forEach(fault -> assertTrue(fault.contains("an engine is opening"), fault));
    }

    /** Returns the message of a refusal, empty without one. */
    private Optional<String> summarise(final Map<String, Long> pointCounts) {
        try (DirectoryView view = DirectoryView.open(directory())) {
            view.forEachSummary(series -> pointCounts.put(series.series().key(), series.pointCount()));
            return Optional.empty();
        } catch (final IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A recovery was killed after it discarded the store. */
    @Test
    void shouldSayOfAStoreThatWasGivenUpThatItHasToBeRebuilt() {
        new DirectoryFiles(directory()).change(Manifest::rebuilding, Optional.empty());
        Refusals.require(
                IllegalStateException.class, () -> DirectoryView.open(directory()), "has to be rebuilt from the log");
    }

    /** The view finds further files and new maps by path, so they belong to the restored directory. */
    @Test
    void shouldRefuseFilesOfARestoredDirectoryInItsPlace() throws IOException {
        TollgateEngine.launch(context()).close();
        final Path backup = temporary.resolve("backup");
        DirectoryFiles.copy(directory(), backup);
        try (DirectoryView view = DirectoryView.open(directory())) {
            IoUtil.delete(directory().toFile(), false);
            DirectoryFiles.copy(backup, directory());
            try (Engine engine = TollgateEngine.launch(context())) {
                final StepSeries series = engine.defineStep(SeriesDefinition.step("later", Unit.COUNT, 0));
                refuse(view::state);
                refuse(view::now);
                final TestReader reader = new TestReader(view.newReader());
                refuse(() -> reader.readLevel(series, 1, reader.newLevelReading()));
            }
            try (DirectoryView another = DirectoryView.open(directory())) {
                assertEquals(DirectoryState.CLOSED, another.state());
            }
        }
    }

    private static void refuse(final Executable call) {
        Refusals.require(IllegalStateException.class, call, "since this view was opened; open another one to read");
    }
}
