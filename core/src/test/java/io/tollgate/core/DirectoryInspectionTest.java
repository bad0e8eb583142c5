package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.SeriesSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectoryInspectionTest {
    @TempDir
    private Path directory;

    /** An engine goes on while it is looked at: what came to be known since is behind its clock of then. */
    @Test
    void shouldCountWhatIsPendingAgainstTheClockOfTheMoment() {
        final EngineContext context = new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            engine.awaitApplied(engine.publisher().offer(rate, 100, 1));
            final DirectoryInspection inspection = DirectoryInspection.of(directory);
            for (int i = 2; i <= 200; i++) {
                engine.awaitApplied(engine.publisher().offer(rate, 100 * i, i));
            }
            final List<SeriesSummary> found = new ArrayList<>();
            assertEquals(List.of(), inspection.forEachSeries(found::add));
            assertEquals(200, found.get(0).pointCount());
            assertEquals(OptionalLong.of(0), found.get(0).pendingCount());
            assertEquals(OptionalLong.of(20_000), inspection.now());
        }
    }

    /** It may be closed while it is looked at: nobody has failed to close it then. */
    @Test
    void shouldSayThatItIsClosedWhereItsEngineHasClosedItMeanwhile() {
        final DirectoryInspection inspection;
        try (Engine engine = TollgateEngine.launch(new EngineContext().directory(directory))) {
            assertTrue(engine.now() > 0);
            inspection = DirectoryInspection.of(directory);
            assertEquals(DirectoryInspection.State.OPEN, inspection.state());
        }
        assertEquals(DirectoryInspection.State.CLOSED, inspection.state());
    }

    /** The marks are looked at before the owner is: an engine of another process closes the directory just between. */
    @Test
    void shouldSayThatItIsClosedWhereItsOwnerGoesBetweenTwoLooks() throws IOException {
        final Path data = directory.resolve("data");
        final Path left = directory.resolve("left");
        try (Engine engine = TollgateEngine.launch(new EngineContext().directory(data))) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(data).copyTo(left);
            DirectoryViewTest.markOpen(left);
        }
        final Path lock = left.resolve(DirectoryLock.FILE_NAME);
        final Path clean = left.resolve("shard-0/clean");
        final AtomicBoolean isClosing = new AtomicBoolean();
        final Path looked = FailingLooks.over(left, path -> {
            if (path.equals(lock) && isClosing.compareAndSet(true, false)) {
                Files.copy(data.resolve("shard-0/clean"), clean);
                Files.write(lock, new byte[0]);
            }
        });
        try (DirectoryView view = DirectoryView.open(looked)) {
            assertEquals(DirectoryInspection.State.OPEN, view.state());
            isClosing.set(true);
            assertEquals(DirectoryInspection.State.CLOSED, view.state());
        }
        assertFalse(isClosing.get(), "the owner was not looked for");
        Files.delete(clean);
        assertEquals(
                DirectoryInspection.State.NOT_CLOSED,
                DirectoryInspection.of(left).state());
    }

    /** Without the clock nothing can be called pending, and nothing can be called not to be. */
    @Test
    void shouldSayThatNothingTellsWhatIsPendingWhereNothingTellsTheClock() throws IOException {
        final EngineContext context = new EngineContext().directory(directory).clockMode(ClockMode.MANUAL);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            engine.advanceTo(50);
            engine.awaitApplied(engine.publisher().offer(rate, 100, 1));
        }
        assertEquals(OptionalLong.of(1), onlySeries().pendingCount());
        Files.delete(directory.resolve(EngineCounters.FILE_NAME));
        assertEquals(OptionalLong.of(1), onlySeries().pendingCount());
        Files.delete(directory.resolve("shard-0/clean"));
        DirectoryViewTest.markOpen(directory);
        assertEquals(OptionalLong.empty(), onlySeries().pendingCount());
        assertTrue(onlySeries().isWhole());
    }

    /** Of a store that only a rebuild makes whole nothing is told: that it is opened now, or was not closed, is. */
    @Test
    void shouldTellOfNoSeriesOfAStoreThatWasLeftHalfRebuilt() throws IOException {
        final EngineContext context = new EngineContext().directory(directory).stepped(true);
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
        }
        // Without either mark, as it is until a rebuild has come to its end.
        Files.delete(directory.resolve("shard-0/clean"));
        requireFault("has to be rebuilt from its log");
        DirectoryViewTest.markOpen(directory);
        assertEquals("rate", onlySeries().key());
        Files.copy(directory.resolve("shard-0/header"), directory.resolve("copied"));
        Files.move(
                directory.resolve("copied"), directory.resolve("shard-0/header"), StandardCopyOption.REPLACE_EXISTING);
        requireFault("copy of a store that was open");
    }

    /** The mark of the close tells which files there are, and how long. */
    @ParameterizedTest
    @ValueSource(strings = {"series-0.numbers", "series-0.map", "names-0.numbers", "small-0.map"})
    void shouldSayThatAFileOfAStoreThatWasClosedIsMissingOrCut(final String name) throws IOException {
        final EngineContext context = new EngineContext().directory(directory).stepped(true);
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
        }
        final Path file = directory.resolve("shard-0").resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        requireFault(name);
        Files.delete(file);
        requireFault(name);
    }

    private void requireFault(final String text) {
        final List<SeriesSummary> found = new ArrayList<>();
        final List<String> faults = DirectoryInspection.of(directory).forEachSeries(found::add);
        assertEquals(1, faults.size(), () -> "" + faults);
        assertTrue(faults.get(0).contains(text), faults.get(0));
        assertEquals(List.of(), found);
    }

    @Test
    void shouldReadSeveralSeries() {
        final List<SeriesSummary> found = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.MANUAL)
                .stepped(true))) {
            engine.advanceTo(50);
            for (int i = 0; i < 9; i++) {
                final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 2));
                engine.awaitApplied(engine.publisher().offer(rate, 40, 1));
                engine.awaitApplied(engine.publisher().offer(rate, 100, 2));
            }
            assertEquals(List.of(), DirectoryInspection.of(directory).forEachSeries(found::add));
            assertEquals(9, found.size());
            for (final SeriesSummary series : found) {
                assertEquals(engine.find(series.key()).orElseThrow().number(), series.number());
                assertTrue(series.isWhole(), series::toString);
                assertEquals(OptionalLong.of(1), series.pendingCount(), series::toString);
            }
        }
    }

    private SeriesSummary onlySeries() {
        final List<SeriesSummary> found = new ArrayList<>();
        assertEquals(List.of(), DirectoryInspection.of(directory).forEachSeries(found::add));
        assertEquals(1, found.size());
        return found.get(0);
    }
}
