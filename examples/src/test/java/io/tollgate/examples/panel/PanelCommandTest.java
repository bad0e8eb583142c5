package io.tollgate.examples.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.examples.CommandRun;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.RefusedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PanelCommandTest {
    private static final String HEADER = "series,time,value\n";
    private static final String AT = "2025-01-01T00:00Z";

    /** The lines of the WTO's glossary. */
    private static final String WTO_RATES = levels("50", "10", "0", "20");

    private static final String WTO_WEIGHTS = levels("10", "100", "1000", "100");

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheAveragesOfTheGlossaryOfTheWto() throws IOException {
        assertEquals("""
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,simple,20,1210,OK
                2025-01-01T00:00:00Z,weighted,2.8925619834710745,1210,OK
                2025-01-01T00:00:00Z,tri,7.87295821622217,1210,OK
                """, run(WTO_RATES, WTO_WEIGHTS, "simple,weighted,tri").out());
    }

    @Test
    void shouldShowBothFilesAsUnderstood() throws IOException {
        final Path rates =
                Files.writeString(directory.resolve("rates.csv"), HEADER + "a," + AT + ",2.50\na," + AT + ",x\n");
        final Path weights = Files.writeString(directory.resolve("weights.csv"), HEADER + "a," + AT + ",7\n");
        final CommandRun run = CommandRun.of(
                "panel", "--rates", rates, "--weights", weights, "--at", AT, "--metrics", "simple", "--dry-run");
        assertEquals(
                List.of(
                        rates + ":",
                        "2: series=a time=2025-01-01T00:00:00Z value=2.5",
                        "3: refused: series=a value=x scale=6, expected a decimal number in ASCII digits",
                        weights + ":",
                        "2: series=a time=2025-01-01T00:00:00Z value=7"),
                run.outLines(),
                run.err());
    }

    /** Measures on the first and the third line: a coverage of 83.47% of the weight and 50% of the lines. */
    @Test
    void shouldGiveCoverageFrequencyAndPrevalence() throws IOException {
        assertEquals(
                """
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,coverage,0.8347107438016529,1210,OK
                2025-01-01T00:00:00Z,frequency,0.5,1210,OK
                2025-01-01T00:00:00Z,simple,0.75,1210,OK
                """,
                run(levels("2", "0", "1", "0"), WTO_WEIGHTS, "coverage,frequency,simple")
                        .out());
    }

    @Test
    void shouldGiveTheConcentrationOfWeights() throws IOException {
        assertEquals(
                """
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,hhi,0.46,0,OK
                2025-01-01T00:00:00Z,hhi-points,4600,0,OK
                2025-01-01T00:00:00Z,hhi-normalised,0.19,0,OK
                2025-01-01T00:00:00Z,effective-number,2.1739130434782608,0,OK
                """,
                run(HEADER, levels(".6", ".3", ".1"), "hhi,hhi-points,hhi-normalised,effective-number")
                        .out());
    }

    /** If the rates alone have not changed the answer, the weights have: 34 becomes 18. */
    @Test
    void shouldNameEachMetricInItsHelp() {
        final String help = CommandRun.of("panel", "--help").out();
        for (final GroupMetric metric : GroupMetric.values()) {
            assertTrue(help.matches("(?s).*[ (]" + metric.text() + "[ ,.].*"), metric.text());
        }
    }

    @Test
    void shouldWeighWithTheWeightsInForce() throws IOException {
        final String weights = levels("60", "40") + "a,2025-01-02T00:00Z,20\nb,2025-01-02T00:00Z,80\n";
        assertEquals(
                """
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,weighted,34,100,OK
                2025-01-02T00:00:00Z,weighted,18,100,OK
                2025-01-01T23:59:59.999999999Z,weighted,34,100,OK
                2024-12-31T00:00:00Z,weighted,,0,EMPTY
                """,
                PanelRun.of(
                                write("rates.csv", levels("50", "10")),
                                write("weights.csv", weights),
                                AT + ",2025-01-02T00:00Z,2025-01-01T23:59:59.999999999Z,2024-12-31T00:00Z",
                                "weighted")
                        .out());
    }

    /** The first instant at which both files have a point is that of the weights; the last is that of the rates. */
    @ParameterizedTest
    @CsvSource({
        "month:America/New_York, '2025-03-01T05:00:00Z,weighted,50 2025-04-01T04:00:00Z,weighted,10'",
        "1440h, '2025-03-13T00:00:00Z,weighted,50'",
        "year:UTC, ''"
    })
    void shouldReadOnAGridFromTheFirstPointOfBothFiles(final String every, final String expected) throws IOException {
        final Path rates = write("rates.csv", levels("50") + "a,2025-03-31T00:00Z,10\na,2025-05-01T00:00Z,10\n");
        final Path weights = write("weights.csv", HEADER + "a,2025-02-10T00:00Z,5\n");
        final CommandRun run = CommandRun.of(
                "panel", "--rates", rates, "--weights", weights, "--metrics", "weighted", "--every", every);
        assertEquals("", run.err());
        assertEquals(
                expected.isEmpty() ? List.of() : List.of(expected.split(" ")),
                run.outLines().stream()
                        .skip(1)
                        .map(line -> line.replace(",5,OK", ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "DROP_AND_RENORMALISE, 30, 30, 1, PARTIAL",
        "AS_ZERO, 15, 7.5, 0.25, PARTIAL",
        "FAIL, , , , INSUFFICIENT"
    })
    void shouldTreatAMissingRateAsAsked(
            final String policy, final String simple, final String weighted, final String coverage, final String status)
            throws IOException {
        final Path rates = write("rates.csv", levels("30") + "b,2025-01-01T00:00Z,NA\n");
        final Path weights = write("weights.csv", levels("10", "30"));
        final String time = "2025-01-01T00:00:00Z,";
        assertEquals(
                List.of(
                        "time,metric,value,covered_weight,status",
                        time + "simple," + text(simple) + ",10," + status,
                        time + "weighted," + text(weighted) + ",10," + status,
                        time + "coverage," + text(coverage) + ",10," + status,
                        time + "covered,10,10,OK",
                        time + "covered-share,0.25,10,OK",
                        time + "hhi,0.625,10,OK"),
                PanelRun.of(
                                rates,
                                weights,
                                AT,
                                "simple,weighted,coverage,covered,covered-share,hhi",
                                "--missing",
                                policy)
                        .outLines());
    }

    @Test
    void shouldLeaveOutWhatHasNoWeightAboveZero() throws IOException {
        final String rates = levels("10", "20", "30", "40", "50");
        final String weights = levels("1", "0", "-5", "NA", "1");
        assertEquals("""
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,simple,30,2,OK
                2025-01-01T00:00:00Z,weighted,30,2,OK
                """, run(rates, weights, "simple,weighted").out());
        assertEquals("""
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,simple,,0,EMPTY
                2025-01-01T00:00:00Z,covered,0,0,OK
                """, run(rates, levels("0", "0"), "simple,covered").out());
        assertEquals("""
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,weighted,,0,EMPTY
                """, run(rates, HEADER, "weighted").out());
    }

    @Test
    void shouldSayHowManyWeightsAreBelowZeroAndWhichRatesHaveNoWeight() throws IOException {
        final StringBuilder more = new StringBuilder(levels("10", "20"));
        for (int i = 1; i <= 7; i++) {
            more.append("other.").append(i).append(",2025-01-01T00:00Z,5\n");
        }
        final Path rates = write("rates.csv", more.toString());
        final Path weights = write("weights.csv", levels("1", "-5") + "b,2025-01-02T00:00Z,-6\n");
        final CommandRun run = PanelRun.of(rates, weights, AT, "weighted");
        assertEquals(0, run.exitCode());
        assertEquals(
                List.of(
                        rates + ": seriesWithoutWeight=7, expected a weight for each series; they are left out of all"
                                + " answers: other.1, other.2,"
                                + " other.3, other.4, other.5, ...",
                        weights
                                + ": negativeWeights=2, expected 0 or more; the series is not a member while its"
                                + " weight is negative"),
                run.errLines());
        assertEquals(
                "",
                PanelRun.of(rates, write("weights.csv", more.toString()), AT, "weighted")
                        .err());
    }

    /** All files of a command share the limit of a hundred lines. */
    @Test
    void shouldListAHundredRefusedLinesOfBothFilesTogether() throws IOException {
        final String bad = "a,2025-01-01T00:00Z,x\n";
        final Path rates = write("rates.csv", levels("10") + bad.repeat(70));
        final Path weights = write("weights.csv", levels("1") + bad.repeat(60));
        final CommandRun run = PanelRun.of(rates, weights, AT, "weighted");
        assertEquals(1, run.exitCode());
        assertEquals(102, run.errLines().size(), run.err());
        assertTrue(run.errLines().get(99).startsWith(weights + ":32: "), run.err());
        assertEquals(
                rates + " and " + weights + ": refusedLines=130 UNREADABLE=130, expected at most 0 (--max-rejects)",
                run.errLines().get(101));
    }

    @Test
    void shouldNameFileAndLineOfWhatItRefusesAndReadTheRest() throws IOException {
        final Path rates = write("rates.csv", levels("50", "x", "1") + "a,2025-01-01,3\n");
        final Path weights = write("weights.csv", levels("10", "1.005", "2"));
        final CommandRun run = PanelRun.of(rates, weights, AT, "weighted");
        assertEquals(1, run.exitCode());
        assertEquals("""
                time,metric,value,covered_weight,status
                2025-01-01T00:00:00Z,weighted,41.833333333333336,12,OK
                """, run.out());
        assertEquals(4, run.errLines().size(), run.err());
        assertTrue(run.errLines().get(0).startsWith(rates + ":3: series=b value=x scale=6, expected"), run.err());
        assertTrue(run.errLines().get(1).startsWith(rates + ":5: date=2025-01-01 without a zone"), run.err());
        assertTrue(run.errLines().get(2).startsWith(weights + ":3: series=b value=1.005 scale=2"), run.err());
        assertEquals(
                0,
                PanelRun.of(rates, weights, AT, "weighted", "--max-rejects", 3).exitCode());
    }

    @Test
    void shouldReadDatesInAZoneAndRoundWhereAsked() throws IOException {
        final Path rates = write("rates.csv", HEADER + "a,2025-01-01,3.4\nb,2025-01-02,9\n");
        final Path weights = write("weights.csv", HEADER + "a,2025-01-01,1.25\nb,2025-01-01,1\n");
        assertEquals(
                List.of(
                        "time,metric,value,covered_weight,status",
                        "2025-01-01T05:00:59Z,weighted,,0,EMPTY",
                        "2025-01-01T05:01:00Z,weighted,3,1,PARTIAL",
                        "2025-01-02T05:01:00Z,weighted,6,2,OK"),
                PanelRun.of(
                                rates,
                                weights,
                                "2025-01-01T05:00:59Z,2025-01-01T05:01Z,2025-01-02T05:01Z",
                                "weighted",
                                "--zone=America/New_York",
                                "--time-of-day=00:01",
                                "--rate-scale=0",
                                "--weight-scale=0",
                                "--rounding=HALF_EVEN")
                        .outLines());
    }

    @Test
    void shouldReadDatesAndIntegersInOptionsAsInTheFiles() throws IOException {
        final Path rates = write("rates.csv", HEADER + "a,20250101,3\n");
        final Path weights = write("weights.csv", HEADER + "a,2025-01-01,2\n");
        assertEquals(
                List.of(
                        "time,metric,value,covered_weight,status",
                        "2025-01-01T05:01:00Z,weighted,3,2,OK",
                        "2024-12-31T05:01:00Z,weighted,,0,EMPTY"),
                PanelRun.of(
                                rates,
                                weights,
                                "20250101,2024-12-31",
                                "weighted",
                                "--zone=America/New_York",
                                "--time-of-day=00:01")
                        .outLines());
        final Path seconds = write("seconds.csv", HEADER + "a,1735689600,4\n");
        assertEquals(
                "2025-01-01T00:00:00Z,weighted,4,4,OK",
                PanelRun.of(seconds, seconds, "1735689600", "weighted", "--time-unit=s")
                        .outLines()
                        .get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--at , --metrics simple|--at is empty",
                "--at 2025-01-01T00:00Z --metrics ,|--metrics is empty",
                "--at 2025-01-01T00:00Z --metrics mean|'mean' is not a metric, expected one of simple, weighted, tri",
                "--at 2025-01-01 --metrics simple|--at: date=2025-01-01 without a zone",
                "--at 1735689600 --metrics simple|--at: time=1735689600 is an integer",
                "--at 2025-01-01T00:00Z|Missing required option: '--metrics=METRIC'",
                "--metrics simple|Missing required option: '--at=TIME'",
                "--at 2025-01-01T00:00Z --metrics simple --missing ZERO|--missing",
                "--at 2025-01-01T00:00Z --metrics simple --rate-scale 10|--rate-scale=10, expected 0 to 9",
                "--at 2025-01-01T00:00Z --metrics simple --weight-scale ٣|is not an integer, expected -2147483648 to",
                "--at 2025-01-01T00:00Z --metrics \"simple|--metrics=\"simple has a double quote that is not closed",
                "--at 2025-01-01T00:00Z --metrics simple --weight-scale -1|--weight-scale=-1, expected 0 to 9",
                "--at 2025-01-01T00:00Z --metrics simple --max-rejects -1|--max-rejects=-1, expected 0 or more"
            })
    void shouldRefuseWrongUsage(final String options, final String reason) throws IOException {
        final Path rates = write("rates.csv", WTO_RATES);
        final Path weights = write("weights.csv", WTO_WEIGHTS);
        final String arguments = "panel --rates " + rates + " --weights " + weights + " " + options;
        final CommandRun run = CommandRun.of((Object[]) arguments.split(" "));
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(reason), run.err());
        assertEquals("", run.out());
    }

    @Test
    void shouldWriteToAFileThatIsNoneOfItsInputs() throws IOException {
        final Path rates = write("rates.csv", WTO_RATES);
        final Path weights = write("weights.csv", WTO_WEIGHTS);
        assertEquals(
                2, PanelRun.of(rates, weights, AT, "simple", "--out", weights).exitCode());
        assertEquals(WTO_WEIGHTS, Files.readString(weights));
        final Path out = directory.resolve("out.csv");
        final CommandRun run = PanelRun.of(rates, weights, AT, "simple", "--out", out);
        assertEquals(new CommandRun(0, "", ""), run);
        assertEquals(
                List.of("time,metric,value,covered_weight,status", "2025-01-01T00:00:00Z,simple,20,1210,OK"),
                Files.readAllLines(out));
    }

    @Test
    void shouldRefuseAFileWhoseHeaderCannotBeUsed() throws IOException {
        final Path rates = write("rates.csv", WTO_RATES);
        final Path weights = write("weights.csv", "series,value\na,1\n");
        final Path out = directory.resolve("out.csv");
        final CommandRun run = PanelRun.of(rates, weights, AT, "simple", "--out", out);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().startsWith(weights + ":1: header=series,value, expected"), run.err());
        assertFalse(Files.exists(out), "an output was made for an input that was refused");
        final Path missing = directory.resolve("missing.csv");
        assertEquals(
                new CommandRun(1, "", missing + ": no such file or directory\n"),
                PanelRun.of(missing, rates, AT, "simple"));
    }

    /** The test checks only the limit, because a file of that size takes long to read. */
    @Test
    void shouldNameAFileOfMoreWeightsThanAGroupHasMembers() throws RefusedInputException {
        final InputFile weights = new InputFile(Path.of("weights.csv"));
        Panel.requireSpace(weights, Group.MAX_MEMBERS);
        assertEquals(
                "weights.csv: series=1048577, expected at most 1048576, the limit of a group; split the file",
                assertThrows(RefusedInputException.class, () -> Panel.requireSpace(weights, Group.MAX_MEMBERS + 1))
                        .getMessage());
    }

    @Test
    void shouldReadAsKnownAtAnInstant() throws IOException {
        final Path rates = write("rates.csv", """
                series,time,value,known_at
                a,2025-01-01T00:00Z,10,2025-01-01T00:00Z
                b,2025-01-01T00:00Z,20,2025-01-01T00:00Z
                a,2025-01-01T00:00Z,40,2025-02-01T00:00Z
                """);
        final Path weights = write("weights.csv", """
                series,time,value,known_at
                a,2025-01-01T00:00Z,1,2025-01-01T00:00Z
                b,2025-01-01T00:00Z,1,2025-01-01T00:00Z
                b,2025-01-01T00:00Z,WITHDRAW,2025-03-01T00:00Z
                """);
        assertKnown("40,1,OK", rates, weights);
        assertKnown("40,1,OK", rates, weights, "--as-known-at", "2025-03-01T00:00Z");
        assertKnown("30,2,OK", rates, weights, "--as-known-at", "2025-02-28T23:59:59.999999999Z");
        assertKnown("30,2,OK", rates, weights, "--as-known-at", "2025-02-01T00:00Z");
        assertKnown("15,2,OK", rates, weights, "--as-known-at", "2025-01-31T00:00Z");
        assertKnown(",0,EMPTY", rates, weights, "--as-known-at", "2024-12-31T00:00Z");
        final CommandRun run = PanelRun.of(
                rates, write("plain.csv", WTO_WEIGHTS), AT, "weighted", "--as-known-at", "2025-01-31T00:00Z");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("plain.csv, expected a file with the column known_at"), run.err());
    }

    private static void assertKnown(final String expected, final Path rates, final Path weights, final Object... more) {
        assertEquals(
                "2025-01-01T00:00:00Z,weighted," + expected,
                PanelRun.of(rates, weights, AT, "weighted", more).outLines().get(1));
    }

    @Test
    void shouldTakeKeysOfAnyLength() throws IOException {
        final String key = "k".repeat(128);
        final Path rates = write("rates.csv", levelAt(key, "4") + key + "k," + AT + ",1\n");
        final CommandRun run = PanelRun.of(rates, write("weights.csv", levelAt(key, "2")), AT, "weighted");
        assertEquals("2025-01-01T00:00:00Z,weighted,4,2,OK", run.outLines().get(1));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith(rates + ":3: seriesKey=" + key), run.err());
    }

    private CommandRun run(final String rates, final String weights, final String metrics) throws IOException {
        return PanelRun.of(write("rates.csv", rates), write("weights.csv", weights), AT, metrics);
    }

    private static String levelAt(final String key, final String value) {
        return HEADER + key + ',' + AT + ',' + value + '\n';
    }

    /** The levels of a, b, c... at the instant of the reads. */
    private static String levels(final String... values) {
        final StringBuilder lines = new StringBuilder(HEADER);
        char key = 'a';
        for (final String value : values) {
            lines.append(key++).append(",2025-01-01T00:00Z,").append(value).append('\n');
        }
        return lines.toString();
    }

    private static String text(final String value) {
        return value == null ? "" : value;
    }

    private Path write(final String name, final String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
