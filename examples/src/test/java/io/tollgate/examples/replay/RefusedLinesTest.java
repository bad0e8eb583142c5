package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages on standard error about refused lines, and about lines without effect. */
final class RefusedLinesTest {
    private static final String HEADER = "series,time,value\n";

    @TempDir
    private Path directory;

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }

    @Test
    void shouldListAHundredRefusedLinesAndCountTheRest() throws IOException {
        final Path in = write(HEADER + "a,2025-01-01T00:00Z,x\n".repeat(250) + "a,2025-01-01T00:00Z,1\n");
        final Path rejects = directory.resolve("rejects.csv");
        final CommandRun run = ReplayRun.lastOfStep(in, "--rejects", rejects);
        assertEquals(1, run.exitCode());
        assertEquals(102, run.errLines().size());
        assertTrue(run.errLines().get(99).startsWith(in + ":101: series=a value=x "), run.err());
        assertEquals(
                List.of(
                        "more than 100 lines are refused; the others are counted but not listed",
                        in + ": refusedLines=250 UNREADABLE=250, expected at most 0 (--max-rejects)"),
                run.errLines().subList(100, 102));
        assertEquals(251, Files.readAllLines(rejects).size());
    }

    @Test
    void shouldListAHundredRefusedLinesWithoutANoteOfMore() throws IOException {
        final Path in = write(HEADER + "a,2025-01-01T00:00Z,x\n".repeat(100));
        final CommandRun run = ReplayRun.lastOfStep(in);
        assertEquals(101, run.errLines().size());
        assertTrue(run.errLines().get(100).contains(": refusedLines=100 UNREADABLE=100,"), run.err());
    }

    @Test
    void shouldSayAtTheEndWhatWasRefusedByReason() throws IOException {
        final Path in = write(HEADER + """
                a,2025-01-01T00:00Z,1
                a,2025-01-01T00:00Z,1
                a,2025-01-01T00:00Z,2
                a,2025-01-02T00:00Z,WITHDRAW
                b,2025-01-02T00:00Z,WITHDRAW
                a,2025-01-02T00:00Z,one
                """);
        final CommandRun run = ReplayRun.lastOfStep(in, "--duplicates", "REJECT", "--max-rejects", 5);
        assertEquals(0, run.exitCode());
        assertEquals(6, run.errLines().size(), run.err());
        assertEquals(
                in + ": refusedLines=5 DUPLICATE=2 NO_SUCH_POINT=2 UNREADABLE=1",
                run.errLines().get(5));
    }

    /** Without and with a data directory. The store must not grow by a version or a byte. */
    @Test
    void shouldChangeNothingWhenAFileIsLoadedTwice() throws IOException {
        final Path in = write(HEADER + """
                a,2025-01-01T00:00Z,20
                a,2025-01-03T00:00Z,NA
                a,2025-01-02T00:00Z,30
                b,2025-01-02T00:00Z,5
                """);
        final Path data = directory.resolve("data");
        final Object[] options = {"--dir", data, "--at", "2025-01-01T12:00Z,2025-01-04T00:00Z"};
        final CommandRun first = ReplayRun.of(in, "STEP", "7d", "count,mean,changes,coverage", options);
        final List<String> store = inspected(data, "store");
        final CommandRun second = ReplayRun.of(in, "STEP", "7d", "count,mean,changes,coverage", options);
        assertEquals("", first.err());
        assertEquals(0, second.exitCode());
        assertEquals(first.out(), second.out());
        assertEquals(List.of(in + ": unchangedLines=4, which repeat known values"), second.errLines());
        assertEquals(List.of("history 0 versions revised or withdrawn"), inspected(data, "history"));
        assertEquals(List.of("points 4, of these pending 0"), inspected(data, "points"));
        assertEquals(store, inspected(data, "store"));
        assertEquals(List.of("unchanged 4"), inspected(data, "unchanged"));
    }

    /** The lines of {@code inspect} that begin with a word, with single spaces. */
    private static List<String> inspected(final Path data, final String word) {
        return CommandRun.of("inspect", data).outLines().stream()
                .map(line -> line.strip().replaceAll(" +", " "))
                .filter(line -> line.startsWith(word + ' '))
                .toList();
    }
}
