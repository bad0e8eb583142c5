package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.data.text.CsvRowReader;
import io.tollgate.examples.CommandRun;
import io.tollgate.examples.csv.CsvLine;
import io.tollgate.examples.csv.RowLines;
import io.tollgate.examples.points.Rejects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DirtyInputTest {
    private static final String HEADER = "series,time,value\n";
    private static final String GOOD = "good,2025-01-01T00:00Z,1\n";
    private static final String GOOD_ROW = "good,2025-01-01T00:00:00Z,1d,last,1,PARTIAL";

    @TempDir
    private Path directory;

    /** A bad line, and a part of the reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a,2025-01-01T00:00Z|columns=2, expected 3 as in the header",
                "a,2025-01-01T00:00Z,1,2|columns=4, expected 3 as in the header",
                "a|columns=1, expected 3",
                "'   '|columns=1, expected 3",
                ",2025-01-01T00:00Z,1|seriesKey= has 0 bytes",
                "a..b,2025-01-01T00:00Z,1|seriesKey=a..b has an empty segment",
                "a*,2025-01-01T00:00Z,1|patterns",
                "a,,1|instant=,",
                "a,2025-01-01T00:00,1|instant=2025-01-01T00:00,",
                "a,2025-02-30T00:00Z,1|instant=2025-02-30T00:00Z,",
                "a,2025-01-01T25:00Z,1|instant=",
                "a,1600-01-01T00:00Z,1|instant=",
                "a,99999999999999999999,1|time=99999999999999999999 is an integer, expected a date-time",
                "a,-9223372036854775808,1|time=-9223372036854775808 is an integer",
                "a,1747195260,1|time=1747195260 is an integer, expected a date-time such as 2025-04-10T00:01-04:00,"
                        + " a date",
                "a,1747195260000,1|or --time-unit for integers since the epoch",
                "a,0,1|time=0 is an integer",
                "a,20250101,1|date=20250101 without a zone, expected an instant, or --zone",
                "a,1970-01-01T00:00:01.7Z,1|time=1700000000 ns is 1970-01-01T00:00:01.7Z, probably seconds",
                "a,1970-01-31T23:59:59Z,1|or microseconds; expected nanoseconds: in January 1970 only",
                "a,2025-01-01,1|date=2025-01-01 without a zone, expected an instant, or --zone",
                "a,01/02/2025,1|instant=01/02/2025",
                "a,NA,1|instant=NA",
                "a,2025-01-01T00:00Z,x|series=a value=x scale=6, expected a decimal number",
                "a,2025-01-01T00:00Z,NaN|value=NaN",
                "a,2025-01-01T00:00Z,Infinity|value=Infinity",
                "a,2025-01-01T00:00Z,na|value=na",
                "a,2025-01-01T00:00Z,WITHDRAW|NO_SUCH_POINT time=2025-01-01T00:00:00Z",
                "a,2025-01-01T00:00Z,0x10|value=0x10",
                "a,2025-01-01T00:00Z,٤٥|value=٤٥",
                "a,2025-01-01T00:00Z,\"1,234\"|value=1,234",
                "a,2025-01-01T00:00Z,4.3999999999999995|series=a value=4.3999999999999995 scale=6",
                "a,2025-01-01T00:00Z,1e999999999|value=1",
                "a,2025-01-01T00:00Z,1e-999999999|value=1",
                "a,2025-01-01T00:00Z,1e41|exponent of at most 40",
                "a,2025-01-01T00:00Z,9223372036854.775808|value=9223372036854.775808",
                "\"a,2025-01-01T00:00Z,1|misplaced quotes",
                "a\"b,2025-01-01T00:00Z,1|misplaced quotes",
                "\"a\"b,2025-01-01T00:00Z,1|misplaced quotes"
            })
    void shouldRefuseABadLineByNumberAndReadTheRest(final String bad, final String reason) throws IOException {
        final Path in = write(HEADER + "# comment\n" + bad + "\n" + GOOD);
        final Path rejects = directory.resolve("rejects.csv");
        final CommandRun run = ReplayRun.lastOfStep(in, "--rejects", rejects);

        assertEquals(1, run.exitCode());
        assertEquals(List.of(GOOD_ROW), run.outLines().subList(1, run.outLines().size()));
        assertEquals(2, run.errLines().size(), run.err());
        assertTrue(run.errLines().get(0).startsWith(in + ":3: "), run.err());
        assertTrue(run.errLines().get(0).contains(reason), run.err());
        final String reasonWord = reason.startsWith("NO_SUCH_POINT") ? "NO_SUCH_POINT" : "UNREADABLE";
        assertEquals(
                in + ": refusedLines=1 " + reasonWord + "=1, expected at most 0 (--max-rejects)",
                run.errLines().get(1));
        final List<CsvLine> kept = read(rejects);
        assertEquals(List.of("line", "reason", "text"), kept.get(0).fields());
        final String told = run.errLines().get(0).substring((in + ":3: ").length());
        assertEquals(List.of("3", told, bad), kept.get(1).fields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "\"\"", "  "})
    void shouldTakeABlankAsUnknownForStepAndRefuseItForFlow(final String blank) throws IOException {
        final Path in = write(HEADER + GOOD + "good,2025-01-02T00:00Z," + blank + "\n");
        final CommandRun step = ReplayRun.of(in, "STEP", "12h", "count,last,coverage", "--at", "2025-01-02T06:00Z");
        assertEquals(0, step.exitCode());
        assertEquals(
                List.of(
                        "good,2025-01-02T06:00:00Z,12h,count,1,OK",
                        "good,2025-01-02T06:00:00Z,12h,last,1,PARTIAL",
                        "good,2025-01-02T06:00:00Z,12h,coverage,0.5,OK"),
                step.outLines().subList(1, 4));

        final CommandRun flow = ReplayRun.of(in, "FLOW", "1d", "last");
        assertEquals(1, flow.exitCode());
        assertEquals(GOOD_ROW, flow.outLines().get(1));
        assertTrue(flow.errLines().get(0).startsWith(in + ":3: series=good value="), flow.err());
    }

    @Test
    void shouldAllowAsManyRejectsAsDeclared() throws IOException {
        final Path in = write(HEADER + "x\n" + GOOD + "y\n");
        assertEquals(1, ReplayRun.lastOfStep(in, "--max-rejects", 1).exitCode());
        final CommandRun run = ReplayRun.lastOfStep(in, "--max-rejects", 2);
        assertEquals(0, run.exitCode());
        assertEquals(3, run.errLines().size(), run.err());
        assertEquals(in + ": refusedLines=2 UNREADABLE=2", run.errLines().get(2));
        assertEquals(GOOD_ROW, run.outLines().get(1));
    }

    @Test
    void shouldWriteRejectsWithOnlyAHeaderWhenAllIsWell() throws IOException {
        final Path rejects = directory.resolve("rejects.csv");
        assertEquals(
                0,
                ReplayRun.lastOfStep(write(HEADER + GOOD), "--rejects", rejects).exitCode());
        assertEquals("line,reason,text\n", Files.readString(rejects));
    }

    @Test
    void shouldReportAReasonOnOneLineWhateverTheBadLineHolds() throws IOException {
        final Path in = write(HEADER + "\"a\n\u001B[2Jb\",2025-01-01T00:00Z,1\n" + GOOD);
        final CommandRun run = ReplayRun.lastOfStep(in, "--max-rejects", 1);
        assertEquals(0, run.exitCode());
        assertEquals(2, run.errLines().size(), run.err());
        assertTrue(run.err().startsWith(in + ":2: seriesKey=a\\u000a\\u001b[2Jb has control character"), run.err());
    }

    /** The value is cut for the reason, exactly between the two Java chars of a character. */
    @Test
    void shouldKeepAllRejectsWhereTheReasonOfOneIsCutInACharacter() throws IOException {
        final String bad = "a,2025-01-01T00:00Z," + "x".repeat(99) + Character.toString(0x1F600) + "y";
        final Path in = write(HEADER + bad + "\nb\n" + GOOD);
        final Path rejects = directory.resolve("rejects.csv");
        final CommandRun run = ReplayRun.lastOfStep(in, "--rejects", rejects, "--max-rejects", 5);

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(GOOD_ROW, run.outLines().get(1));
        final List<CsvLine> kept = read(rejects);
        assertEquals(3, kept.size());
        assertTrue(kept.get(1).fields().get(1).startsWith("series=a value=" + "x".repeat(99) + "... scale=6"));
        assertEquals(bad, kept.get(1).fields().get(2));
        assertEquals(
                List.of("3", "columns=1, expected 3 as in the header", "b"),
                kept.get(2).fields());
    }

    @Test
    void shouldBoundTheLengthOfAReason() {
        assertEquals("x".repeat(400) + "...", Rejects.oneLine("x".repeat(401)));
        assertEquals("x".repeat(400), Rejects.oneLine("x".repeat(400)));
        final Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertEquals("\\u0007", Rejects.oneLine("\u0007"));
        } finally {
            Locale.setDefault(locale);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|1|no header",
                "'# only a comment'|1|no header",
                "'series,time'|1|header=series,time, expected the columns series, time, value",
                "'#\n\nseries,time,value,knownat'|3|unknown column 'knownat'",
                "'series,time,value,time'|1|contains a column twice",
                "'Series,Time,Value'|1|expected the columns series, time, value",
                "'a,2025-01-01T00:00Z,1'|1|expected the columns series, time, value",
                "'\"series,time,value'|1|header with misplaced quotes"
            })
    void shouldRefuseAFileWhoseHeaderCannotBeUsed(final String text, final int line, final String reason)
            throws IOException {
        final Path in = write(text);
        final Path out = directory.resolve("metrics.csv");
        final CommandRun run = ReplayRun.lastOfStep(in, "--out", out);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().startsWith(in + ":" + line + ": "), run.err());
        assertTrue(run.err().contains(reason), run.err());
        assertFalse(Files.exists(out), "an output was made for an input that was refused");
    }

    @Test
    void shouldSayWhichFileCannotBeReadOrWritten() throws IOException {
        final Path missing = directory.resolve("missing.csv");
        assertFails(missing + ": no such file or directory", ReplayRun.lastOfStep(missing));
        assertFails(directory + ": is a directory, expected a file", ReplayRun.lastOfStep(directory));
        final Path in = write(HEADER + GOOD);
        final Path unwritable = directory.resolve("no").resolve("out.csv");
        assertFails(unwritable + ": no such file or directory", ReplayRun.lastOfStep(in, "--out", unwritable));
        assertFails(unwritable + ": no such file or directory", ReplayRun.lastOfStep(in, "--rejects", unwritable));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayWhichFileHasNoSpaceLeft() throws IOException {
        final Path in = write(HEADER + GOOD);
        final Path full = Path.of("/dev/full");
        assertFails(full + ": No space left on device", ReplayRun.lastOfStep(in, "--out", full));
        assertFails(full + ": No space left on device", ReplayRun.lastOfStep(in, "--rejects", full));
    }

    private static void assertFails(final String reason, final CommandRun run) {
        assertEquals(new CommandRun(1, run.out(), reason + "\n"), run);
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }

    private static List<CsvLine> read(final Path file) throws IOException {
        final List<CsvLine> lines = new ArrayList<>();
        try (RowLines input = new RowLines(new CsvRowReader(Files.newInputStream(file), ','))) {
            while (input.hasNext()) {
                lines.add(input.next());
            }
        }
        return lines;
    }
}
