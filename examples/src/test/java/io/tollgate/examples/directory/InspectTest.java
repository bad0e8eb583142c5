package io.tollgate.examples.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTest {
    /** Enough runs that some of them read a file while it is replaced. */
    private static final int RUNS = 100;

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatADirectoryHoldsWhileItIsOpenAndAfterItIsClosed() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate.a", Unit.PERCENT, 2));
            engine.defineFlow(SeriesDefinition.flow("events.b", Unit.COUNT, 0));
            final Publisher publisher = engine.publisher();
            engine.advanceTo(1_000);
            for (int i = 0; i < 50; i++) {
                engine.awaitApplied(publisher.offer(rate, i * 40, i));
            }
            engine.awaitApplied(publisher.offer(rate, 40, 7));
            engine.awaitApplied(publisher.withdraw(rate, 80));
            final CommandRun run = CommandRun.of("inspect", directory);
            assertEquals("", run.err());
            assertEquals(0, run.exitCode());
            assertTrue(
                    run.out()
                            .contains("state       open by pid="
                                    + ProcessHandle.current().pid()),
                    run.out());
            requireContents(run.out());
            assertTrue(run.out().contains("first 1, applied 56, durable"), run.out());
            assertTrue(run.out().contains("  refused-duplicate "), run.out());
        }
        final CommandRun run = CommandRun.of("inspect", directory);
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("state       closed cleanly"), run.out());
        assertTrue(run.out().contains("first 1, applied 56, durable 56"), run.out());
        assertTrue(run.out().contains("1970-01-01T00:00:00.000001Z"), run.out());
        assertTrue(run.out().matches("(?s).*\n  applied +52\n.*"), run.out());
        assertTrue(run.out().matches("(?s).*\n  durable-sequence +56\n.*"), run.out());
        requireContents(run.out());
    }

    private static void requireContents(final String out) {
        assertTrue(out.contains("series      2 (STEP 1, FLOW 1)"), out);
        assertTrue(out.contains("points      49, of these pending 24"), out);
        assertTrue(out.contains("history     2 versions"), out);
        assertTrue(out.contains(String.format("%-34s STEP     2 %10d %9d %9d", "rate.a", 49, 24, 2)), out);
        assertTrue(out.lines().skip(1).allMatch(line -> line.length() <= 80), out);
    }

    @Test
    void shouldReportFromWhenOnTheHistoryIsKept() {
        try (Engine engine = TollgateEngine.launch(context())) {
            for (final String key : new String[] {"rate.a", "rate.b", "other"}) {
                final StepSeries rate = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 2));
                for (int i = 1; i <= 5; i++) {
                    engine.awaitApplied(engine.publisher()
                            .point(rate)
                            .validAt(0)
                            .value(i)
                            .knownAt(1_000_000_000L * i)
                            .offer());
                }
            }
            assertEquals(6, engine.series().retain("rate.*", Retention.versions(1)));
            final String out = CommandRun.of("inspect", directory).out();
            assertTrue(out.contains("history     6 versions"), out);
            assertTrue(out.contains("forgotten   history of 2 series, up to 1970-01-01T00:00:04Z"), out);
            final List<String> lines = out.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("rate.")) {
                    assertEquals("  answers as known at 1970-01-01T00:00:04Z or later", lines.get(i + 1), out);
                }
            }
            assertEquals(
                    2,
                    lines.stream().filter(line -> line.startsWith("  answers")).count(),
                    out);
        }
    }

    @Test
    void shouldReportWhichSeriesAreClosedAndWhichFollow() {
        final int count = 8;
        try (Engine engine = TollgateEngine.launch(context())) {
            engine.advanceTo(2_987_654_321L);
            StepSeries before = engine.defineStep(SeriesDefinition.step("rate.0", Unit.PERCENT, 2));
            for (int i = 1; i < count; i++) {
                final StepSeries next = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.FRACTION, 4));
                engine.series()
                        .close(
                                before,
                                LifeEnd.at(1_000_000_000L * i + 123_456_789).followedBy(next));
                before = next;
            }
            engine.series().close(before, LifeEnd.at(9_123_456_789L).knownAt(3_987_654_321L));
            engine.defineFlow(SeriesDefinition.flow("open", Unit.COUNT, 0));
            requireLives(CommandRun.of("inspect", directory).out(), count);
        }
        requireLives(CommandRun.of("inspect", directory).out(), count);
    }

    private static void requireLives(final String out, final int count) {
        assertTrue(out.contains("closed      " + count + " of the series"), out);
        assertTrue(out.lines().skip(1).allMatch(line -> line.length() <= 80), out);
        final List<String> lines = out.lines().toList();
        assertEquals(
                count,
                lines.stream().filter(line -> line.startsWith("  closed")).count(),
                out);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("rate.")) {
                final int number = lines.get(i).charAt("rate.".length()) - '0';
                final boolean isLast = number == count - 1;
                assertEquals(
                        List.of(
                                "  closed at 1970-01-01T00:00:0" + (isLast ? 9 : number + 1) + ".123456789Z",
                                "  known since 1970-01-01T00:00:0" + (isLast ? 3 : 2) + ".987654321Z"),
                        lines.subList(i + 1, i + 3),
                        out);
                assertEquals(!isLast, lines.get(i + 3).equals("  followed by rate." + (number + 1)), out);
            }
        }
    }

    @Test
    void shouldWriteTheValuesOfAllCountersInOneColumn() {
        TollgateEngine.launch(context()).close();
        final String out = CommandRun.of("inspect", directory).out();
        final List<String> counters = out.lines()
                .dropWhile(line -> !line.equals("counters"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .toList();
        assertTrue(counters.size() > 10, out);
        final int width = counters.get(0).length();
        assertTrue(counters.stream().allMatch(line -> line.length() == width && width <= 80), out);
    }

    /** The labels are not verified. Labels that no engine writes are left out or cut. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 380, 381, 65_552, Integer.MAX_VALUE})
    void shouldNotTrustTheLengthsOfLabels(final int length) throws IOException {
        TollgateEngine.launch(context()).close();
        forgeLabels(length, (byte) 'x');
        final String out = inspected();
        assertEquals(length == 380, out.contains("\ncounters\n  " + "x".repeat(56) + "… "), out);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, '\n', 0x1B, ' ', 0x7F, -1})
    void shouldShowNoLabelThatIsNone(final byte character) throws IOException {
        TollgateEngine.launch(context()).close();
        forgeLabels(3, character);
        assertFalse(inspected().contains("counters"));
    }

    private void forgeLabels(final int length, final byte character) throws IOException {
        final Path file = directory.resolve("counters");
        final UnsafeBuffer counters = new UnsafeBuffer(Files.readAllBytes(file));
        for (int i = 0; i < 100; i++) {
            final int label = 64 + CountersReader.metaDataOffset(i) + CountersReader.LABEL_OFFSET;
            counters.putInt(label, length);
            counters.setMemory(label + Integer.BYTES, CountersReader.MAX_LABEL_LENGTH, character);
        }
        Files.write(file, counters.byteArray());
    }

    private String inspected() {
        final CommandRun run = CommandRun.of("inspect", directory);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertTrue(run.out().lines().skip(1).allMatch(line -> line.codePointCount(0, line.length()) <= 80), run.out());
        return run.out();
    }

    /** Keys may contain characters that reverse the direction of a line, and characters of two Java chars. */
    @Test
    void shouldShowKeysThatDoNotSteerATerminalInOneColumn() {
        final String smiles = Character.toString(0x1F600).repeat(30);
        try (Engine engine = TollgateEngine.launch(context())) {
            for (final String key : List.of("turned.\u202Eb", "plain", "smile." + smiles)) {
                engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 2));
            }
        }
        final List<String> rows =
                inspected().lines().filter(line -> line.contains(" STEP ")).toList();
        assertEquals(3, rows.size());
        assertTrue(rows.get(0).startsWith("turned.\\u202eb "), rows.get(0));
        assertTrue(rows.get(2).startsWith("smile." + smiles.substring(0, 2 * 27) + "… STEP "), rows.get(2));
        for (final String row : rows) {
            assertEquals(rows.get(1).length(), row.codePointCount(0, row.length()), row);
        }
    }

    /** Opening an engine deletes the file with the clock and creates it again. */
    @Test
    void shouldReportTheTimeOrThatItIsNotKnownWhileItsFileIsMadeAgain() throws Exception {
        final Path counters = directory.resolve("counters");
        final AtomicBoolean isOver = new AtomicBoolean();
        try (Engine engine = TollgateEngine.launch(context())) {
            engine.advanceTo(1_000);
            final FutureTask<Integer> moving = new FutureTask<>(() -> {
                int moves = 0;
                while (!isOver.get()) {
                    Files.move(counters, directory.resolve("away"));
                    Files.move(directory.resolve("away"), counters);
                    moves++;
                }
                return moves;
            });
            new Thread(moving).start();
            int known = 0;
            try {
                for (int i = 0; i < RUNS; i++) {
                    known += inspected().contains("\nnow         not known\n") ? 0 : 1;
                }
            } finally {
                isOver.set(true);
            }
            assertTrue(moving.get() > 0, "nothing was made anew");
            assertTrue(known > 0 && known < RUNS, "known=" + known + " of " + RUNS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "store/header", "store/seal"})
    void shouldRefuseADirectoryThatIsDamaged(final String file) throws IOException {
        TollgateEngine.launch(context()).close();
        Files.write(directory.resolve(file), new byte[128]);
        final CommandRun run = CommandRun.of("inspect", directory);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("run recover"), run.err());
    }

    /** For example if a disk is not mounted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayThatTheStoreIsMissing(final boolean isMounted) throws IOException {
        TollgateEngine.launch(context()).close();
        final Path store = directory.resolve("store");
        IoUtil.delete(store.toFile(), false);
        if (isMounted) {
            Files.createDirectories(store.resolve("lost+found"));
        }
        final CommandRun run = CommandRun.of("inspect", directory);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(store + "/"), run.err());
        assertTrue(run.out().contains("(STEP 0, FLOW 0), as far as readable\n"), run.out());
    }

    /** A process that is killed while it rebuilds a store leaves only a part of the data. */
    @Test
    void shouldSayThatAStoreIsNotWhole() throws IOException {
        try (Engine engine = TollgateEngine.launch(context())) {
            for (int i = 0; i < 8; i++) {
                engine.defineFlow(SeriesDefinition.flow("events." + i, Unit.COUNT, 0));
            }
        }
        try (ManifestFile manifest = ManifestFile.open(new SystemFileAccess(), directory)) {
            manifest.write(manifest.current().rebuilding());
        }
        final CommandRun run = CommandRun.of("inspect", directory);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("the store has to be rebuilt from the log"), run.err());
        assertTrue(run.out().contains("state       not closed"), run.out());
        assertTrue(run.out().contains("(STEP 0, FLOW 0), as far as readable\n"), run.out());
        assertTrue(run.out().lines().skip(1).allMatch(line -> line.length() <= 80), run.out());
    }

    @Test
    void shouldRefuseWhatIsNoDataDirectory() {
        assertEquals(1, CommandRun.of("inspect", directory.resolve("missing")).exitCode());
        assertEquals(2, CommandRun.of("inspect").exitCode());
        assertEquals(2, CommandRun.of("inspect", directory, "--series", -1).exitCode());
        final CommandRun empty = CommandRun.of("inspect", directory);
        assertEquals(0, empty.exitCode());
        assertTrue(empty.out().contains("state       empty"), empty.out());
    }

    private EngineContext context() {
        return new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(directory)
                .clockMode(ClockMode.MANUAL)
                .threadingMode(ThreadingMode.STEPPED)
                .logSegmentLength(1 << 16);
    }
}
