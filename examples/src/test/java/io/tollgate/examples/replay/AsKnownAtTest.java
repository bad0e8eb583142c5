package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import io.tollgate.examples.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With --as-known-at the answers equal those given at that time. */
final class AsKnownAtTest {
    private static final String HEADER = "series,time,value,known_at,ref\n";

    @TempDir
    private Path directory;

    @Test
    void shouldAnswerAsBelievedBeforeTheTruceWasExtended() throws IOException {
        final Path in = write(HEADER + """
                rate,2025-05-14T04:01Z,30,2025-05-12T07:00Z,
                rate,2025-08-12T04:01Z,54,2025-05-12T07:00Z,
                rate,2025-08-12T04:01Z,WITHDRAW,2025-08-11T20:00Z,
                rate,2025-11-10T05:01Z,54,2025-08-11T20:00Z,
                """);
        final String[] at = {"--at", "2025-09-01T00:00Z,2025-12-01T00:00Z"};
        assertEquals(
                "rate,2025-09-01T00:00:00Z,1d,last,30,OK\nrate,2025-12-01T00:00:00Z,1d,last,54,OK\n",
                rows(ReplayRun.of(in, "STEP", "1d", "last", (Object[]) at)));
        assertEquals(
                "rate,2025-09-01T00:00:00Z,1d,last,54,OK\nrate,2025-12-01T00:00:00Z,1d,last,54,OK\n",
                rows(ReplayRun.of(in, "STEP", "1d", "last", at[0], at[1], "--as-known-at", "2025-08-11T19:59Z")));
        assertEquals(
                "rate,2025-09-01T00:00:00Z,1d,last,,EMPTY\nrate,2025-12-01T00:00:00Z,1d,last,,EMPTY\n",
                rows(ReplayRun.of(in, "STEP", "1d", "last", at[0], at[1], "--as-known-at", "1970-01-01T00:00Z")));
    }

    @Test
    void shouldReadEachLineAndEachInstantOfAGridAsKnown() throws IOException {
        final Path in = write("""
                series,time,value,known_at
                a,60,1,60
                a,120,2,120
                a,60,7,180
                """);
        final String known = "1970-01-01T00:02:30Z";
        assertEquals("1,1,1", firsts(in, "--every", "1m", "--as-known-at", "60"));
        assertEquals("1,1,2", firsts(in, "--every", "1m", "--as-known-at", known));
        assertEquals("7,7,2", firsts(in, "--every", "1m"));
        assertEquals("1,1,2", firsts(in, "--as-known-at", known));
        assertEquals("1,1,2", firsts(in));
    }

    /** The known points are those of a file that ends there. */
    @ParameterizedTest
    @CsvSource({"STEP, REVISE", "STEP, REJECT", "FLOW, ALL", "FLOW, SUM", "FLOW, KEEP_FIRST"})
    void shouldAnswerAsFromAFileThatEndsThere(final String kind, final String duplicates) throws IOException {
        final long seed = TestSeed.of("file that ends there");
        final Random random = new Random(seed);
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            final int time = i < 100 ? i : random.nextInt(120);
            final String value = random.nextInt(8) == 0 ? "WITHDRAW" : String.valueOf(random.nextInt(50));
            lines.add("s" + i % 3 + "," + 60 * time + "," + value + "," + (6_000 + i / 2) + "," + random.nextInt(2));
        }
        final Path all = write(HEADER + String.join("\n", lines) + "\n");
        for (final int count : new int[] {2, 50, 122, 200, 299}) {
            // Two lines became known at the same time.
            final Path known = Files.writeString(
                    directory.resolve("known.csv"), HEADER + String.join("\n", lines.subList(0, count / 2 * 2)) + "\n");
            final Object[] options = {
                "--at",
                "0,60,3300,5970,6000,7800",
                "--time-unit",
                "s",
                "--duplicates",
                duplicates,
                "--max-rejects",
                "300"
            };
            final List<Object> past = new ArrayList<>(List.of(options));
            past.addAll(List.of("--as-known-at", 6_000 + count / 2 - 1));
            final String metrics = "count,sum,mean,sd,min,max,first,last,delta,changes,median,slope,coverage,corr:s0";
            final String windows = "10m,70m,since:300";
            final String expected = rows(ReplayRun.of(known, kind, windows, metrics, options));
            final String actual = rows(ReplayRun.of(all, kind, windows, metrics, past.toArray()));
            assertTrue(actual.startsWith(expected), () -> "seed=" + seed + " count=" + count);
            assertEquals(count == 2, actual.length() > expected.length(), "the third series was not known yet");
        }
    }

    @Test
    void shouldLeaveTheOutputAloneWithoutTheColumn() throws IOException {
        final Path in = write("series,time,value\na,2025-01-01T00:00Z,1\n");
        final Path out = directory.resolve("metrics.csv");
        final CommandRun run =
                ReplayRun.of(in, "STEP", "1d", "last", "--as-known-at", "2025-01-01T00:00Z", "--out", out);
        assertEquals(2, run.exitCode());
        assertTrue(
                run.err().contains("--as-known-at with " + in + ", expected a file with the column known_at"),
                run.err());
        assertFalse(Files.exists(out));
    }

    /** The first values of a minute, from a file whose times are seconds. */
    private static String firsts(final Path in, final Object... more) {
        final List<Object> options = new ArrayList<>(List.of("--time-unit", "s"));
        options.addAll(List.of(more));
        final CommandRun run = ReplayRun.of(in, "STEP", "1m", "first", options.toArray());
        return String.join(
                ",", rows(run).lines().map(line -> line.split(",", -1)[4]).toList());
    }

    private static String rows(final CommandRun run) {
        final String header = "series,time,window,metric,value,status\n";
        assertTrue(run.out().startsWith(header), run.err());
        return run.out().substring(header.length());
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }
}
