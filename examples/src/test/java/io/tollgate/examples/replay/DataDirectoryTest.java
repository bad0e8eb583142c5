package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDirectoryTest {
    private static final String FIRST = "series,time,value\na,2025-01-01T00:00Z,1\nb,2025-01-02T00:00Z,2\n";
    private static final String SECOND = "series,time,value\na,2025-01-03T00:00Z,3\nc,2025-01-04T00:00Z,4\n";

    @TempDir
    private Path directory;

    @Test
    void shouldAddToWhatTheDataDirectoryHolds() throws IOException {
        final Path data = directory.resolve("data");
        assertEquals(
                0,
                ReplayRun.of(write(FIRST), "STEP", "7d", "count", "--dir", data).exitCode());
        final CommandRun run = ReplayRun.of(
                write(SECOND), "STEP", "30d,7d", "count,mean,first", "--dir", data, "--at", "2025-01-05T00:00Z");

        assertEquals("", run.err());
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-01-05T00:00:00Z,30d,count,2,OK
                a,2025-01-05T00:00:00Z,30d,mean,2,PARTIAL
                a,2025-01-05T00:00:00Z,30d,first,1,PARTIAL
                a,2025-01-05T00:00:00Z,7d,count,2,OK
                a,2025-01-05T00:00:00Z,7d,mean,2,PARTIAL
                a,2025-01-05T00:00:00Z,7d,first,1,PARTIAL
                c,2025-01-05T00:00:00Z,30d,count,1,OK
                c,2025-01-05T00:00:00Z,30d,mean,4,PARTIAL
                c,2025-01-05T00:00:00Z,30d,first,4,PARTIAL
                c,2025-01-05T00:00:00Z,7d,count,1,OK
                c,2025-01-05T00:00:00Z,7d,mean,4,PARTIAL
                c,2025-01-05T00:00:00Z,7d,first,4,PARTIAL
                """, run.out());
    }

    private CommandRun addTo(final Path data, final String points, final Object... more) throws IOException {
        final List<Object> options = new ArrayList<>(List.of("--dir", data, "--durability", "COMMIT"));
        options.addAll(List.of(more));
        return ReplayRun.of(write(points), "STEP", "7d,last:2", "count,mean,corr:b,beta:a", options.toArray());
    }

    @Test
    void shouldBeginTheGridAtTheFirstPointOrWithdrawalOfTheInput() throws IOException {
        final Path data = directory.resolve("data");
        assertEquals(0, ReplayRun.lastOfStep(write(FIRST), "--dir", data).exitCode());
        final CommandRun run = ReplayRun.lastOfStep(
                write("series,time,value\na,2025-01-03T00:00Z,3\nb,2025-01-02T00:00Z,WITHDRAW\n"),
                "--dir",
                data,
                "--every=1d");
        assertEquals("", run.err());
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-01-03T00:00:00Z,1d,last,3,OK
                b,2025-01-02T00:00:00Z,1d,last,,EMPTY
                b,2025-01-03T00:00:00Z,1d,last,,EMPTY
                """, run.out());
    }

    @Test
    void shouldRefuseThePointsOfASeriesThatIsDefinedOtherwise() throws IOException {
        final Path data = directory.resolve("data");
        assertEquals(
                0,
                ReplayRun.of(write(FIRST), "STEP", "7d", "count", "--dir", data).exitCode());
        final CommandRun kind = ReplayRun.of(write(SECOND), "FLOW", "7d", "count", "--dir", data);
        assertEquals(1, kind.exitCode());
        assertTrue(
                kind.err()
                        .contains(":2: series=a kind=FLOW scale=6 duplicates=ALL, expected kind=STEP scale=6"
                                + " duplicates=REVISE as in the data directory"),
                kind.err());
        assertTrue(kind.out().contains("c,2025-01-04T00:00:00Z,7d,count,1,OK"), kind.out());
        final CommandRun scale =
                ReplayRun.of(write(FIRST), "STEP", "7d", "count", "--dir", data, "--scale", 2, "--max-rejects", 2);
        assertEquals(0, scale.exitCode());
        assertEquals(3, scale.errLines().size(), scale.err());
        assertTrue(scale.errLines().get(2).endsWith(": refusedLines=2 OTHER_DEFINITION=2"), scale.err());
        final CommandRun policy =
                ReplayRun.of(write(FIRST), "STEP", "7d", "count", "--dir", data, "--duplicates", "REJECT");
        assertEquals(1, policy.exitCode());
        assertTrue(policy.err().contains("duplicates=REJECT, expected"), policy.err());
    }

    /** Registered windows only save time. A series with the maximum number of windows is read without further ones. */
    @Test
    void shouldAnswerWhereNoMoreWindowsCanBeRegistered() throws IOException {
        final Path data = directory.resolve("data");
        final Window[] windows = IntStream.rangeClosed(1, SeriesDefinition.MAX_WINDOWS)
                .mapToObj(Window::slidingNs)
                .toArray(Window[]::new);
        try (Engine engine = TollgateEngine.launch(
                new EngineContext().directory(data).clockMode(ClockMode.EVENT).threadingMode(ThreadingMode.STEPPED))) {
            engine.series().register(WindowRegistration.of("*").withWindows(windows));
        }
        final CommandRun run = ReplayRun.of(write(FIRST), "STEP", "7d", "count", "--dir", data);
        assertEquals(ReplayRun.of(write(FIRST), "STEP", "7d", "count"), run);
        assertEquals(0, run.exitCode());
    }

    /**
     * A process killed while it writes the manifest leaves this file. An engine starts a new directory then, and so
     * does replay.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191})
    void shouldBeginWithADirectoryWhoseManifestWasOnlyBegun(final int length) throws IOException {
        final Path made = directory.resolve("made");
        final CommandRun run = ReplayRun.lastOfStep(write(FIRST), "--dir", made);
        assertEquals(0, run.exitCode(), run.err());
        final byte[] manifest = Files.readAllBytes(made.resolve("manifest"));
        final Path begun = Files.createDirectory(directory.resolve("begun"));
        Files.write(begun.resolve("manifest.new"), Arrays.copyOf(manifest, length));
        assertEquals(run, ReplayRun.lastOfStep(write(FIRST), "--dir", begun));
        assertEquals(0, CommandRun.of("verify", begun).exitCode());
    }

    @Test
    void shouldMakeNoSeriesOfWhatIsWithdrawnAndWasNeverThere() throws IOException {
        final Path data = directory.resolve("data");
        final CommandRun run = ReplayRun.lastOfStep(write(FIRST + "typo,2025-01-01T00:00Z,WITHDRAW\n"), "--dir", data);
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err()
                        .contains(
                                ":4: series=typo NO_SUCH_POINT time=2025-01-01T00:00:00Z, expected an existing point"),
                run.err());
        final String held = CommandRun.of("inspect", data).out();
        assertTrue(held.contains("series      2 (STEP 2, FLOW 0)"), held);
    }

    @Test
    void shouldSayWhyADataDirectoryCannotBeOpened() throws IOException {
        final Path file = write(FIRST);
        final CommandRun run = ReplayRun.lastOfStep(file, "--dir", file);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("points.csv: is a file, expected a directory or an unused name"), run.err());
    }

    /** The command reads the directory before the engine does. */
    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldNotWaitForAPipe() throws Exception {
        final Path data = Files.createDirectory(directory.resolve("data"));
        final Path manifest = data.resolve("manifest");
        assertEquals(
                0, new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor());
        final CommandRun run = ReplayRun.lastOfStep(write(FIRST), "--dir", data);
        final String refusal = "file=" + manifest
                + ": found neither a file nor a directory, expected a file or a directory; remove it\n";
        assertEquals(new CommandRun(1, "", refusal), run);
    }

    @Test
    void shouldKeepEarlierOutputWhereADataDirectoryCannotBeOpened() throws IOException {
        final Path file = write(FIRST);
        final Path out = Files.writeString(directory.resolve("out.csv"), "metrics");
        final Path rejects = Files.writeString(directory.resolve("rejects.csv"), "lines");
        assertEquals(
                1,
                ReplayRun.lastOfStep(file, "--dir", file, "--out", out, "--rejects", rejects)
                        .exitCode());
        assertEquals("metrics", Files.readString(out));
        assertEquals("lines", Files.readString(rejects));
    }

    @Test
    void shouldKeepEarlierMetricsWhereTheRejectsCannotBeMade() throws IOException {
        final Path out = Files.writeString(directory.resolve("out.csv"), "metrics");
        final Path rejects = directory.resolve("missing/rejects.csv");
        final CommandRun run = ReplayRun.lastOfStep(write(FIRST), "--out", out, "--rejects", rejects);
        assertEquals(1, run.exitCode());
        assertEquals(List.of(rejects + ": no such file or directory"), run.errLines());
        assertEquals("metrics", Files.readString(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--out", "--rejects"})
    void shouldNotWriteOverItsDataDirectory(final String option) throws IOException {
        final Path data = directory.resolve("data");
        final Path file = write(FIRST);
        final Path other = data.resolve("x").resolve("..").resolve("manifest");
        assertRefused(ReplayRun.lastOfStep(file, "--dir", data, option, data.resolve("counters")), option, data);
        assertFalse(Files.exists(data));
        assertEquals(0, ReplayRun.lastOfStep(file, "--dir", data).exitCode());
        final byte[] manifest = Files.readAllBytes(data.resolve("manifest"));
        final Path link = Files.createSymbolicLink(directory.resolve("link"), data);
        for (final Path written : List.of(data, other, link.resolve("manifest"), link.resolve("store/x"))) {
            assertRefused(ReplayRun.lastOfStep(file, "--dir", data, option, written), option, data);
        }
        assertRefused(ReplayRun.lastOfStep(file, "--dir", link, option, other), option, link);
        assertArrayEquals(manifest, Files.readAllBytes(data.resolve("manifest")));
        for (final Path written : List.of(directory.resolve("data.csv"), data.resolve("out.csv"))) {
            assertEquals(
                    0,
                    ReplayRun.lastOfStep(file, "--dir", data, option, written).exitCode());
        }
    }

    private static void assertRefused(final CommandRun run, final String option, final Path data) {
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).startsWith(option + "="), run.err());
        assertTrue(
                run.errLines()
                        .get(0)
                        .endsWith(" belongs to the data directory --dir=" + data + ", expected a place outside"),
                run.err());
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }
}
