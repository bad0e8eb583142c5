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
import io.tollgate.examples.ChildProcess;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dump and load work in a heap that is much smaller than the data, in each format. */
class ConstantMemoryTest {
    private static final List<String> FORMATS = List.of("csv", "jsonl", "arrow", "parquet", "image");
    private static final int SERIES = 100;
    private static final int POINTS = 3_000;
    private static final int ROWS = SERIES * POINTS;
    /** The numbers of all rows alone take 14 MB, and their texts as CSV 28 MB. */
    private static final String HEAP = "-Xmx20m";

    private static final long START_NS = 1_600_000_000_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldMoveMoreThanTheHeapHolds() throws Exception {
        fill(directory.resolve("data"));
        final Path output = directory.resolve("output");
        final Process process = ChildProcess.builder(List.of(HEAP), Transfer.class, directory)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        final long most = Files.size(directory.resolve("points.csv"));
        assertTrue(most > 27_000_000, "bytes=" + most);
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void fill(final Path data) {
        try (Engine engine =
                TollgateEngine.launch(new EngineContext().directory(data).clockMode(ClockMode.KNOWLEDGE))) {
            for (int i = 0; i < SERIES; i++) {
                final Series series =
                        engine.defineStep(SeriesDefinition.step("tariff.US.CN." + (1_000 + i), Unit.PERCENT, 4));
                for (int point = 0; point < POINTS; point++) {
                    long ticket = Publisher.BACK_PRESSURED;
                    while (ticket == Publisher.BACK_PRESSURED) {
                        ticket = engine.publisher()
                                .point(series)
                                .validAt(START_NS + point * MINUTE_NS)
                                .knownAt(START_NS + point * MINUTE_NS)
                                .reference(point)
                                .value(point * 7_919L)
                                .offer();
                    }
                }
            }
        }
    }

    /** Dumps and loads a directory in each format. The exit code is 1 if a command fails. */
    static final class Transfer {
        private Transfer() {}

        public static void main(final String[] arguments) {
            final Path directory = Path.of(arguments[0]);
            for (final String format : FORMATS) {
                final Path file = directory.resolve("points." + format);
                run("dump", directory.resolve("data"), "--out", file);
                final String loaded = run("load", file, "--dir", directory.resolve("loaded." + format));
                final String expected = format.equals("image")
                        ? ": series=" + SERIES
                        : ": series=" + SERIES + " rows=" + ROWS + " unchanged=0 refused=0";
                if (!loaded.endsWith(expected + "\n")) {
                    throw new AssertionError(loaded);
                }
            }
        }

        private static String run(final Object... words) {
            final CommandRun run = CommandRun.of(words);
            if (run.exitCode() != 0) {
                throw new AssertionError(List.of(words) + ": " + run.err());
            }
            return run.out();
        }
    }
}
