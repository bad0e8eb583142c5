package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of two series, on the worked example x = 1, 2, 4, 3, 5, 6 and y = 0, 1, 2, 4, 3, 5 of six days. */
class ReplayPairsTest {
    private static final int[] X = {1, 2, 4, 3, 5, 6};
    private static final int[] Y = {0, 1, 2, 4, 3, 5};
    private static final String END = "2025-01-06T00:00:00Z,";

    @TempDir
    private Path directory;

    @Test
    void shouldPairEventsByDay() throws IOException {
        final CommandRun run =
                ReplayRun.of(points("x"), "FLOW", "6d", "corr:x,cov:x,beta:x,count", "--at=2025-01-06T00:00Z");
        assertEquals(
                List.of(
                        "x," + END + "6d,corr:x,1,PARTIAL",
                        "x," + END + "6d,cov:x,3.5,PARTIAL",
                        "x," + END + "6d,beta:x,1,PARTIAL",
                        "x," + END + "6d,count,6,OK",
                        "y," + END + "6d,corr:x,0.8285714285714286,PARTIAL",
                        "y," + END + "6d,cov:x,2.9,PARTIAL",
                        "y," + END + "6d,beta:x,0.8285714285714286,PARTIAL",
                        "y," + END + "6d,count,6,OK"),
                lines(run));
    }

    /** Days 1 and 2, 3 and 4, 5 and 6 give x = 3, 7, 11 and y = 1, 6, 8. */
    @Test
    void shouldPairEventsByOtherBuckets() throws IOException {
        final Path in = points("x");
        final CommandRun twoDays = ReplayRun.of(in, "FLOW", "6d", "beta:x", "--bucket=2d", "--at=2025-01-06T00:00Z");
        assertEquals("y," + END + "6d,beta:x,0.875,PARTIAL", lines(twoDays).get(1));
        final CommandRun months =
                ReplayRun.of(in, "FLOW", "year:UTC", "cov:x", "--bucket=month:UTC", "--at=2025-03-01T00:00Z");
        assertEquals(
                "y,2025-03-01T00:00:00Z,year:UTC,cov:x,157.5,OK", lines(months).get(1), "21 and 15, 0 and 0");
    }

    @Test
    void shouldPairLevelsAtEveryInstant() throws IOException {
        final CommandRun run = ReplayRun.of(points("x"), "STEP", "6d,last:1", "cov:x", "--at=2025-01-07T00:00Z");
        assertEquals(
                List.of(
                        "x,2025-01-07T00:00:00Z,6d,cov:x,2.9166666666666665,OK",
                        "x,2025-01-07T00:00:00Z,last:1,cov:x,0,OK",
                        "y,2025-01-07T00:00:00Z,6d,cov:x,2.4166666666666665,OK",
                        "y,2025-01-07T00:00:00Z,last:1,cov:x,0,OK"),
                lines(run));
    }

    @Test
    void shouldSayEmptyUntilTheOtherSeriesAppears() throws IOException {
        final CommandRun run = ReplayRun.of(points("x"), "FLOW", "6d", "corr:y,corr:z");
        assertEquals("x,2025-01-01T00:00:00Z,6d,corr:y,,EMPTY", lines(run).get(0));
        assertEquals("x,2025-01-02T00:00:00Z,6d,corr:y,,UNDEFINED", lines(run).get(4));
        assertEquals(
                "x," + END + "6d,corr:y,0.13093073414159542,PARTIAL",
                lines(run).get(20),
                "12 / sqrt(105 x 80): y of day 6 is to come");
        assertEquals("y," + END + "6d,corr:z,,EMPTY", lines(run).get(23));
    }

    @Test
    void shouldTakeAKeyWithACommaInQuotes() throws IOException {
        final CommandRun run = ReplayRun.of(
                points("\"a, \"\"b\"\": c\""),
                "FLOW",
                "6d",
                "count,corr:\"a, \"\"b\"\": c\",sum",
                "--at=2025-01-06T00:00Z");
        assertEquals(
                List.of(
                        "y," + END + "6d,count,6,OK",
                        "y," + END + "6d,\"corr:\"\"a, \"\"\"\"b\"\"\"\": c\"\"\",0.8285714285714286,PARTIAL",
                        "y," + END + "6d,sum,15,PARTIAL"),
                lines(run).subList(3, 6));
    }

    /** The second of two backslashes does not escape the next character. */
    @Test
    void shouldTakeAKeyThatEndsWithBackslashesInQuotes() throws IOException {
        final CommandRun run =
                ReplayRun.of(points("\"a,\\\\\""), "FLOW", "6d", "corr:\"a,\\\\\",count", "--at=2025-01-06T00:00Z");
        assertEquals(
                List.of(
                        "y," + END + "6d,\"corr:\"\"a,\\\\\"\"\",0.8285714285714286,PARTIAL",
                        "y," + END + "6d,count,6,OK"),
                lines(run).subList(2, 4));
    }

    @Test
    void shouldSeeASeriesThatTheDataDirectoryHolds() throws IOException {
        final Path data = directory.resolve("data");
        assertEquals(
                0,
                ReplayRun.of(points("x"), "FLOW", "6d", "count", "--dir", data).exitCode());
        final Path other = Files.writeString(
                directory.resolve("other.csv"), "series,time,value\nz,2025-01-03T00:00Z,1\nz,2025-01-06T00:00Z,3\n");
        final CommandRun run = ReplayRun.of(other, "FLOW", "4d", "cov:x", "--dir", data);
        // Days 3 to 6: 4, 3, 5, 6 against 1, 0, 0, 3.
        assertEquals(
                "z," + END + "4d,cov:x,1.3333333333333333,PARTIAL", lines(run).get(1));
        final Path levels =
                Files.writeString(directory.resolve("levels.csv"), "series,time,value\nlevel,2025-01-06T00:00Z,1\n");
        assertEquals(
                "level," + END + "last:1,cov:x,,EMPTY",
                lines(ReplayRun.of(levels, "STEP", "last:1", "cov:x", "--dir", data))
                        .get(0),
                "x is of another kind");
    }

    private static List<String> lines(final CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.outLines().size() > 1, run.out());
        return run.outLines().stream().skip(1).toList();
    }

    /** Writes one point a day of each series: x under the given name, as in a file, and y. */
    private Path points(final String x) throws IOException {
        final Stream<String> lines = Stream.iterate(0, i -> i < X.length, i -> i + 1)
                .map(i -> x + ",2025-01-0" + (i + 1) + "T00:00Z," + X[i] + "\ny,2025-01-0" + (i + 1) + "T00:00Z," + Y[i]
                        + '\n');
        return Files.writeString(directory.resolve("points.csv"), lines.reduce("series,time,value\n", String::concat));
    }
}
