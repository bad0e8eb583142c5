package io.tollgate.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.examples.ChildProcess;
import io.tollgate.examples.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that another process writes, that it left when it was killed, or that must be rebuilt. */
class LiveDirectoryTest {
    private static final int SERIES = 4;
    private static final int POINTS_OF_A_ROUND = 1_000;
    private static final long START_NS = 1_600_000_000_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldDumpWhileAnotherProcessWritesAndAfterItWasKilled() throws Exception {
        final Path data = directory.resolve("data");
        final Process writer = ChildProcess.builder(List.of(), Writer.class, data)
                .redirectError(directory.resolve("err").toFile())
                .start();
        final long acknowledged;
        try (BufferedReader applied = writer.inputReader()) {
            applied.readLine();
            final Path live = directory.resolve("live.csv");
            final CommandRun dump = CommandRun.of("dump", data, "--out", live);
            assertEquals(0, dump.exitCode(), dump.err());
            for (int series = 0; series < SERIES; series++) {
                assertTrue(countOf(live, series) >= POINTS_OF_A_ROUND, () -> dump.out());
            }
            final CommandRun sql = CommandRun.of("sql", data, "SELECT count(DISTINCT series) AS n FROM points");
            assertEquals("n\n" + SERIES + "\n", sql.out(), sql.err());
            // The process writes on: it acknowledges another round.
            acknowledged = Long.parseLong(applied.readLine());
        } finally {
            writer.destroyForcibly().waitFor();
        }
        int torn = 0;
        for (int series = 0; series < SERIES; series++) {
            torn += requireKept(data, series, acknowledged) ? 0 : 1;
        }
        assertTrue(torn <= 1, "torn=" + torn);
        // An engine repairs the series that the process was changing when it was killed.
        TollgateEngine.launch(context(data)).close();
        for (int series = 0; series < SERIES; series++) {
            assertTrue(requireKept(data, series, acknowledged));
        }
        final Path image = directory.resolve("all.image");
        assertEquals(0, CommandRun.of("dump", data, "--out", image).exitCode());
        final Path loaded = directory.resolve("loaded");
        final CommandRun load = CommandRun.of("load", image, "--dir", loaded);
        assertEquals("loaded " + image + ": series=" + SERIES + "\n", load.out(), load.err());
        final Path all = directory.resolve("all.csv");
        final Path again = directory.resolve("again.csv");
        assertEquals(0, CommandRun.of("dump", data, "--out", all).exitCode());
        assertEquals(0, CommandRun.of("dump", loaded, "--out", again).exitCode());
        assertEquals(-1, Files.mismatch(all, again));
    }

    /** Dumps a series. Returns false if the process was killed while it changed the series, and the dump says so. */
    private boolean requireKept(final Path data, final int series, final long acknowledged) throws IOException {
        final Path file = directory.resolve("series.csv");
        final CommandRun dump = CommandRun.of("dump", data, "--out", file, "--series", key(series));
        if (dump.exitCode() == 0) {
            final long count = countOf(file, series);
            assertTrue(count >= acknowledged, "count=" + count + " acknowledged=" + acknowledged);
            return true;
        }
        assertEquals(1, dump.exitCode());
        assertTrue(dump.err().startsWith("series=" + key(series) + ": changes all the time"), dump.err());
        assertTrue(dump.err().contains("open the directory with an engine"), dump.err());
        return false;
    }

    /** Returns the number of points of a series, which must be the first ones that were written. */
    private static long countOf(final Path file, final int series) throws IOException {
        final List<String> rows = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key(series) + ','))
                .toList();
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(Integer.toString(i), rows.get(i).split(",")[5], rows.get(i));
        }
        return rows.size();
    }

    private static String key(final int series) {
        return "live." + series;
    }

    private static EngineContext context(final Path data) {
        return new EngineContext().directory(data).clockMode(ClockMode.KNOWLEDGE);
    }

    /** Writes rising values to some series until it is killed, and prints the number of points after each round. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] arguments) {
            final Engine engine = TollgateEngine.launch(context(Path.of(arguments[0])));
            final List<Series> all = new ArrayList<>();
            for (int i = 0; i < SERIES; i++) {
                all.add(engine.defineStep(SeriesDefinition.step(key(i), Unit.COUNT, 0)));
            }
            for (int value = 0; ; value++) {
                long ticket = 0;
                for (final Series series : all) {
                    ticket = offer(engine, series, value);
                }
                if (value % POINTS_OF_A_ROUND == POINTS_OF_A_ROUND - 1) {
                    engine.awaitApplied(ticket);
                    System.out.println(value + 1);
                }
            }
        }

        private static long offer(final Engine engine, final Series series, final int value) {
            long ticket = Publisher.BACK_PRESSURED;
            while (ticket == Publisher.BACK_PRESSURED) {
                ticket = engine.publisher()
                        .point(series)
                        .validAt(START_NS + value)
                        .knownAt(START_NS + value)
                        .value(value)
                        .offer();
            }
            return ticket;
        }
    }

    @Test
    void shouldSayThatADirectoryMustBeRebuiltAndHow() throws IOException {
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            engine.defineStep(SeriesDefinition.step(key(0), Unit.COUNT, 0));
        }
        try (ManifestFile manifest = ManifestFile.open(new SystemFileAccess(), data)) {
            manifest.write(manifest.current().rebuilding());
        }
        final String expected = "dataDirectory=" + data.toRealPath()
                + " state=REBUILDING: the store has to be rebuilt from the log; open it with an engine,"
                + " or run recover\n";
        for (final String ending : List.of("csv", "parquet", "image")) {
            final Path file = directory.resolve("all." + ending);
            final CommandRun dump = CommandRun.of("dump", data, "--out", file);
            assertEquals(1, dump.exitCode());
            assertEquals(expected, dump.err());
            assertEquals("", dump.out());
            assertTrue(Files.notExists(file) && Files.notExists(Path.of(file + ".part")));
        }
        final CommandRun sql = CommandRun.of("sql", data, "SELECT * FROM series");
        assertEquals(1, sql.exitCode());
        assertEquals(expected, sql.err());
        // It was told to open it with an engine.
        TollgateEngine.launch(context(data)).close();
        final CommandRun rebuilt = CommandRun.of("sql", data, "SELECT series FROM series");
        assertEquals("series\n" + key(0) + "\n", rebuilt.out(), rebuilt.err());
    }
}
