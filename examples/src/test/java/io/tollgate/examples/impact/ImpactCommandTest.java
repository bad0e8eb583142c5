package io.tollgate.examples.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tollgate.examples.Tollgate;
import io.tollgate.examples.impact.finding.MetricRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImpactCommandTest {
    private static final Locale LOCALE_BEFORE = Locale.getDefault();
    private static final StringWriter OUT = new StringWriter();
    private static final StringWriter SUMMARY = new StringWriter();
    private static int exitCode;
    private static int summaryExitCode;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void runOnceInALocaleWithOtherDigits() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        exitCode = execute(
                OUT,
                new StringWriter(),
                "--verbose",
                "--out",
                directory.resolve("a/b").toString());
        summaryExitCode = execute(
                SUMMARY,
                new StringWriter(),
                "--out",
                directory.resolve("summary").toString());
    }

    @AfterAll
    static void restoreLocale() {
        Locale.setDefault(LOCALE_BEFORE);
    }

    @Test
    void shouldPrintTheStudyWithin80ColumnsOfAscii() {
        assertEquals(0, exitCode);
        final List<String> lines = OUT.toString().lines().toList();
        assertTrue(lines.contains("Change of the add-on rate on 14 May 2025"));
        assertTrue(lines.stream().anyMatch(line -> line.contains("-115") && line.startsWith("US ")));
        for (final String line : lines) {
            assertTrue(line.length() <= 80 || line.startsWith(directory.toString()), line);
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
        }
        assertTrue(lines.contains(directory.resolve("a/b/report.html").toString()));
        final List<String> last = lines.subList(lines.size() - 2, lines.size());
        assertTrue(
                last.get(0).matches("Engine: 66,448 points in 28,729 series, [0-9,]+ points/s, .* MiB off-heap"),
                last.get(0));
        assertEquals("Refused: none", last.get(1));
    }

    @Test
    void shouldPrintASummaryThatLeadsToTheReport() {
        assertEquals(0, summaryExitCode);
        final List<String> lines = SUMMARY.toString().lines().toList();
        assertTrue(lines.size() <= 60, SUMMARY::toString);
        final Path report = directory.resolve("summary/report.html");
        assertTrue(Files.exists(report));
        assertTrue(lines.contains(report.toString()), SUMMARY::toString);
        assertTrue(lines.contains("The truce of 14 May 2025: -115 / -115 pp"), SUMMARY::toString);
        assertEquals("Refused: none", lines.get(lines.size() - 1));
        for (final String line : lines) {
            assertTrue(line.length() <= 80 || line.startsWith(directory.toString()), line);
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
        }
    }

    @Test
    void shouldWriteEveryNumberToTheMetricsFile() throws IOException {
        final Path file = directory.resolve("a/b/metrics.csv");
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            final List<NamedCsvRecord> rows = csv.stream().toList();
            assertEquals(MetricRow.HEADER, rows.get(0).getHeader());
            final List<NamedCsvRecord> truce = rows.stream()
                    .filter(row -> row.getField("section").equals("truce")
                            && row.getField("metric").equals("delta"))
                    .toList();
            assertEquals(2, truce.size());
            for (final NamedCsvRecord row : truce) {
                assertEquals("-115", row.getField("value"));
                assertEquals("PP", row.getField("unit"));
                assertEquals("OK", row.getField("status"));
                assertEquals("page", row.getField("verified"));
            }
            assertTrue(rows.stream().allMatch(row -> row.getField("value").matches("-?[0-9]*(\\.[0-9]+)?")));
            final List<NamedCsvRecord> gaps = rows.stream()
                    .filter(row -> row.getField("metric").equals("gap"))
                    .toList();
            assertFalse(gaps.isEmpty());
            for (final NamedCsvRecord row : gaps) {
                assertEquals("PP", row.getField("unit"), row.toString());
            }
        }
    }

    @Test
    void shouldWriteThePageAndEachChartTwice() throws IOException {
        final Path out = directory.resolve("a/b");
        assertTrue(Files.readString(out.resolve("report.html")).contains("US-China tariffs and licences"));
        for (final String chart : List.of(
                "headline-spring",
                "headline-rates",
                "section-301-lists",
                "hs6-averages",
                "uk-licences-quarterly",
                "magnet-exports",
                "truce-conduct",
                "watch-events",
                "stacked-rates",
                "s301-chapters",
                "hs2-averages",
                "licence-backlog",
                "magnets-by-destination")) {
            assertTrue(Files.size(out.resolve("charts/" + chart + ".svg")) > 0, chart);
            assertTrue(Files.size(out.resolve("charts/" + chart + ".png")) > 0, chart);
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsAFileInOneLine() throws IOException {
        final Path file = Files.createFile(directory.resolve("file"));
        final StringWriter err = new StringWriter();

        assertEquals(1, execute(new StringWriter(), err, "--out", file.toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("out=" + file), err.toString());
    }

    @Test
    void shouldReportWrongUsageAndHelpByExitCode() {
        final StringWriter help = new StringWriter();

        assertEquals(2, execute(new StringWriter(), new StringWriter(), "--no-such-option"));
        assertEquals(2, execute(new StringWriter(), new StringWriter(), "--out"));
        assertEquals(0, execute(help, new StringWriter(), "--help"));
        assertTrue(help.toString().contains("metrics.csv contains the numbers of the tables"), help.toString());
    }

    private static int execute(final StringWriter out, final StringWriter err, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("impact"));
        command.addAll(List.of(arguments));
        return Tollgate.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command.toArray(String[]::new));
    }
}
