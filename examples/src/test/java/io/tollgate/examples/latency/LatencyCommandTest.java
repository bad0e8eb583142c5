package io.tollgate.examples.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LatencyCommandTest {
    private static final int COLUMNS = 80;
    private static final List<String> CONTENDERS =
            List.of("floor", "busy", "careful", "deques", "stepped", "engine", "updates");

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureEachContenderAtEachRateInEveryLocale() throws IOException {
        final Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            final Path out = directory.resolve("new/latency");
            final CommandRun run = CommandRun.of(
                    "latency", "--workload", "W1:2", "--percents", "25,50", "--seconds", "0.05", "--out", out);
            assertEquals(0, run.exitCode(), run.err());
            assertEquals("", run.err());
            requireTerminalOutput(run);
            requireFiles(out);
        } finally {
            Locale.setDefault(locale);
        }
    }

    private static void requireTerminalOutput(final CommandRun run) {
        for (final String line : run.outLines()) {
            final boolean isPath = line.startsWith("/");
            assertTrue(isPath || line.length() <= COLUMNS, line);
            assertTrue(isPath || line.chars().allMatch(c -> c < 128), line);
        }
        assertTrue(run.out().startsWith("Latency, W1:2\n"), run.out());
        for (final String name : CONTENDERS) {
            assertTrue(run.out().contains("\n" + name + " "), name);
        }
        assertTrue(run.out().contains(" times the floor's, "), run.out());
    }

    private static void requireFiles(final Path out) throws IOException {
        for (final String name : CONTENDERS) {
            for (final String percent : List.of("25", "50")) {
                final List<Long> counts = new ArrayList<>();
                for (final String part : List.of("readable", "seen", "read")) {
                    counts.add(pointCount(out.resolve(name + "-" + percent + "-" + part + ".hgrm")));
                }
                assertTrue(counts.get(0) > 0, name);
                assertEquals(1, counts.stream().distinct().count(), name + ": " + counts);
            }
        }
        for (final String chart : List.of("readable", "seen", "read", "knee")) {
            assertTrue(
                    ImageIO.read(out.resolve("charts/" + chart + ".png").toFile())
                                    .getWidth()
                            > 1000,
                    chart);
            final String svg = Files.readString(out.resolve("charts/" + chart + ".svg"));
            CONTENDERS.forEach(name -> assertTrue(svg.contains(name), chart + " lacks " + name));
        }
        assertTrue(Files.readString(out.resolve("report.html")).contains("Rates up to the knee"));
    }

    /**
     * Reads a histogram file as its plotter does. Percentiles and values must rise; returns the count of the footer.
     */
    private static long pointCount(final Path file) throws IOException {
        long count = 0;
        double lastValue = 0;
        double lastPercentile = 0;
        for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            final String[] cells = line.strip().split("\\s+");
            if (cells[0].matches("[0-9.]+")) {
                final double value = Double.parseDouble(cells[0]);
                final double percentile = Double.parseDouble(cells[1]);
                assertTrue(value >= lastValue && percentile >= lastPercentile, file + ": " + line);
                lastValue = value;
                lastPercentile = percentile;
                count = Long.parseLong(cells[2]);
            }
        }
        final String total = Long.toString(count);
        assertTrue(Files.readString(file).contains("Total count    = " + " ".repeat(12 - total.length()) + total));
        assertEquals(1, lastPercentile);
        return count;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--contenders=floor,esper|'esper' is no contender, expected floor, busy, careful, deques,",
                "--contenders=floor,floor|--contenders=[floor, floor], expected one at least, and each once",
                "--workload=W9|workload=W9, expected W1 to W6",
                "--workload=W1:0|workload=W1:0, expected 1 to 10000000 series after the colon",
                "--workload=W1:many|workload=W1:many, expected 1 to 10000000 series after the colon",
                "--workload=W2:7|seriesCount=7, expected a multiple of groupCount=5",
                "--workload=W1:131072|--contenders=floor with --workload=W1:131072, expected fewer series: their",
                "--percents=50,25|--percents=[50, 25], expected rising numbers from 1 to 100",
                "--percents=0|--percents=[0], expected rising numbers from 1 to 100",
                "--percents=50,150|--percents=[50, 150], expected rising numbers from 1 to 100",
                "--percents=half|'half' is not an integer, expected -2147483648 to 2147483647 in ASCII digits",
                "--seconds=0|--seconds=0.0, expected more than 0, and at most 3600",
                "--seconds=NaN|'NaN' is not a decimal number, expected one in ASCII digits, such as 0.5",
                "--seconds=٣|'٣' is not a decimal number, expected one in ASCII digits, such as 0.5",
                "--seconds=0x1p3|'0x1p3' is not a decimal number, expected one in ASCII digits, such as 0.5",
                "--percents=٥٠|'٥٠' is not an integer, expected -2147483648 to 2147483647 in ASCII digits",
                "--percents=\"50|--percents=\"50 has a double quote that is not closed",
                "--seconds=1e9|--seconds=1.0E9, expected more than 0, and at most 3600",
                "--quick|Unknown option: '--quick'",
            })
    void shouldRefuseWrongUsage(final String argument, final String reason) {
        final CommandRun run = CommandRun.of("latency", "--out", directory.resolve("out"), argument);
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).contains(reason), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(directory.resolve("out")), "nothing is made where nothing is measured");
    }

    @Test
    void shouldRefuseUpdatesOfPointsThatComeInNoOrderOfTime() {
        final CommandRun run = CommandRun.of("latency", "--workload=W3:1", "--contenders=engine,updates");
        assertEquals(2, run.exitCode());
        assertEquals(
                "--contenders=updates with --workload=W3:1, expected W1 or W5, whose points come in the order of their"
                        + " times",
                run.errLines().get(0));
    }

    @Test
    void shouldLeaveOutWhoDoesNotSuitTheWorkload() {
        final CommandRun run =
                CommandRun.of("latency", "--workload=W2:5", "--percents=50", "--seconds=0.01", "--out", directory);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("\nengine "), run.out());
        assertFalse(run.out().contains("\nupdates "), run.out());
    }

    @Test
    void shouldSayWhereAllSeriesNeededABlockAtOnce() {
        assertTrue(latency("W2:5").contains("All series needed another block at once while stepped took points"));
        assertFalse(latency("W1:5").contains("at once"));
    }

    private String latency(final String workload) {
        final CommandRun run = CommandRun.of(
                "latency",
                "--contenders=floor,stepped",
                "--workload=" + workload,
                "--percents=50",
                "--seconds=0.3",
                "--out",
                directory);
        assertEquals(0, run.exitCode(), run.err());
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void shouldKeepAnotherCoreBusyUntilItIsClosed() {
        final Workload workload = Workload.named("W1:1");
        final PointBatch points = new PointBatch(1);
        new PointStream(workload).next(points);
        try (BusyContender busy = new BusyContender(workload)) {
            assertTrue(busyThread().findAny().isPresent());
            assertTrue(busy.isApplied(busy.send(points, 0)));
        }
        assertTrue(busyThread().findAny().isEmpty());
    }

    private static Stream<Thread> busyThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(BusyContender.THREAD_NAME));
    }

    @Test
    void shouldRefuseAFileWhereTheDirectoryShouldBe() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "mine");
        final CommandRun run = CommandRun.of("latency", "--out", file);
        assertEquals(1, run.exitCode());
        assertEquals(List.of("out=" + file + " is a file, expected a directory or an unused name"), run.errLines());
        assertEquals("mine", Files.readString(file));
    }
}
