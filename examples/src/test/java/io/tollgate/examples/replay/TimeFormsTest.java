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

/** Times have the same form in files and in options. */
final class TimeFormsTest {
    private static final String[] NEW_YORK = {"--zone=America/New_York", "--time-of-day=00:01"};

    @TempDir
    private Path directory;

    @Test
    void shouldReadDatesInOptionsAsInTheInput() throws IOException {
        final Path in = write("""
                series,time,value,known_at
                a,2025-04-09,104,2025-04-08
                a,20250410,145,20250409
                a,2025-05-14,30,2025-05-12
                """);
        final CommandRun run = ReplayRun.of(
                in,
                "STEP",
                "since:2025-04-09,since:20250410",
                "first",
                "--at=2025-04-11,20250514",
                NEW_YORK[0],
                NEW_YORK[1]);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                List.of(
                        "a,2025-04-11T04:01:00Z,since:2025-04-09,first,104,OK",
                        "a,2025-04-11T04:01:00Z,since:20250410,first,145,OK",
                        "a,2025-05-14T04:01:00Z,since:2025-04-09,first,104,OK",
                        "a,2025-05-14T04:01:00Z,since:20250410,first,145,OK"),
                run.outLines().subList(1, 5));
        assertEquals(
                "a,2025-05-14T04:01:00Z,1d,last,145,OK",
                ReplayRun.of(
                                in,
                                "STEP",
                                "1d",
                                "last",
                                "--at=2025-05-14",
                                "--as-known-at=20250511",
                                NEW_YORK[0],
                                NEW_YORK[1])
                        .outLines()
                        .get(1));
    }

    @ParameterizedTest
    @CsvSource({"s, ''", "ms, 000", "us, 000000", "ns, 000000000"})
    void shouldReadIntegersOfAUnitInTheInputAndInOptions(final String unit, final String zeros) throws IOException {
        final Path in = write("series,time,value,known_at\n"
                + "a,1744257660" + zeros + ",145,1744171260" + zeros + "\n"
                + "a,1747195260" + zeros + ",30,1747008060" + zeros + "\n");
        assertEquals(
                List.of(
                        "a,2025-05-14T04:01:00Z,since:1744257660" + zeros + ",last,145,OK",
                        "a,2025-05-14T04:01:00Z,since:1744257660" + zeros + ",last,145,OK"),
                ReplayRun.of(
                                in,
                                "STEP",
                                "since:1744257660" + zeros,
                                "last",
                                "--time-unit=" + unit,
                                "--at=1747195260" + zeros + ",2025-05-14T00:01-04:00",
                                "--as-known-at=1747008059" + zeros)
                        .outLines()
                        .subList(1, 3));
    }

    /** The same column with a finer unit gives times in January 1970. */
    @ParameterizedTest
    @CsvSource({
        "ns, 1747195261, 1970-01-01T00:00:01.747195261Z",
        "ns, 1747195261000, 1970-01-01T00:29:07.195261Z",
        "ns, 1747195261000000, 1970-01-21T05:19:55.261Z",
        "us, 1747195261, 1970-01-01T00:29:07.195261Z",
        "ms, 1747195261, 1970-01-21T05:19:55.261Z"
    })
    void shouldRefuseTimesThatAreTakenForAFinerUnit(final String unit, final String time, final String became)
            throws IOException {
        final Path in = write("series,time,value\na," + time + ",1\n");
        final CommandRun run = ReplayRun.lastOfStep(in, "--time-unit", unit);
        assertEquals(1, run.exitCode());
        assertTrue(run.errLines().get(0).startsWith(in + ":2: time="), run.err());
        assertTrue(
                run.errLines().get(0).contains(" ns is " + became + ", probably seconds, milliseconds or microseconds"),
                run.err());
    }

    @Test
    void shouldTakeWholeMinutesOfJanuary1970() throws IOException {
        final Path in = write("series,time,value\na,1970-01-01T00:00Z,1\na,1970-01-31T23:59Z,2\n");
        final CommandRun run = ReplayRun.lastOfStep(in);
        assertEquals(new CommandRun(0, run.out(), ""), run);
        assertEquals("a,1970-01-31T23:59:00Z,1d,last,2,OK", run.outLines().get(2));
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }
}
