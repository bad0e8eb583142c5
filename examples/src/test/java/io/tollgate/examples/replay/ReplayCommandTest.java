package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with tables computed outside Java, with fractions. */
final class ReplayCommandTest {
    private static final String ALL_METRICS = "count,sum,mean,variance,sd,min,max,first,last,delta,coverage";
    private static final String STEP_INSTANTS = "2025-06-01T00:00-04:00,2025-03-01T00:00Z,2025-04-09T04:00:59Z,"
            + "2025-04-09T04:01Z,2025-05-14T04:01:01Z,2030-01-01T00:00Z";
    private static final String FLOW_INSTANTS =
            "2025-01-20T00:00Z,2025-01-01T00:00Z,2025-01-02T00:00Z,2025-01-09T00:00Z";

    private static final Pattern DEVIATION = Pattern.compile("(.*,sd,)([0-9.]+)(,[A-Z]+)");

    @TempDir
    private Path directory;

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(locale);
    }

    @Test
    void shouldWriteTheMetricsOfAStepAtEachLine() throws Exception {
        assertWrites("step-each-line.csv", "step.csv", "STEP", "30d,61d", ALL_METRICS);
    }

    @Test
    void shouldWriteTheMetricsOfAStepBeforeBetweenAtAndAfterItsPoints() throws Exception {
        assertWrites(
                "step-at.csv", "step.csv", "STEP", "61d,12h", "mean,count,first,last,coverage", "--at", STEP_INSTANTS);
    }

    @Test
    void shouldWriteTheMetricsOfAFlowAtEachLine() throws Exception {
        assertWrites("flow-each-line.csv", "flow.csv", "FLOW", "7d,30d", ALL_METRICS);
    }

    @Test
    void shouldWriteTheMetricsOfAFlowBeforeBetweenAtAndAfterItsEvents() throws Exception {
        assertWrites("flow-at.csv", "flow.csv", "FLOW", "1w,24h", ALL_METRICS, "--at", FLOW_INSTANTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ar-EG",
                "de-DE",
                "th-TH-u-ca-buddhist-nu-thai",
                "hi-IN-u-nu-deva",
                "tr-TR",
                "ja-JP-u-ca-japanese"
            })
    void shouldWriteTheSameInEveryLocale(final String tag) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertWrites("step-each-line.csv", "step.csv", "STEP", "30d,61d", ALL_METRICS);
        assertWrites("flow-at.csv", "flow.csv", "FLOW", "1w,24h", ALL_METRICS, "--at", FLOW_INSTANTS);
    }

    @Test
    void shouldGiveTheTimeWeightedAverageOfTheTariffThatTheDesignNames() throws Exception {
        final CommandRun run =
                ReplayRun.of(ReplayRun.resource("step.csv"), "STEP", "61d", "mean", "--at", "2025-06-01T00:00-04:00");
        final double mean = Double.parseDouble(run.outLines().get(1).split(",")[4]);
        assertEquals(94.655624, mean, 5e-7);
    }

    @Test
    void shouldKeepResultsAndFilesApart() throws Exception {
        final Path out = directory.resolve("metrics.csv");
        final CommandRun run =
                ReplayRun.of(ReplayRun.resource("flow.csv"), "FLOW", "7d,30d", ALL_METRICS, "--out", out);
        assertEquals(new CommandRun(0, "", ""), run);
        assertRows("flow-each-line.csv", Files.readString(out));
    }

    @Test
    void shouldTakeAMinusForStandardOutput() throws Exception {
        assertWrites("flow-each-line.csv", "flow.csv", "FLOW", "7d,30d", ALL_METRICS, "--out", "-");
    }

    @Test
    void shouldReadDatesInTheirZoneAndAtTheirTimeOfDay() throws Exception {
        final Path in = write("series,time,value\na,2025-03-08,1\na,2025-03-09,2\na,2025-11-03,3\n");
        final CommandRun run = ReplayRun.lastOfStep(in, "--zone", "America/New_York", "--time-of-day", "00:01");
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-03-08T05:01:00Z,1d,last,1,PARTIAL
                a,2025-03-09T05:01:00Z,1d,last,2,OK
                a,2025-11-03T05:01:00Z,1d,last,3,OK
                """, run.out());
    }

    @ParameterizedTest
    @CsvSource({"1000000000ns, 1s", "1000000us, 1s", "1000ms, 1s", "60s, 1m", "60m, 1h", "24h, 1d", "7d, 1w"})
    void shouldMeasureWindowsInEveryUnit(final String length, final String sameLength) throws Exception {
        final Path in = write("series,time,value\na,2025-01-01T00:00Z,1\na,2025-01-01T00:00:00.25Z,2\n");
        final CommandRun run =
                ReplayRun.of(in, "STEP", length + "," + sameLength, "coverage,mean", "--at", "2025-01-01T00:00:00.5Z");
        final String[] rows = run.out().split("\n");
        assertEquals(5, rows.length, run.out());
        assertEquals(rows[1], rows[3].replace("," + sameLength + ",", "," + length + ","));
        assertEquals(rows[2], rows[4].replace("," + sameLength + ",", "," + length + ","));
    }

    @Test
    void shouldRoundOnlyOnRequest() throws Exception {
        final Path in = write("series,time,value\na,2025-01-01T00:00Z,2.5\na,2025-01-02T00:00Z,3.5\n");
        assertEquals(1, ReplayRun.lastOfStep(in, "--scale", "0").exitCode());
        final CommandRun run = ReplayRun.lastOfStep(in, "--scale", "0", "--rounding", "HALF_EVEN");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("a,2025-01-01T00:00:00Z,1d,last,2,"), run.out());
        assertTrue(run.out().contains("a,2025-01-02T00:00:00Z,1d,last,4,"), run.out());
    }

    @Test
    void shouldReadAFileWithoutPoints() throws Exception {
        assertEquals(
                new CommandRun(0, "series,time,window,metric,value,status\n", ""),
                ReplayRun.lastOfStep(write("series,time,value\n")));
    }

    private void assertWrites(
            final String expected,
            final String input,
            final String kind,
            final String windows,
            final String metrics,
            final Object... more)
            throws Exception {
        final CommandRun run = ReplayRun.of(ReplayRun.resource(input), kind, windows, metrics, more);
        assertEquals("", run.err());
        assertRows(expected, run.out());
        assertEquals(0, run.exitCode());
    }

    /** Compares character by character, except for standard deviations, which are promised within 1 ulp. */
    private static void assertRows(final String expectedFile, final String actual) throws Exception {
        final List<String> expectedRows = Files.readAllLines(ReplayRun.resource(expectedFile));
        final List<String> actualRows = new ArrayList<>(actual.lines().toList());
        for (int i = 0; i < Math.min(expectedRows.size(), actualRows.size()); i++) {
            final Matcher expected = DEVIATION.matcher(expectedRows.get(i));
            final Matcher row = DEVIATION.matcher(actualRows.get(i));
            if (expected.matches() && row.matches()) {
                final double value = Double.parseDouble(expected.group(2));
                assertEquals(value, Double.parseDouble(row.group(2)), Math.ulp(value), actualRows.get(i));
                actualRows.set(i, row.group(1) + expected.group(2) + row.group(3));
            }
        }
        assertEquals(String.join("\n", expectedRows), String.join("\n", actualRows));
        assertTrue(actual.endsWith("\n"), "the last row has no end");
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }
}
