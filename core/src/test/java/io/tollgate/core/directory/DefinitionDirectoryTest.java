package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.ExampleDefinitions;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.fixture.WrittenAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cleanly closed data directory with the content of {@link ExampleDefinitions}: definitions of each kind, windows of
 * each kind by series and by pattern, and refusals.
 *
 * <p>The answers are written by hand. Readings are fractions of sums over days or hours. Refusals are in order. The
 * updates come after two late points; the first is before the events that can be retracted.
 */
class DefinitionDirectoryTest {
    @TempDir
    private Path temporary;

    private Path filled() {
        final Path directory = temporary.resolve("data");
        ExampleDefinitions.fill(directory);
        return directory;
    }

    @Test
    void shouldHaveWhatItWasMadeWith() throws IOException {
        final Path directory = filled();
        assertTrue(Files.exists(directory.resolve("store/series-1.map")), "more than one map");
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        requireAnswers(directory);
    }

    @Test
    void shouldHaveItInAView() throws IOException {
        try (DirectoryView view = DirectoryView.open(filled())) {
            requireDefinitions(view::find, new TestReader(view.newReader()));
            requireRead(view::find, new TestReader(view.newReader()));
        }
    }

    @Test
    void shouldHaveItMadeOfTheLogAlone() throws IOException {
        final Path directory = filled();
        FileDamage.flip(new DirectoryFiles(directory).store().resolve("header"), 0, 1);
        assertFalse(InPlaceRecovery.recover(context(directory)).isPromiseBroken());
        assertTrue(new DirectoryFiles(directory).isClosed());
        requireAnswers(directory);
    }

    private static EngineContext context(final Path directory) {
        return ExampleDefinitions.context(directory, new AtomicLong(ExampleDefinitions.NOW_NS));
    }

    private static List<String[]> lines(final String word) throws IOException {
        return WrittenAnswers.of("definitions", word)
                .map(line -> line.split(";"))
                .toList();
    }

    private static void requireAnswers(final Path directory) throws IOException {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            assertEquals(ExampleDefinitions.NOW_NS, engine.now());
            requireDefinitions(engine.series()::find, new TestReader(engine.newReader()));
            requireRead(engine.series()::find, new TestReader(engine.newReader()));
            requireRefused(engine);
            requireReported(engine);
            requireLaterSeries(engine);
        }
    }

    private static void requireDefinitions(final Function<String, Optional<Series>> finder, final TestReader reader) {
        for (final SeriesDefinition definition : ExampleDefinitions.definitions()) {
            assertEquals(
                    definition, finder.apply(definition.key()).orElseThrow().definition());
        }
        final SeriesDefinition registered =
                finder.apply("later.a").orElseThrow().definition();
        assertEquals(List.of(ExampleDefinitions.WINDOWS), registered.windows());
        assertTrue(registered.keepsShapes());
        final LifeReading life = reader.life(finder.apply("closed").orElseThrow(), Instants.ALL_KNOWN);
        assertEquals(ExampleDefinitions.START_NS + 3 * ExampleDefinitions.DAY_NS, life.endNs());
        assertEquals(ExampleDefinitions.NOW_NS, life.endKnownAtNs());
    }

    private static void requireRead(final Function<String, Optional<Series>> finder, final TestReader reader)
            throws IOException {
        for (final String[] line : lines("read")) {
            final Metric metric = Metric.parse(line[2]);
            final WindowReading reading = reader.newReading(metric);
            reader.read(
                    finder.apply(line[0]).orElseThrow(),
                    ExampleDefinitions.WINDOWS[Integer.parseInt(line[1])],
                    ExampleDefinitions.NOW_NS,
                    reading);
            assertEquals(Status.valueOf(line[3]), reading.status(metric), () -> Arrays.toString(line));
            assertEquals(value(line[4]), reading.value(metric), () -> Arrays.toString(line));
        }
    }

    private static double value(final String text) {
        final String[] parts = text.split("/");
        return parts.length == 1 ? Long.parseLong(parts[0]) : Double.parseDouble(parts[0]) / Long.parseLong(parts[1]);
    }

    private static void requireRefused(final Engine engine) throws IOException {
        final List<String> found = new ArrayList<>();
        engine.admin()
                .audit()
                .readRefusals(refusal -> found.add(refusal.reason() + ";"
                        + engine.series()
                                .find(refusal.seriesNumber())
                                .orElseThrow()
                                .key() + ";"
                        + (refusal.validTimeNs() - ExampleDefinitions.START_NS) + ";"
                        + (refusal.isWithdrawal() ? "none" : refusal.value())));
        assertEquals(
                lines("refused").stream().map(line -> String.join(";", line)).toList(), found);
        assertTrue(engine.admin().audit().hasAllRefusals());
    }

    private static void requireReported(final Engine engine) throws IOException {
        final UpdateQueue queue = engine.updates().subscribe(ExampleDefinitions.subscription(), QueueOptions.DEFAULT);
        final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
        assertEquals(List.of(), recorder.recorded());
        final StepSeries toggle = (StepSeries) engine.series().find("toggle").orElseThrow();
        final long hourNs = ExampleDefinitions.DAY_NS / 24;
        final long fromNs = ExampleDefinitions.START_NS + 10 * ExampleDefinitions.DAY_NS;
        engine.awaitApplied(engine.publisher().offer(toggle, fromNs + 2 * hourNs, 1));
        engine.awaitApplied(engine.publisher().offer(toggle, fromNs + 38 * hourNs, 2));
        assertEquals(
                lines("told").stream().map(line -> String.join(";", line)).toList(),
                recorder.drain(queue).recorded().stream()
                        .map(update -> update.number() + ";" + update.type() + ";" + (update.atNs() - fromNs) / hourNs
                                + ";" + update.newValue())
                        .toList());
    }

    /** A series takes the windows registered by pattern with its first point. */
    private static void requireLaterSeries(final Engine engine) {
        final StepSeries later = engine.defineStep(ExampleDefinitions.later("b"));
        engine.awaitApplied(engine.publisher().offer(later, ExampleDefinitions.START_NS, 1));
        final SeriesDefinition found =
                engine.series().find("later.b").orElseThrow().definition();
        assertEquals(List.of(ExampleDefinitions.WINDOWS), found.windows());
        assertTrue(found.keepsShapes());
    }
}
