package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--in", "--kind", "--windows", "--metrics"})
    void shouldMissEachRequiredOption(final String option) throws IOException {
        final CommandRun run = CommandRun.of(
                "replay",
                "--in".equals(option) ? "--scale=6" : "--in=" + input(),
                "--kind".equals(option) ? "--scale=6" : "--kind=STEP",
                "--windows".equals(option) ? "--scale=6" : "--windows=7d",
                "--metrics".equals(option) ? "--scale=6" : "--metrics=mean");
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).contains("'" + option + "="), run.err());
        assertTrue(run.err().contains("--kind STEP|FLOW"), run.err());
    }

    /** A wrong option, and a part of the expected values. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--windows=last:0|expected 1 or more",
                "--windows=last:x|pointCount=x, expected an integer, 1 or more",
                "--windows=last:٣|pointCount=٣, expected an integer, 1 or more, in ASCII digits",
                "--windows=last:+3|pointCount=+3, expected an integer, 1 or more, in ASCII digits",
                "--windows=last:9223372036854775808|pointCount=9223372036854775808, expected an integer",
                "--windows=\"7d|--windows=\"7d has a double quote that is not closed, expected a second one",
                "--windows=since:2025-04-02|date=2025-04-02 without a zone, expected an instant, or --zone",
                "--windows=since:20250402|date=20250402 without a zone",
                "--windows=since:1743566460|time=1743566460 is an integer, expected a date-time",
                "--windows=month:Mars|month:, quarter: or year: with a zone",
                "--windows=week:UTC|unknown kind 'week'",
                "--windows=7d,,30d|ns, us, ms, s, m, h, d or w",
                "--windows=,|is empty, expected at least one",
                "--windows=1.5d|ns, us, ms, s, m, h, d or w",
                "--windows=7D|ns, us, ms, s, m, h, d or w",
                "--windows=٧d|ns, us, ms, s, m, h, d or w",
                "--windows=0d|1ns to 292 years",
                "--windows=106752d|1ns to 292 years",
                "--windows=99999999999999999999ns|ns, us, ms, s, m, h, d or w",
                "--metrics=,|is empty, expected at least one",
                "--metrics=average|count, sum, rate, mean, variance, sd, variance-population, sd-population, zscore",
                "--metrics=Mean|median, p01 to p99, above:X, below:X, ewma:HALFLIFE, volatility:PERIODS",
                "--metrics=p00|p01 to p99",
                "--metrics=p100|p01 to p99",
                "--metrics=p5|p01 to p99",
                "--metrics=p٥٠|p01 to p99",
                "--metrics=median:1|p01 to p99",
                "--metrics=ewma|above:X, below:X, ewma:HALFLIFE, volatility:PERIODS",
                "--metrics=ewma:30|ns, us, ms, s, m, h, d or w",
                "--metrics=below:x|level=x, expected a decimal number in ASCII digits, such as below:25",
                "--metrics=volatility:x|periods=x, expected a decimal number in ASCII digits, such as volatility:252",
                "--metrics=volatility:0|periodsPerYear=0, expected above 0",
                "--metrics=above:x|level=x, expected a decimal number in ASCII digits, such as above:25",
                "--metrics=above:٣|level=٣, expected a decimal number in ASCII digits, such as above:25",
                "--metrics=above:+3|level=+3, expected a decimal number in ASCII digits, such as above:25",
                "--metrics=above:1e٣|level=1e٣, expected a decimal number in ASCII digits, such as above:25",
                "--metrics=above:|level=, expected a decimal number in ASCII digits, such as above:25",
                "--metrics=ewma:0d|1ns to 292 years",
                "--metrics=corr:|has 0 bytes of UTF-8, expected 1 to 128",
                "--metrics=corr:a.*|expected a key: '*' stands only in patterns",
                "--metrics=corr|corr:SERIES, cov:SERIES or beta:SERIES",
                "--metrics=corr:\"a|--metrics=corr:\"a has a double quote that is not closed, expected a second one",
                "--metrics=corr:\"a,b|a double quote that is not closed",
                "--metrics=corr:\"a\\\",count,corr:\"b\\\"|a backslash before a closing double quote",
                "--metrics=corr:\"a,b\\\",count|a backslash before a closing double quote",
                "--metrics=corr:a\\\"b,c\"|a double quote that is not closed",
                "--metrics=corr:a\"|a double quote that is not closed",
                "--metrics=corr:\"a\"\"|a double quote that is not closed",
                "--metrics=correlation:x|corr:SERIES, cov:SERIES or beta:SERIES",
                "--bucket=1d|expected FLOW: levels are paired at every instant",
                "--bucket=last:3|a duration such as 1d or 12h, or month:",
                "--bucket=1y|a duration such as 1d or 12h, or month:",
                "--kind=step|STEP, FLOW",
                "--scale=10|expected 0 to 9",
                "--scale=-1|expected 0 to 9",
                "--scale=٣|is not an integer, expected -2147483648 to 2147483647 in ASCII digits",
                "--scale=+3|is not an integer",
                "--scale=2147483648|is not an integer",
                "--scale=|is not an integer",
                "--rounding=FLOOR|UNNECESSARY, HALF_EVEN",
                "--closed=top|expected right, left, both or neither",
                "--zone=Mars|America/New_York",
                "--time-of-day=24:00|00:00 to 23:59:59",
                "--at=2025-04-10|date=2025-04-10 without a zone, expected an instant, or --zone",
                "--at=2025-04-10T00:00Z,20250410|date=20250410 without a zone",
                "--at=1744243200|time=1744243200 is an integer, expected a date-time such as 2025-04-10T00:01-04:00,"
                        + " a date",
                "--at=now|instant=now, expected a date-time with Z or offset",
                "--time-unit=m|'m' is not a unit, expected ns, us, ms or s",
                "--time-unit=NS|'NS' is not a unit, expected ns, us, ms or s",
                "--at=|a date-time with Z or offset",
                "--at=,|is empty, expected at least one",
                "--at=\"2025-04-10|--at=\"2025-04-10 has a double quote that is not closed",
                "--max-rejects=-1|expected 0 or more",
                "--max-rejects=٣|is not an integer, expected -9223372036854775808 to 9223372036854775807 in ASCII",
                "--rejects=-|expected a file: standard output is for the metrics",
                "--every=1y|ns, us, ms, s, m, h, d or w",
                "--every=0d|1ns to 292 years",
                "--as-known-at=2025-04-10T00:00Z|expected a file with the column known_at",
                "--as-known-at=2025-04-10|date=2025-04-10 without a zone",
                "--as-known-at=1744243200000|time=1744243200000 is an integer",
                "--duplicates=SUM|expected REVISE, KEEP_FIRST or REJECT",
                "--duplicates=ALL|expected REVISE, KEEP_FIRST or REJECT",
                "--duplicates=LAST|REVISE, ALL, KEEP_FIRST, REJECT, SUM",
                "--durability=COMMIT|without --dir, expected a data directory",
                "--durability=INTERVAL:0|expected 1 to 3600000"
            })
    void shouldSayWhatAnOptionAccepts(final String option, final String accepted) throws IOException {
        final String name = option.substring(0, option.indexOf('='));
        final CommandRun run = CommandRun.of(
                "replay",
                "--in=" + input(),
                "--kind".equals(name) ? "--out=-" : "--kind=STEP",
                "--windows".equals(name) ? "--out=-" : "--windows=7d",
                "--metrics".equals(name) ? "--out=-" : "--metrics=mean",
                option);
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.errLines().get(0).contains(name), run.err());
        assertTrue(run.err().contains(accepted), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void shouldRefuseTheLastPointsForPairsOfEvents() throws IOException {
        final CommandRun run = ReplayRun.of(input(), "FLOW", "7d,last:3", "corr:b");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("the last points do not fill whole buckets"), run.err());
        assertEquals(0, ReplayRun.of(input(), "FLOW", "7d,last:3", "mean").exitCode());
    }

    @Test
    void shouldTakeTheDefaultsAsWritten() throws IOException {
        final CommandRun plain = ReplayRun.of(input(), "STEP", "7d", "mean");
        final CommandRun written = ReplayRun.of(
                input(),
                "STEP",
                "7d",
                "mean",
                "--scale=6",
                "--rounding=UNNECESSARY",
                "--closed=right",
                "--time-of-day=00:00",
                "--duplicates=REVISE",
                "--max-rejects=0");
        assertEquals(0, plain.exitCode());
        assertEquals(plain, written);
    }

    @Test
    void shouldNotOverwriteItsInput() throws IOException {
        final Path in = input();
        final String before = Files.readString(in);
        final Path other = directory.resolve("x").resolve("..").resolve("points.csv");
        assertEquals(2, ReplayRun.lastOfStep(in, "--out", in).exitCode());
        assertEquals(2, ReplayRun.lastOfStep(in, "--rejects", other).exitCode());
        final Path out = directory.resolve("out.csv");
        assertOneFile(ReplayRun.lastOfStep(in, "--out", out, "--rejects", out));
        assertEquals(before, Files.readString(in));
        assertFalse(Files.exists(out));
    }

    /** Neither file exists yet, and two names lead to the same file. */
    @Test
    void shouldNotWriteMetricsAndRejectsIntoOneNewFile() throws IOException {
        final Path real = Files.createDirectory(directory.resolve("real"));
        final Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        final Path out = real.resolve("new.csv");
        final Path ahead = Files.createSymbolicLink(directory.resolve("ahead.csv"), out);
        for (final Path rejects : List.of(link.resolve("new.csv"), ahead, link.resolve("../real/new.csv"))) {
            assertOneFile(ReplayRun.lastOfStep(input(), "--out", out, "--rejects", rejects));
            assertOneFile(ReplayRun.lastOfStep(input(), "--out", rejects, "--rejects", out));
        }
        assertFalse(Files.exists(out));
        final Path other = link.resolve("../new.csv");
        assertEquals(
                0,
                ReplayRun.lastOfStep(input(), "--out", out, "--rejects", other).exitCode());
    }

    private static void assertOneFile(final CommandRun run) {
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("are the same file, expected two"), run.err());
    }

    private Path input() throws IOException {
        return Files.writeString(
                directory.resolve("points.csv"),
                "series,time,value\na,2025-04-09T00:01-04:00,104\na,2025-04-10T00:01-04:00,145\n");
    }
}
