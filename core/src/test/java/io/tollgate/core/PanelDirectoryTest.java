package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.ExamplePanels;
import io.tollgate.core.fixture.ExampleWatches;
import io.tollgate.core.fixture.Following;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.fixture.WrittenAnswers;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.timeline.PanelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Directories with registrations over many series. They contain watches on panels of each kind, with and without
 * events, in logs, in a checkpoint and in the store of a close. They also contain a subscription to metrics over
 * windows, with watches and options, and ends of both.
 *
 * <p>The answers are written by hand as fractions of sums, from the data of {@link ExamplePanels}. A line {@code read}
 * holds answers before new points, {@code told} the updates of new points with their numbers, and {@code then} the
 * answers after them.
 */
class PanelDirectoryTest {
    private enum Left {
        /** Left by a kill after a checkpoint. */
        KILLED(OpeningReport.Origin.CHECKPOINT),
        CLOSED(OpeningReport.Origin.CLOSED);

        private final OpeningReport.Origin origin;

        Left(final OpeningReport.Origin origin) {
            this.origin = origin;
        }

        Path filled(final Path temporary) throws IOException {
            final Path data = temporary.resolve("data");
            final Path killed = temporary.resolve("killed");
            try (ExamplePanels.Filled filled = ExamplePanels.fill(data)) {
                assertEquals(15, filled.recorded().get("panels").recorded().size());
                new DamagedDirectory(data).copyTo(killed);
            }
            return this == KILLED ? killed : data;
        }
    }

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheAnswersWrittenByHandAndSendUpdates(final Left left) throws IOException {
        final Path directory = left.filled(temporary);
        assertEquals(
                left == Left.CLOSED ? DirectoryCheck.State.SOUND : DirectoryCheck.State.NEEDS_RECOVERY,
                DirectoryCheck.of(directory).state());
        requireAnswers(directory, left.origin);
    }

    /** A directory that is not closed is readable only on the same machine before a restart. */
    @ParameterizedTest
    @EnumSource
    void shouldGiveThemToAViewOfAClosedDirectory(final Left left) throws IOException {
        final Path directory = left.filled(temporary);
        if (left == Left.KILLED) {
            new DirectoryFiles(directory).markNotClosed();
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> DirectoryView.open(directory).close());
            assertTrue(refusal.getMessage().startsWith("dataDirectory=" + directory), refusal::getMessage);
            assertFalse(
                    InPlaceRecovery.recover(ExamplePanels.context(directory)).isPromiseBroken());
        }
        try (DirectoryView view = DirectoryView.open(directory)) {
            requireRead("read", new ExamplePanels(view::find), view.newPanelReader());
        }
        requireAnswers(directory, OpeningReport.Origin.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromTheLogsAlone(final Left left) throws IOException {
        final Path directory = left.filled(temporary);
        new DirectoryFiles(directory).deleteCheckpoints();
        FileDamage.flip(new DirectoryFiles(directory).store().resolve("header"), 0, 1);
        assertFalse(InPlaceRecovery.recover(ExamplePanels.context(directory)).isPromiseBroken());
        requireAnswers(directory, OpeningReport.Origin.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromABackup(final Left left) throws IOException {
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(ExamplePanels.context(left.filled(temporary)), backup);
        requireAnswers(backup, OpeningReport.Origin.CLOSED);
    }

    /** The text identifies a watch: another text makes another watch. */
    @Test
    void shouldKnowEachKindOfWatchByItsText() throws IOException {
        try (TollgateEngine engine = TollgateEngine.launch(ExamplePanels.context(Left.CLOSED.filled(temporary)))) {
            final ExampleWatches watches = new ExampleWatches(new ExamplePanels(engine.series()::find));
            for (final WatchSet known : List.of(watches.recorded(), watches.texts(), watches.later())) {
                final String logged =
                        engine.resources().updates().panels().text(known.name()).orElseThrow();
                assertTrue(PanelText.isSame(logged, known.text()), () -> logged + "is not\n" + known.text());
            }
            assertEquals(11, watches.texts().watches().size());
            final Watch first = watches.recorded().watches().get(0);
            final WatchSet other = WatchSet.of("panels", first.withClear(first.clear() - 1));
            assertThrows(IllegalStateException.class, () -> engine.updates().subscribe(other, QueueOptions.DEFAULT));
            assertFalse(engine.updates().unsubscribe("ended"));
            assertFalse(engine.updates().unsubscribe("gone"));
        }
    }

    private static void requireAnswers(final Path directory, final OpeningReport.Origin origin) throws IOException {
        try (TollgateEngine engine = TollgateEngine.launch(ExamplePanels.context(directory))) {
            assertEquals(origin, engine.opening().orElseThrow().origin());
            assertEquals(70, engine.now());
            final ExamplePanels panels = new ExamplePanels(engine.series()::find);
            requireRead("read", panels, engine.newPanelReader());
            engine.series().register(panels.group());
            engine.series().register(panels.headings());
            requireRead("read", panels, engine.newPanelReader());
            final Map<String, UpdateRecorder> recorded = new TreeMap<>();
            final Following following = Following.of(engine, panels, recorded);
            following.watch(engine, new ExampleWatches(panels).later());
            following.drain();
            recorded.values()
                    .forEach(recorder -> assertEquals(List.of(), recorder.recorded(), "all updates were sent before"));
            panels.proceed(engine);
            following.drain();
            requireReported(recorded);
            requireRead("then", panels, engine.newPanelReader());
        }
    }

    /** Returns the lines of the answers that begin with a word, without that word. */
    private static List<String[]> lines(final String word) throws IOException {
        return WrittenAnswers.of("panels", word)
                .map(line -> line.split(";", -1))
                .toList();
    }

    private static void requireReported(final Map<String, UpdateRecorder> recorded) throws IOException {
        final List<String> found = new ArrayList<>();
        recorded.forEach((name, recorder) -> {
            assertEquals(List.of(), recorder.gaps());
            recorder.recorded().stream()
                    .sorted(Comparator.comparingLong(update -> update.number()))
                    .forEach(update -> found.add(name + ";" + update.number() + ";"
                            + (update.watchIndex() < 0 ? "m" + update.metricIndex() : "w" + update.watchIndex()) + ";"
                            + update.type() + ";" + update.atNs() + ";" + update.newStatus() + ";"
                            + update.newValue()));
        });
        assertEquals(
                lines("told").stream()
                        .map(line -> {
                            line[line.length - 1] = String.valueOf(value(line[line.length - 1]));
                            return String.join(";", line);
                        })
                        .toList(),
                found);
    }

    private static void requireRead(final String word, final ExamplePanels panels, final PanelReader reader)
            throws IOException {
        for (final String[] line : lines(word)) {
            final long knownNs = line[2].isEmpty() ? Instants.ALL_KNOWN : Long.parseLong(line[2]);
            final Read read = read(panels, reader, line[0], Long.parseLong(line[1]), knownNs);
            assertEquals(new Read(Status.valueOf(line[3]), value(line[4])), read, () -> Arrays.toString(line));
        }
    }

    private record Read(Status status, double value) {
        static Read of(final GroupReading reading, final String metric) {
            for (final GroupMetric known : GroupMetric.values()) {
                if (known.text().equals(metric)) {
                    return new Read(reading.status(known), reading.value(known));
                }
            }
            throw new IllegalArgumentException("metric=" + metric);
        }
    }

    private static Read read(
            final ExamplePanels panels,
            final PanelReader current,
            final String what,
            final long atNs,
            final long knownNs) {
        final String[] words = what.split(" ");
        final String[] names = words[0].split(":", -1);
        final PanelReader reader = current.asOf(knownNs);
        switch (names[0]) {
            case "stack" -> {
                final StackReading reading = reader.stack(panels.stack()).read(atNs);
                return new Read(reading.status(), reading.rate());
            }
            case "ratio" -> {
                final RatioReading reading =
                        reader.ratio(panels.collected(), Window.since(0)).read(atNs);
                return new Read(reading.status(), reading.value(RatioMetric.PERCENT));
            }
            case "node", "heading" -> {
                final Hierarchy hierarchy = names[0].equals("node") ? panels.chapters() : panels.headings();
                final HierarchyReading reading =
                        reader.hierarchy(hierarchy, names[1]).read(atNs);
                return Read.of(reading.node(names[1]), words[1]);
            }
            default -> {
                final Group group = group(panels, names[0]);
                final GroupReading reading =
                        names[0].equals("window") ? reader.group(group, Window.slidingNs(20)) : reader.group(group);
                return Read.of(reading.read(atNs), words[1]);
            }
        }
    }

    private static Group group(final ExamplePanels panels, final String name) {
        return switch (name) {
            case "group", "window" -> panels.group();
            case "fixed" -> panels.group().withWeightsFixedAt(15);
            case "pattern" -> panels.byPattern();
            case "recoded" -> panels.recoded();
            case "listed" -> panels.listed();
            default -> throw new IllegalArgumentException("group=" + name);
        };
    }

    private static double value(final String text) {
        final String[] terms = text.split("-");
        final double first = quotient(terms[0]);
        return terms.length == 1 ? first : first - quotient(terms[1]);
    }

    private static double quotient(final String text) {
        final String[] parts = text.split("/");
        return parts.length == 1
                ? Long.parseLong(parts[0])
                : (double) Long.parseLong(parts[0]) / Long.parseLong(parts[1]);
    }
}
