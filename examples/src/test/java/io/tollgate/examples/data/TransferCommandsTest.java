package io.tollgate.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.data.SeriesSource;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that move data between directories and files of other programs. */
class TransferCommandsTest {
    private static final String POINTS = """
            series,time,value,known_at,ref
            tariff.US.CN,2025-03-04T05:01Z,20,2025-02-01T00:00Z,1
            tariff.US.CN,2025-04-10T04:01Z,145,2025-04-09T00:00Z,2
            tariff.US.CN,2025-04-10T04:01Z,WITHDRAW,2025-04-12T00:00Z,2
            tariff.EU.CN,2025-05-14T04:01Z,24.5,2025-05-12T00:00Z,
            tariff.EU.CN,2025-05-14T04:01Z,NA,2025-05-13T00:00:00.5Z,
            """;

    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long DAY_NS = 24 * HOUR_NS;

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void fill() throws IOException {
        data = directory.resolve("data");
        final Path points = Files.writeString(directory.resolve("points.csv"), POINTS);
        final CommandRun run = CommandRun.of(
                "replay", "--in", points, "--kind", "STEP", "--windows", "30d", "--metrics", "mean", "--dir", data);
        assertEquals(0, run.exitCode(), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "arrow", "arrows", "parquet"})
    void shouldBringEverythingBack(final String ending) throws IOException {
        final Path all = directory.resolve("all.csv");
        final Path file = directory.resolve("all." + ending);
        final Path loaded = directory.resolve("loaded");
        final Path again = directory.resolve("again.csv");
        assertEquals(
                "",
                CommandRun.of("dump", data, "--out", all, "--versions", "all").err());
        assertEquals(
                "",
                CommandRun.of("dump", data, "--out", file, "--versions", "all").err());
        final CommandRun load = CommandRun.of("load", file, "--dir", loaded);
        assertEquals("loaded " + file + ": series=2 rows=4 unchanged=0 refused=0\n", load.out(), load.err());
        assertEquals(
                "",
                CommandRun.of("dump", loaded, "--out", again, "--versions", "all")
                        .err());
        assertArrayEquals(Files.readAllBytes(all), Files.readAllBytes(again));
        assertFalse(Files.exists(Path.of(all + ".part")));
    }

    /** Both directories answer alike, at any instant and as known at any time. */
    @Test
    void shouldBringAnImageBackToTheBit() throws IOException {
        final Path image = directory.resolve("all.image");
        final Path loaded = directory.resolve("loaded");
        final CommandRun dump = CommandRun.of("dump", data, "--out", image);
        assertEquals("wrote 2 series to " + image + "\n", dump.out(), dump.err());
        final CommandRun dry = CommandRun.of("load", image, "--dir", loaded, "--dry-run");
        assertEquals("checked " + image + ": series=2\n", dry.out(), dry.err());
        assertFalse(Files.exists(loaded));
        final CommandRun load = CommandRun.of("load", image, "--dir", loaded);
        assertEquals("loaded " + image + ": series=2\n", load.out(), load.err());
        assertEquals(answers(data), answers(loaded));
        final Path again = directory.resolve("again.image");
        assertEquals("", CommandRun.of("dump", loaded, "--out", again).err());
        assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(again));
        final CommandRun twice = CommandRun.of("load", image, "--dir", loaded);
        assertEquals(1, twice.exitCode());
        assertTrue(
                twice.err().contains("tariff.EU.CN") && twice.err().endsWith("series loaded before: 0\n"), twice.err());
    }

    private static List<String> answers(final Path directory) {
        final Metric[] metrics = {Metric.COUNT, Metric.MEAN, Metric.SD, Metric.MIN, Metric.LAST, Metric.COVERAGE};
        final List<String> answers = new ArrayList<>();
        try (DirectoryView view = DirectoryView.open(directory)) {
            answers.add(view.now().toString());
            final long firstNs = Instants.parse("2025-01-30T00:00Z");
            for (int known = 0; known < 40; known++) {
                final MetricReader reader = view.newReader().asOf(firstNs + known * 3 * DAY_NS);
                final WindowReading reading =
                        reader.windows(List.of(Window.sliding(Duration.ofDays(30)), Window.last(2)), metrics);
                for (final Series series : SeriesSource.of(view).series(SeriesPattern.ANY)) {
                    for (int at = 0; at < 40; at++) {
                        reading.read(series, firstNs + at * 3 * DAY_NS + 5 * HOUR_NS);
                        answers.add(series.definition() + " " + reading);
                    }
                }
            }
        }
        return answers;
    }

    @Test
    void shouldSayHowMuchOfADamagedImageIsLoaded() throws IOException {
        final Path image = directory.resolve("all.image");
        assertEquals(0, CommandRun.of("dump", data, "--out", image).exitCode());
        final byte[] bytes = Files.readAllBytes(image);
        bytes[bytes.length - 1]++;
        Files.write(image, bytes);
        final CommandRun run = CommandRun.of("load", image, "--dir", directory.resolve("damaged"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith(image + ": image=series checksum="), run.err());
        assertTrue(run.err().endsWith("; series loaded before: 1\n"), run.err());
        bytes[0]++;
        Files.write(image, bytes);
        final CommandRun none = CommandRun.of("load", image, "--dir", directory.resolve("none"));
        assertEquals(1, none.exitCode());
        assertFalse(Files.exists(directory.resolve("none")));
    }

    @Test
    void shouldRefuseAnImageOfAnotherTime() {
        final Path image = directory.resolve("all.image");
        final CommandRun then = CommandRun.of("dump", data, "--out", image, "--as-known-at", "2025-04-10T00:00Z");
        assertEquals(2, then.exitCode());
        assertTrue(then.err().contains("an image has all versions"), then.err());
        assertFalse(Files.exists(image));
        final CommandRun some = CommandRun.of("dump", data, "--out", image, "--series", "tariff.EU.*");
        assertEquals("wrote 1 series to " + image + "\n", some.out(), some.err());
    }

    @Test
    void shouldDumpWhatWasKnownThen() throws IOException {
        final Path then = directory.resolve("then.csv");
        final CommandRun run = CommandRun.of(
                "dump", data, "--out", then, "--series", "tariff.US.*", "--as-known-at", "2025-04-10T00:00Z");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("""
                series,kind,unit,scale,valid_time,value,known_at,known_until,ref
                tariff.US.CN,STEP,UNDECLARED,6,2025-03-04T05:01:00Z,20,2025-02-01T00:00:00Z,,1
                tariff.US.CN,STEP,UNDECLARED,6,2025-04-10T04:01:00Z,145,2025-04-09T00:00:00Z,,2
                """, Files.readString(then));
    }

    @Test
    void shouldReportRefusedRowsAndLoadTheOthers() throws IOException {
        final Path file = Files.writeString(directory.resolve("bad.csv"), """
                series,valid_time,value,known_at
                a,2025-01-01T00:00:00Z,1,2025-01-01T00:00:00Z
                a,2025-01-02T00:00:00Z,one,2025-01-01T00:00:00Z
                """);
        final Path rejects = directory.resolve("rejects.csv");
        final Path target = directory.resolve("target");
        final CommandRun dry = CommandRun.of("load", file, "--dir", target, "--kind", "STEP", "--dry-run");
        assertEquals(1, dry.exitCode());
        assertTrue(dry.outLines().get(0).contains("valid_time=2025-01-01T00:00:00Z value=1"), dry.out());
        assertFalse(Files.exists(target));
        final CommandRun run = CommandRun.of("load", file, "--dir", target, "--kind", "STEP", "--rejects", rejects);
        assertEquals(1, run.exitCode());
        assertTrue(run.errLines().get(0).startsWith(file + ":3: value=one scale=6, expected"), run.err());
        assertEquals("loaded " + file + ": series=1 rows=2 unchanged=0 refused=1\n", run.out());
        assertTrue(Files.readString(rejects).contains(",3,"), Files.readString(rejects));
        final CommandRun undefined = CommandRun.of("load", file, "--dir", directory.resolve("other"));
        assertTrue(undefined.errLines().get(0).contains("a file of series beside this one"), undefined.err());
    }

    @Test
    void shouldReadADirectoryThatAnEngineHasOpen() throws IOException {
        try (Engine engine =
                TollgateEngine.launch(new EngineContext().directory(data).clockMode(ClockMode.KNOWLEDGE))) {
            final StepSeries rate =
                    (StepSeries) engine.series().find("tariff.EU.CN").orElseThrow();
            engine.awaitApplied(engine.publisher()
                    .point(rate)
                    .validAt(Instants.parse("2025-06-01T00:00Z"))
                    .value(rate.scaled("30"))
                    .knownAt(Instants.parse("2025-05-31T00:00Z"))
                    .offer());
            final Path live = directory.resolve("live.csv");
            final CommandRun dump = CommandRun.of("dump", data, "--out", live, "--series", "tariff.EU.*");
            assertEquals(0, dump.exitCode(), dump.err());
            assertEquals(
                    "tariff.EU.CN,STEP,UNDECLARED,6,2025-06-01T00:00:00Z,30,2025-05-31T00:00:00Z,,",
                    Files.readAllLines(live).get(2));
            final CommandRun sql = CommandRun.of("sql", data, "SELECT max(value) AS most FROM points");
            assertEquals("most\n30\n", sql.out(), sql.err());
        }
    }

    @Test
    void shouldAnswerSql() {
        final CommandRun run = CommandRun.of("sql", data, "SELECT series, value FROM points ORDER BY ALL");
        assertEquals("series,value\ntariff.EU.CN,\ntariff.US.CN,20\n", run.out(), run.err());
        final CommandRun wrong = CommandRun.of("sql", data, "SELECT nothing FROM points");
        assertEquals(1, wrong.exitCode());
        assertTrue(wrong.err().startsWith("query: "), wrong.err());
    }

    @Test
    void shouldReadAndWriteTheFormatsOfOthers() throws IOException {
        final Path german = Files.writeString(
                directory.resolve("german.csv"),
                "hs6;date;rate;note\n854110;2025-01-01;Free;x\n854110;2025-02-01;12,5 %;y\n");
        final Object[] options = {
            "--columns",
            "series=hs6,time=date,value=rate",
            "--ignore-other-columns",
            "--delimiter",
            ";",
            "--decimal",
            ",",
            "--percent",
            "--map",
            "Free=0",
            "--zone",
            "UTC",
            "--kind",
            "STEP",
            "--windows",
            "31d",
            "--metrics",
            "last"
        };
        final CommandRun dry = CommandRun.of(with(options, "replay", "--in", german, "--dry-run"));
        assertEquals(
                "2: series=854110 time=2025-01-01T00:00:00Z value=0\n"
                        + "3: series=854110 time=2025-02-01T00:00:00Z value=12.5\n",
                dry.out(),
                dry.err());
        final Path metrics = directory.resolve("metrics.parquet");
        final CommandRun run = CommandRun.of(with(options, "replay", "--in", german, "--out", metrics));
        assertEquals(0, run.exitCode(), run.err());
        final CommandRun read = CommandRun.of("sql", data, "SELECT series, value FROM '" + metrics + "' ORDER BY time");
        assertEquals("series,value\n854110,0\n854110,12.5\n", read.out(), read.err());
    }

    private static Object[] with(final Object[] options, final Object... first) {
        final Object[] all = Arrays.copyOf(first, first.length + options.length);
        System.arraycopy(options, 0, all, first.length, options.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "arrow", "parquet"})
    void shouldReplayEveryFormat(final String ending) {
        final Path file = directory.resolve("all." + ending);
        assertEquals(0, CommandRun.of("dump", data, "--out", file).exitCode());
        final Object[] options = {
            "--columns",
            "time=valid_time",
            "--ignore-other-columns",
            "--kind",
            "STEP",
            "--windows",
            "30d",
            "--metrics",
            "last"
        };
        final CommandRun run = CommandRun.of(with(options, "replay", "--in", file));
        assertEquals(
                "series,time,window,metric,value,status\n"
                        + "tariff.EU.CN,2025-05-13T00:00:00.5Z,30d,last,,EMPTY\n"
                        + "tariff.US.CN,2025-05-13T00:00:00.5Z,30d,last,20,OK\n",
                run.out(),
                run.err());
    }
}
