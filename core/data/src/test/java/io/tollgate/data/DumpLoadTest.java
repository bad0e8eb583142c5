package io.tollgate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dump of all versions, loaded into an empty engine, gives the same dump again. */
class DumpLoadTest {
    private final Random random = new Random(TestSeed.of("DumpLoadTest"));

    /** The two files of a dump. */
    private record Files(byte[] versions, byte[] series) {
        String text() {
            return new String(series, StandardCharsets.UTF_8) + new String(versions, StandardCharsets.UTF_8);
        }
    }

    @RepeatedTest(10)
    void shouldGiveTheSameBytesAgain() throws IOException {
        try (TollgateEngine engine = RandomContent.newEngine();
                TollgateEngine loaded = RandomContent.newEngine()) {
            final RandomContent content = new RandomContent(engine, random);
            content.fill(2_000);
            content.closeSome();
            assertSameAgain(engine, loaded);
            for (int i = 0; i < 10; i++) {
                final long known =
                        RandomContent.START_NS + random.nextLong(content.knownAtNs() - RandomContent.START_NS + 1);
                final DumpOptions options = new DumpOptions(SeriesPattern.ANY, random.nextBoolean(), known);
                assertEquals(
                        dump(SeriesSource.of(engine), options, DataFormat.CSV).text(),
                        dump(SeriesSource.of(loaded), options, DataFormat.CSV).text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAllInEveryFormat(final DataFormat format, @TempDir final Path directory) throws IOException {
        final Files expected;
        try (TollgateEngine engine =
                TollgateEngine.launch(RandomContent.context().directory(directory))) {
            final RandomContent content = new RandomContent(engine, random);
            content.fill(3_000);
            content.closeSome();
            expected = dump(SeriesSource.of(engine), DumpOptions.ALL, DataFormat.CSV);
        }
        try (DirectoryView view = DirectoryView.open(directory);
                TollgateEngine loaded = RandomContent.newEngine()) {
            final Files dump = dump(SeriesSource.of(view), DumpOptions.ALL, format);
            assertEquals(List.of(), load(loaded, dump, format));
            assertEquals(
                    expected.text(),
                    dump(SeriesSource.of(loaded), DumpOptions.ALL, DataFormat.CSV)
                            .text());
        }
    }

    @Test
    void shouldWithdrawPointWithoutReferenceAfterOthersOfItsInstant() throws IOException {
        try (TollgateEngine engine = RandomContent.newEngine();
                TollgateEngine loaded = RandomContent.newEngine()) {
            final Series licences = engine.defineFlow(SeriesDefinition.flow("licences", Unit.COUNT, 0));
            point(engine, licences, 18, Publisher.NO_REFERENCE).value(1).offer();
            point(engine, licences, 66, -1).value(2).offer();
            point(engine, licences, 120, -1).withdraw();
            point(engine, licences, 120, Publisher.NO_REFERENCE).withdraw();
            final long ticket = point(engine, licences, 120, -1).value(3).offer();
            engine.awaitApplied(ticket);
            assertSameAgain(engine, loaded);
        }
    }

    @RepeatedTest(200)
    void shouldKeepPointsOfOneInstant() throws IOException {
        try (TollgateEngine engine = RandomContent.newEngine();
                TollgateEngine loaded = RandomContent.newEngine()) {
            final Series licences = engine.defineFlow(SeriesDefinition.flow("licences", Unit.COUNT, 0));
            for (int i = 0; i < 30; i++) {
                final long reference = random.nextBoolean() ? random.nextInt(2) : Publisher.NO_REFERENCE;
                final PointEncoder point = point(engine, licences, i / 10, reference);
                final long ticket = random.nextBoolean()
                        ? point.withdraw()
                        : point.value(random.nextInt(3)).offer();
                engine.awaitApplied(ticket);
            }
            assertSameAgain(engine, loaded);
        }
    }

    private static PointEncoder point(
            final Engine engine, final Series series, final long afterNs, final long reference) {
        return engine.publisher()
                .point(series)
                .validAt(RandomContent.START_NS)
                .knownAt(RandomContent.START_NS + afterNs)
                .reference(reference);
    }

    private static void assertSameAgain(final Engine engine, final Engine loaded) throws IOException {
        final Files dump = dump(SeriesSource.of(engine), DumpOptions.ALL, DataFormat.CSV);
        assertEquals(List.of(), load(loaded, dump, DataFormat.CSV), dump::text);
        assertEquals(
                dump.text(),
                dump(SeriesSource.of(loaded), DumpOptions.ALL, DataFormat.CSV).text());
    }

    @Test
    void shouldDumpWhatCounts() throws IOException {
        try (TollgateEngine engine = RandomContent.newEngine()) {
            new RandomContent(engine, random).fill(2_000);
            final List<String> all = lines(dump(SeriesSource.of(engine), DumpOptions.ALL, DataFormat.CSV));
            final List<String> counting = new ArrayList<>();
            for (final String line : all) {
                final String[] fields = line.split(",");
                // The field known_until is the last but one, and blank while a version counts.
                if (fields.length < 2 || line.matches(".*Z,,[-0-9]*") || line.startsWith("series,")) {
                    counting.add(line);
                }
            }
            assertTrue(counting.size() < all.size());
            assertEquals(counting, lines(dump(SeriesSource.of(engine), DumpOptions.COUNTING, DataFormat.CSV)));
        }
    }

    private static List<String> lines(final Files dump) {
        return new String(dump.versions(), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldRefuseRowsByNumberAndLoadTheOthers() throws IOException {
        final String series = """
                series,kind,unit,scale,duplicates,heartbeat,period,windows,shapes,\
                life_start,life_end,life_end_known_at,successor
                a,STEP,PERCENT,2,REVISE,,,,,,,,
                b,STEP,PERCENT,2,SUM,,,,,,,,
                c,FLOW,COUNT,0,ALL,,,,,,,,
                """;
        final String versions = """
                series,valid_time,value,known_at,known_until,ref
                a,2025-01-01T00:00:00Z,1,2025-01-01T00:00:00Z,,
                a,2025-01-02T00:00:00Z,1.234,2025-01-01T00:00:00Z,,
                a,2025-01-03T00:00:00Z,2,2025-01-02T00:00:00Z,2025-01-01T00:00:00Z,
                a,2025-01-04T00:00:00Z,2
                a,yesterday,2,2025-01-02T00:00:00Z,,
                b,2025-01-01T00:00:00Z,1,2025-01-01T00:00:00Z,,
                c,2025-01-01T00:00:00Z,,2025-01-01T00:00:00Z,,
                c,2025-01-01T00:00:00Z,3,2025-01-01T00:00:00Z,,7
                a,2025-01-09T00:00:00Z,2,2025-01-09T00:00:00Z,,
                """;
        try (TollgateEngine engine = RandomContent.newEngine()) {
            final List<String> refused = load(
                    engine,
                    new Files(versions.getBytes(StandardCharsets.UTF_8), series.getBytes(StandardCharsets.UTF_8)),
                    DataFormat.CSV);
            assertEquals(
                    List.of(
                            "series 3 UNREADABLE",
                            "3 UNREADABLE",
                            "4 UNREADABLE",
                            "5 UNREADABLE",
                            "6 UNREADABLE",
                            "7 NO_SERIES",
                            "8 UNREADABLE",
                            "10 NO_SERIES"),
                    refused);
            final List<String> kept = lines(dump(SeriesSource.of(engine), DumpOptions.ALL, DataFormat.CSV));
            assertEquals(
                    List.of(
                            "a,STEP,PERCENT,2,2025-01-01T00:00:00Z,1,2025-01-01T00:00:00Z,,",
                            "c,FLOW,COUNT,0,2025-01-01T00:00:00Z,3,2025-01-01T00:00:00Z,,7"),
                    kept.subList(1, kept.size()));
        }
    }

    @Test
    void shouldRefuseOlderKnowledgeAndOtherDefinitions() throws IOException {
        try (TollgateEngine engine = RandomContent.newEngine();
                TollgateEngine other = RandomContent.newEngine()) {
            new RandomContent(engine, random).fill(500);
            final Files dump = dump(SeriesSource.of(engine), DumpOptions.ALL, DataFormat.CSV);
            final Series licences =
                    other.series().define(RandomContent.definitions()).get(3);
            final long ticket = other.publisher()
                    .point(licences)
                    .validAt(RandomContent.START_NS)
                    .value(1)
                    .knownAt(Instants.MAX)
                    .offer();
            other.awaitApplied(ticket);
            final List<String> refused = load(other, dump, DataFormat.CSV);
            assertTrue(refused.size() > 10);
            assertTrue(refused.stream().allMatch(line -> line.endsWith("KNOWLEDGE_DECREASES")), refused.toString());
            final byte[] changed = new String(dump.series(), StandardCharsets.UTF_8)
                    .replace("licences,FLOW,COUNT,0", "licences,FLOW,COUNT,1")
                    .getBytes(StandardCharsets.UTF_8);
            final List<String> mismatched = load(other, new Files(dump.versions(), changed), DataFormat.CSV);
            assertTrue(mismatched.get(0).endsWith("OTHER_DEFINITION"), mismatched.toString());
        }
    }

    private static Files dump(final SeriesSource source, final DumpOptions options, final DataFormat format)
            throws IOException {
        final ByteArrayOutputStream versions = new ByteArrayOutputStream();
        final ByteArrayOutputStream series = new ByteArrayOutputStream();
        try (RowWriter versionWriter = format.writer(versions, VersionTable.COLUMNS);
                RowWriter seriesWriter = DataFormat.CSV.writer(series, SeriesTable.COLUMNS)) {
            new VersionDump(source, options).write(versionWriter, seriesWriter, rows -> {});
        }
        return new Files(versions.toByteArray(), series.toByteArray());
    }

    /** Loads a dump, and returns the numbers of refused rows with their reasons. */
    private static List<String> load(final Engine engine, final Files dump, final DataFormat format)
            throws IOException {
        final List<String> refused = new ArrayList<>();
        final VersionLoad load = new VersionLoad(
                engine,
                Optional.empty(),
                (isOfSeries, row, reason, message, text) ->
                        refused.add((isOfSeries ? "series " : "") + row + " " + reason));
        try (RowReader versions = format.reader(new ByteArrayInputStream(dump.versions()));
                RowReader series = DataFormat.CSV.reader(new ByteArrayInputStream(dump.series()))) {
            load.define(series);
            final LoadReport report = load.load(versions, rows -> {});
            assertEquals(refused.size(), report.refusedCount());
        }
        return refused;
    }
}
