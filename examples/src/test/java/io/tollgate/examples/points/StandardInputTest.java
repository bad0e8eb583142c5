package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardInputTest {
    private static final String POINTS = "series,time,value\na,2025-01-01T00:00Z,5\na,2025-01-02T00:00Z,x\n";

    @TempDir
    private Path directory;

    private final InputStream standardInput = System.in;

    @AfterEach
    void restoreStandardInput() {
        System.setIn(standardInput);
    }

    @Test
    void shouldReadThePointsOfReplayFromStandardInputAndWriteToStandardOutput() {
        final CommandRun run = replay("--in", "-", "--out", "-");
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-01-01T00:00:00Z,1d,last,5,PARTIAL
                """, run.out());
        assertEquals(1, run.exitCode());
        assertTrue(run.errLines().get(0).startsWith("<stdin>:3: series=a value=x"), run.err());
        assertTrue(run.errLines().get(1).startsWith("<stdin>: refusedLines=1"), run.err());
    }

    @Test
    void shouldLookForTheColumnKnownAtInStandardInput() {
        final CommandRun run = replay("--in", "-", "--as-known-at", "2025-01-01T00:00Z");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("--as-known-at with <stdin>, expected a file with the column"), run.err());
    }

    @Test
    void shouldReadOneFileOfAPanelFromStandardInputButNotBoth() throws IOException {
        final Path weights =
                Files.writeString(directory.resolve("weights.csv"), "series,time,value\na,2025-01-01T00:00Z,100\n");
        final CommandRun run = panel(weights.toString());
        assertEquals(1, run.exitCode());
        assertEquals("""
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,weighted,5,100,OK
                """, run.out());
        final CommandRun both = panel("-");
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("expected at most one of them"), both.err());
    }

    /** The reader ends early, as {@code head} does. */
    @Test
    void shouldReadNoFurtherWhenNobodyReadsTheOutput() throws IOException {
        final InputStream points = new ByteArrayInputStream(
                ("series,time,value\n" + "a,2025-01-01T00:00Z,5\n".repeat(200_000)).getBytes(StandardCharsets.UTF_8));
        System.setIn(points);
        final CommandRun run =
                CommandRun.unread("replay", "--in", "-", "--kind", "STEP", "--windows", "1d", "--metrics", "last");
        assertEquals(new CommandRun(141, "", ""), run);
        final int left = points.available();
        assertTrue(left > 3_000_000, () -> left + " bytes left");
    }

    private static CommandRun replay(final String... more) {
        return run(Stream.concat(
                Stream.of("replay", "--kind", "STEP", "--windows", "1d", "--metrics", "last"), Arrays.stream(more)));
    }

    private static CommandRun panel(final String weights) {
        return run(Stream.of(
                "panel", "--rates", "-", "--weights", weights, "--at", "2025-01-01T00:00Z", "--metrics", "weighted"));
    }

    private static CommandRun run(final Stream<String> arguments) {
        System.setIn(new ByteArrayInputStream(POINTS.getBytes(StandardCharsets.UTF_8)));
        return CommandRun.of(arguments.toArray());
    }
}
