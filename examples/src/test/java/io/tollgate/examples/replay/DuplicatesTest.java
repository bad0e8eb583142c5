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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Second points at an instant, and withdrawn points. */
final class DuplicatesTest {
    private static final String TWICE = """
            series,time,value
            a,2025-01-01T00:00Z,10
            a,2025-01-01T00:00Z,20
            a,2025-01-02T00:00Z,5
            a,2025-01-01T00:00Z,40
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "FLOW, ALL, 4, 75, 0, 0",
        "FLOW, REVISE, 2, 45, 0, 0",
        "FLOW, KEEP_FIRST, 2, 15, 0, 0",
        "FLOW, REJECT, 2, 15, 1, 2",
        "FLOW, SUM, 2, 75, 0, 0",
        "STEP, REVISE, 2, 40, 0, 0",
        "STEP, KEEP_FIRST, 2, 10, 0, 0",
        "STEP, REJECT, 2, 10, 1, 2",
    })
    void shouldTakeSecondPointsAsAskedFor(
            final String kind,
            final String policy,
            final int count,
            final String sum,
            final int exitCode,
            final int refused)
            throws IOException {
        final CommandRun run = ReplayRun.of(
                write(TWICE), kind, "7d", "count,sum", "--at", "2025-01-02T00:00Z", "--duplicates", policy);
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals(
                refused,
                run.errLines().stream()
                        .filter(line -> line.contains(" DUPLICATE time="))
                        .count(),
                run.err());
        assertTrue(run.out().contains(",7d,count," + count + ",OK\n"), run.out());
        assertTrue(run.out().contains(",7d,sum," + sum + ",PARTIAL\n"), run.out());
    }

    @ParameterizedTest
    @CsvSource({"FLOW, ALL", "STEP, REVISE"})
    void shouldTakeThePolicyOfTheKindWhereNoneIsGiven(final String kind, final String policy) throws IOException {
        final CommandRun plain = ReplayRun.of(write(TWICE), kind, "7d", "count,sum");
        final CommandRun asked = ReplayRun.of(write(TWICE), kind, "7d", "count,sum", "--duplicates", policy);
        assertEquals(asked, plain);
    }

    @Test
    void shouldWriteTheMetricsAfterAWithdrawalToo() throws IOException {
        final Path in = write("""
                series,time,value,known_at
                rate,2025-04-01T00:00Z,10,2025-03-01T00:00Z
                rate,2025-04-05T00:00Z,34,2025-04-06T00:00Z
                rate,2025-04-05T00:00Z, WITHDRAW ,2025-04-07T00:00Z
                rate,2025-04-05T00:00Z,NA,2025-04-08T00:00Z
                rate,2025-04-05T00:00Z,WITHDRAW,2025-04-08T00:00Z
                rate,2025-04-01T00:00Z,WITHDRAW,2025-04-09T00:00Z
                """);
        final CommandRun run = ReplayRun.of(in, "STEP", "30d", "count,last");
        assertEquals("", run.err());
        assertEquals("""
                series,time,window,metric,value,status
                rate,2025-03-01T00:00:00Z,30d,count,0,OK
                rate,2025-03-01T00:00:00Z,30d,last,,EMPTY
                rate,2025-04-06T00:00:00Z,30d,count,2,OK
                rate,2025-04-06T00:00:00Z,30d,last,34,PARTIAL
                rate,2025-04-07T00:00:00Z,30d,count,1,OK
                rate,2025-04-07T00:00:00Z,30d,last,10,PARTIAL
                rate,2025-04-08T00:00:00Z,30d,count,2,OK
                rate,2025-04-08T00:00:00Z,30d,last,10,PARTIAL
                rate,2025-04-08T00:00:00Z,30d,count,1,OK
                rate,2025-04-08T00:00:00Z,30d,last,10,PARTIAL
                rate,2025-04-09T00:00:00Z,30d,count,0,OK
                rate,2025-04-09T00:00:00Z,30d,last,,EMPTY
                """, run.out());
    }

    @Test
    void shouldWithdrawTheEventOfTheReference() throws IOException {
        final Path in = write("""
                series,time,value,ref
                a,2025-01-01T00:00Z,10,1
                a,2025-01-01T00:00Z,20,2
                a,2025-01-01T00:00Z,WITHDRAW,
                a,2025-01-01T00:00Z,WITHDRAW,1
                a,2025-01-01T00:00Z,WITHDRAW,1
                b,2025-01-01T00:00Z,WITHDRAW,1
                a,2025-01-01T00:00Z,5,1
                """);
        final Path rejects = directory.resolve("rejects.csv");
        final CommandRun run = ReplayRun.of(
                in, "FLOW", "7d", "sum", "--at", "2025-01-01T00:00Z", "--rejects", rejects, "--max-rejects", 3);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-01-01T00:00:00Z,7d,sum,25,PARTIAL
                """, run.out());
        final String expected = ", expected an existing point to withdraw; if several share the instant, give its ref";
        assertEquals(
                List.of(
                        in + ":4: series=a NO_SUCH_POINT time=2025-01-01T00:00:00Z" + expected,
                        in + ":6: series=a NO_SUCH_POINT time=2025-01-01T00:00:00Z ref=1" + expected,
                        in + ":7: series=b NO_SUCH_POINT time=2025-01-01T00:00:00Z ref=1" + expected,
                        in + ": refusedLines=3 NO_SUCH_POINT=3"),
                run.errLines());
        assertTrue(Files.readString(rejects).contains("\"b,2025-01-01T00:00Z,WITHDRAW,1\""));
    }

    @Test
    void shouldRefuseASumBeyondALong() throws IOException {
        final Path in = write("""
                series,time,value
                a,2025-01-01T00:00Z,9223372036854775807
                a,2025-01-01T00:00Z,1
                a,2025-01-01T00:00Z,-7
                """);
        final CommandRun run = ReplayRun.of(
                in, "FLOW", "7d", "count", "--at", "2025-01-01T00:00Z", "--scale", 0, "--duplicates", "SUM");
        assertEquals(1, run.exitCode());
        assertTrue(run.errLines().get(0).startsWith(in + ":3: series=a OVERFLOW time=2025-01-01T00:00:00Z, expected"));
        assertTrue(run.out().contains(",count,1,"), run.out());
    }

    @Test
    void shouldWithdrawWhatTheDataDirectoryHolds() throws IOException {
        final Path data = directory.resolve("data");
        ReplayRun.of(write(TWICE), "STEP", "7d", "last", "--dir", data);
        final CommandRun run = ReplayRun.of(
                write("series,time,value\na,2025-01-02T00:00Z,WITHDRAW\n"), "STEP", "7d", "last", "--dir", data);
        assertEquals("", run.err());
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-01-02T00:00:00Z,7d,last,40,PARTIAL
                """, run.out());
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }
}
