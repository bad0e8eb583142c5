package io.tollgate.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.data.DataFormat;
import io.tollgate.data.DumpOptions;
import io.tollgate.data.SeriesSource;
import io.tollgate.data.SeriesTable;
import io.tollgate.data.VersionDump;
import io.tollgate.data.VersionLoad;
import io.tollgate.data.VersionTable;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB and Hardwood read our files, and agree with the dump in sums, counts, nulls, nanoseconds and decimals. */
class DuckDbTest {
    private static final long START_NS = 1_600_000_000_123_456_789L;
    private static final String TOTALS = "SELECT count(*), count(value), sum(value)::VARCHAR, count(known_until),"
            + " count(ref), sum(epoch_ns(valid_time) % 1000000007)::VARCHAR,"
            + " sum(epoch_ns(known_at) % 1000000007)::VARCHAR, count(DISTINCT series), sum(scale)::VARCHAR FROM ";

    @TempDir
    private Path directory;

    @AutoClose
    private final Engine engine = newEngine();

    private final Random random = new Random(seed());

    private static long seed() {
        final long seed = Long.getLong("tollgate.test.seed", Long.getLong("tollgate.test.seeds", System.nanoTime()));
        System.out.println("DuckDbTest: -Dtollgate.test.seed=" + seed);
        return seed;
    }

    private static TollgateEngine newEngine() {
        return TollgateEngine.launch(new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.KNOWLEDGE)
                .refusalHandler(refusal -> {}));
    }

    @BeforeEach
    void fill() {
        final List<Series> series = engine.series()
                .define(List.of(
                        SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2),
                        SeriesDefinition.flow("Zölle, \"关税\"", Unit.COUNT, 0),
                        SeriesDefinition.flow("fine", new Unit("TONNE"), 9),
                        SeriesDefinition.step("closed", Unit.PERCENT, 1)));
        for (int i = 0; i < 6_000; i++) {
            final Series next = series.get(random.nextInt(3));
            final PointEncoder point = engine.publisher()
                    .point(next)
                    .validAt(START_NS + random.nextInt(3_000) * 86_400_000_001L)
                    .knownAt(START_NS + i / 3)
                    .reference(random.nextInt(3) == 0 ? Publisher.NO_REFERENCE : random.nextInt(1_000));
            final int kind = random.nextInt(8);
            final long ticket = kind == 0
                    ? point.withdraw()
                    : kind == 1 && next instanceof StepSeries
                            ? point.unknown().offer()
                            : point.value(kind == 2 ? random.nextLong() / 2 : random.nextInt(20_000) - 10_000)
                                    .offer();
            engine.awaitApplied(ticket);
        }
        engine.series()
                .close(series.get(3), LifeEnd.at(START_NS).knownAt(START_NS + 7).followedBy(series.get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "jsonl"})
    void shouldAgreeWithDuckDbOnEveryFile(final String ending) throws IOException, SQLException {
        final Path file = directory.resolve("it's." + ending);
        try (RowWriter writer = writer(file)) {
            dump(writer);
        }
        final String columns = "{series: 'VARCHAR', kind: 'VARCHAR', unit: 'VARCHAR', scale: 'INTEGER',"
                + " valid_time: 'TIMESTAMP_NS', value: 'DECIMAL(28,9)', known_at: 'TIMESTAMP_NS',"
                + " known_until: 'TIMESTAMP_NS', ref: 'BIGINT'}";
        final String name = DuckDatabase.literal(file.toString());
        final String source = switch (ending) {
            case "csv" -> "read_csv(" + name + ", header = true, columns = " + columns + ")";
            case "jsonl" -> "read_json(" + name + ", format = 'newline_delimited', columns = " + columns + ")";
            default -> "read_parquet(" + name + ")";
        };
        try (Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Connection tables = connect()) {
            assertEquals(expected(), lines(plain, TOTALS + source));
            assertEquals(expected(), lines(tables, TOTALS + "versions"));
            assertEquals(
                    lines(tables, "SELECT * FROM versions ORDER BY ALL"),
                    lines(plain, "SELECT * FROM " + source + " ORDER BY ALL"));
        }
    }

    /** Hardwood is a reader of Parquet without native code. It needs a later JDK than the tests. */
    @Test
    void shouldAgreeWithHardwoodOnAParquetFile() throws IOException, InterruptedException, URISyntaxException {
        final Optional<Path> java = laterJava();
        assumeTrue(java.isPresent(), "no JDK 25 below /usr/lib/jvm");
        final Path file = directory.resolve("versions.parquet");
        try (RowWriter writer = writer(file)) {
            dump(writer);
        }
        final Path program =
                Path.of(DuckDbTest.class.getResource("/ParquetTotals.java").toURI());
        final Path totals = directory.resolve("totals");
        final Process process = new ProcessBuilder(
                        java.get().toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        jarWith("/dev/hardwood/InputFile.class")
                                + File.pathSeparator
                                + jarWith("/org/xerial/snappy/Snappy.class"),
                        program.toString(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(totals.toFile())
                .start();
        process.waitFor();
        assertEquals(expected(), Files.readAllLines(totals));
    }

    private static String jarWith(final String resource) throws IOException, URISyntaxException {
        final JarURLConnection jar =
                (JarURLConnection) DuckDbTest.class.getResource(resource).openConnection();
        return Path.of(jar.getJarFileURL().toURI()).toString();
    }

    private static Optional<Path> laterJava() throws IOException {
        final Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(installed)) {
            return homes.filter(home -> home.getFileName().toString().contains("25"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private static RowWriter writer(final Path file) throws IOException {
        final Optional<DataFormat> format = DataFormat.of(file);
        return format.isPresent()
                ? format.get().writer(Files.newOutputStream(file), VersionTable.COLUMNS)
                : new ParquetRowWriter(file, VersionTable.COLUMNS);
    }

    /** The totals of the dump as text, computed with integers. */
    private List<String> expected() throws IOException {
        long rows = 0;
        long values = 0;
        BigDecimal sum = BigDecimal.ZERO.setScale(9);
        long ended = 0;
        long references = 0;
        long valid = 0;
        long known = 0;
        long scales = 0;
        try (RowReader row = DataFormat.CSV.reader(new ByteArrayInputStream(csv()))) {
            while (row.next()) {
                rows++;
                values += row.isEmpty(5) ? 0 : 1;
                sum = row.isEmpty(5) ? sum : sum.add(new BigDecimal(row.text(5)));
                ended += row.isEmpty(7) ? 0 : 1;
                references += row.isEmpty(8) ? 0 : 1;
                valid += row.instantNs(4) % 1_000_000_007;
                known += row.instantNs(6) % 1_000_000_007;
                scales += row.integer(3);
            }
        }
        return List.of(String.join(
                "|",
                Long.toString(rows),
                Long.toString(values),
                sum.toPlainString(),
                Long.toString(ended),
                Long.toString(references),
                Long.toString(valid),
                Long.toString(known),
                "3",
                Long.toString(scales)));
    }

    private byte[] csv() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter writer = DataFormat.CSV.writer(bytes, VersionTable.COLUMNS)) {
            dump(writer);
        }
        return bytes.toByteArray();
    }

    /** Writes the versions, and returns the file of series. */
    private byte[] dump(final RowWriter writer) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter series = DataFormat.CSV.writer(bytes, SeriesTable.COLUMNS)) {
            new VersionDump(SeriesSource.of(engine), DumpOptions.ALL).write(writer, series, rows -> {});
        }
        return bytes.toByteArray();
    }

    private Connection connect() throws SQLException {
        return SqlTables.connect(SeriesSource.of(engine), engine::now);
    }

    private static List<String> lines(final Connection connection, final String sql) throws SQLException {
        final List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                final List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(row.getObject(i)));
                }
                lines.add(String.join("|", values));
            }
        }
        return lines;
    }

    @Test
    void shouldLoadAParquetFile() throws IOException {
        final Path file = directory.resolve("all.parquet");
        final byte[] series;
        try (RowWriter writer = new ParquetRowWriter(file, VersionTable.COLUMNS)) {
            series = dump(writer);
        }
        try (TollgateEngine loaded = newEngine();
                RowReader definitions = DataFormat.CSV.reader(new ByteArrayInputStream(series));
                RowReader versions = new ParquetRowReader(file)) {
            final VersionLoad load = new VersionLoad(loaded, Optional.empty(), (a, b, c, message, text) -> {
                throw new AssertionError(message);
            });
            load.define(definitions);
            load.load(versions, rows -> {});
            final ByteArrayOutputStream again = new ByteArrayOutputStream();
            try (RowWriter writer = DataFormat.CSV.writer(again, VersionTable.COLUMNS);
                    RowWriter rest = DataFormat.CSV.writer(new ByteArrayOutputStream(), SeriesTable.COLUMNS)) {
                new VersionDump(SeriesSource.of(loaded), DumpOptions.ALL).write(writer, rest, rows -> {});
            }
            assertEquals(new String(csv(), StandardCharsets.UTF_8), again.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldReadTextsThatRepeatAndAreMissing() throws IOException, SQLException {
        final Path file = directory.resolve("texts.parquet");
        try (Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = plain.createStatement()) {
            statement.execute(
                    "COPY (SELECT * FROM (VALUES (NULL, 'x'), ('a', 'x'), ('a', NULL), (NULL, NULL), ('', 'y'),"
                            + " ('b', 'y'), ('a', 'y')) AS texts(one, two)) TO "
                            + DuckDatabase.literal(file.toString()));
        }
        final List<String> texts = new ArrayList<>();
        try (RowReader reader = new ParquetRowReader(file)) {
            while (reader.next()) {
                texts.add(reader.text(0) + '|' + reader.text(1));
                assertEquals(reader.text(0).isEmpty(), reader.isEmpty(0), texts::toString);
                assertEquals(reader.text(1).isEmpty(), reader.isEmpty(1), texts::toString);
            }
        }
        assertEquals(List.of("|x", "a|x", "a|", "|", "|y", "b|y", "a|y"), texts);
    }

    @Test
    void shouldAnswerQueriesOverTheTables() throws SQLException {
        try (Connection tables = connect()) {
            assertEquals(
                    List.of("closed|STEP|PERCENT|1|tariff.US.CN|true"),
                    lines(
                            tables,
                            "SELECT series, kind, unit, scale, successor, epoch_ns(life_end) = " + START_NS
                                    + " FROM series WHERE life_end IS NOT NULL"));
            assertEquals(
                    lines(tables, "SELECT * FROM versions WHERE known_until IS NULL ORDER BY ALL"),
                    lines(tables, "SELECT * FROM points ORDER BY ALL"));
            final WindowReading mean = engine.newReader().window(Window.sliding(Duration.ofDays(3_000)), Metric.MEAN);
            final Series rate = engine.series().find("tariff.US.CN").orElseThrow();
            final double expected = mean.read(rate, engine.now()).value(Metric.MEAN);
            final String status = mean.status(Metric.MEAN).name();
            assertEquals(
                    List.of("tariff.US.CN|" + (Double.isNaN(expected) ? "null" : expected) + "|" + status),
                    lines(
                            tables,
                            "SELECT series, value, status FROM metrics('3000d', 'mean') WHERE series LIKE 'tariff%'"));
            final SQLException refused =
                    assertThrows(SQLException.class, () -> lines(tables, "SELECT * FROM metrics('3000d', 'meen')"));
            assertTrue(refused.getMessage().contains("metric=meen, expected"), refused.getMessage());
        }
    }

    @Test
    void shouldShowNewPointsToNewQueries() throws SQLException {
        try (Connection tables = connect()) {
            final long before =
                    Long.parseLong(lines(tables, "SELECT count(*) FROM points").get(0));
            final Series rate = engine.series().find("tariff.US.CN").orElseThrow();
            engine.awaitApplied(engine.publisher()
                    .point(rate)
                    .validAt(Instants.parse("1999-01-01T00:00:00.000000001Z"))
                    .value(7)
                    .knownAt(engine.now())
                    .offer());
            assertEquals(List.of(Long.toString(before + 1)), lines(tables, "SELECT count(*) FROM points"));
            assertEquals(
                    List.of("1999-01-01 00:00:00.000000001|0.070000000"),
                    lines(tables, "SELECT valid_time, value FROM points ORDER BY valid_time LIMIT 1"));
        }
    }

    @Test
    void shouldWriteTheResultOfAQuery() throws SQLException, IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection tables = connect();
                Statement statement = tables.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 'a,b' AS t, 7 AS i, 9223372036854775807 AS l,"
                        + " 1.50::DECIMAL(10,2) AS d, make_timestamp_ns(1) AS n, 0.1::DOUBLE AS r, NULL AS e,"
                        + " true AS b,"
                        + " sum(1.5::DECIMAL(10,2)) AS s, 170141183460469231731687303715884105727::HUGEINT AS h")) {
            final SqlResult result = new SqlResult(rows);
            try (RowWriter writer = DataFormat.CSV.writer(bytes, result.columns())) {
                assertEquals(1, result.writeTo(writer));
            }
        }
        assertEquals(
                "t,i,l,d,n,r,e,b,s,h\n\"a,b\",7,9223372036854775807,1.5,1970-01-01T00:00:00.000000001Z,0.1,,true,1.5,"
                        + "170141183460469231731687303715884105727\n",
                bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldRefuseWhatIsNoParquetFile() throws IOException {
        final Path text = Files.writeString(directory.resolve("text.parquet"), "series,time,value\n");
        final FileFormatException refused = assertThrows(FileFormatException.class, () -> new ParquetRowReader(text));
        assertTrue(refused.getMessage().startsWith("cannot be read as Parquet: "), refused.getMessage());
        final RowWriter nowhere =
                new ParquetRowWriter(directory.resolve("none").resolve("x.parquet"), VersionTable.COLUMNS);
        final IOException unwritten = assertThrows(IOException.class, nowhere::close);
        assertTrue(unwritten.getMessage().contains("cannot be written as Parquet"), unwritten.getMessage());
        assertFalse(Files.exists(directory.resolve("none")));
    }
}
