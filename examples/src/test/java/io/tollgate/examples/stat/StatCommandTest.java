package io.tollgate.examples.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatCommandTest {
    private static final long NOW = Instants.parse("2025-05-14T04:01Z");

    @TempDir
    private Path temporary;

    /** An engine with three applied points, one refused point, and a queue with three updates. */
    private final class Running implements AutoCloseable {
        private final Path directory;
        private final Engine engine;
        private final UpdateQueue queue;

        Running(final String name) {
            directory = temporary.resolve(name);
            engine = TollgateEngine.launch(new EngineContext()
                    .directory(directory)
                    .clockMode(ClockMode.MANUAL)
                    .threadingMode(ThreadingMode.STEPPED)
                    .refusalHandler(refusal -> {}));
            engine.advanceTo(NOW);
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow("events", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REJECT));
            queue = engine.updates()
                    .subscribe(
                            Subscription.of("counts", "*")
                                    .withMetrics(WatchedMetric.of(Window.sliding(Duration.ofDays(50)), Metric.COUNT)),
                            QueueOptions.DEFAULT.withCapacity(16));
            for (final int day : new int[] {3, 4, 5, 3}) {
                engine.awaitApplied(engine.publisher()
                        .offer(events, NOW - Duration.ofDays(day).toNanos(), 1));
            }
            // The engine updates its counters every 100 ms.
            while (Look.at(directory).counter("offered").orElse(0) < 4) {
                engine.step();
            }
        }

        @Override
        public void close() {
            queue.close();
            engine.close();
        }
    }

    private static CommandRun stat(final Object... arguments) {
        final CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("stat"), Stream.of(arguments)).toArray());
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        return run;
    }

    @Test
    void shouldShowARunningEngineWithin80Columns() {
        try (Running running = new Running("data")) {
            final CommandRun run = stat(running.directory, "--count", 2, "--every", "1ms");
            final List<String> lines = run.outLines();
            assertTrue(lines.stream().skip(1).allMatch(line -> line.codePointCount(0, line.length()) <= 80), run.out());
            assertEquals(1, lines.stream().filter(String::isEmpty).count(), "two looks: " + run.out());
            final List<String> second =
                    lines.stream().dropWhile(line -> !line.isEmpty()).skip(2).toList();
            assertTrue(
                    second.get(0)
                            .startsWith("open by pid=" + ProcessHandle.current().pid()),
                    run.out());
            assertTrue(second.get(0).endsWith("clock 2025-05-14T04:01:00Z"), run.out());
            for (final String row : List.of(
                    "points offered                       4              0  ▁",
                    "  applied                            3              0  ▁",
                    "  late                               2              0  ▁",
                    "  refused                            1              0  ▁",
                    "    duplicate                        1              0  ▁",
                    "ring bytes                           0     0.0 % full  ▁▁",
                    "queue counts                         3    18.8 % full  ██")) {
                assertTrue(second.contains(row), () -> row + "\n" + run.out());
            }
            assertTrue(second.stream().anyMatch(line -> line.matches("store bytes +[0-9,]+ in [0-9]+ maps, 1 series")));
            assertTrue(second.stream().anyMatch(line -> line.matches("opened +2.*Z, took 0.* s, 0 operations")));
        }
    }

    @Test
    void shouldWriteTheTextFormatOfPrometheus() {
        try (Running running = new Running("a \"quoted\\ one")) {
            final Exposition parsed = Exposition.parse(
                    stat(running.directory, "--format", "prometheus").out());
            final String directory = "directory=" + temporary + "/a \\\"quoted\\\\ one";
            final Map<String, String> samples = parsed.samples();
            assertEquals("4", samples.get("tollgate_offered_points_total{" + directory + "}"), samples::toString);
            assertEquals("3", samples.get("tollgate_applied_points_total{" + directory + "}"));
            final String refused = "tollgate_refused_points_total{" + directory + ", reason=";
            assertEquals("1", samples.get(refused + "duplicate}"));
            assertEquals("0", samples.get(refused + "knowledge_missing}"));
            assertEquals("3", samples.get("tollgate_queue_used_updates{" + directory + ", subscription=counts}"));
            assertEquals("16", samples.get("tollgate_queue_capacity_updates{" + directory + ", subscription=counts}"));
            assertEquals("1", samples.get("tollgate_up{" + directory + "}"));
            assertEquals("1747195260.000000000", samples.get("tollgate_clock_timestamp_seconds{" + directory + "}"));
            assertEquals("counter", parsed.types().get("tollgate_checkpoints_total"));
            assertEquals("gauge", parsed.types().get("tollgate_durability_lag_operations"));
        }
        final Path closed = temporary.resolve("a \"quoted\\ one");
        final String text = stat(closed, "--format", "prometheus", "--count", 1).out();
        assertTrue(Exposition.parse(text).samples().entrySet().stream()
                .anyMatch(sample -> sample.getKey().startsWith("tollgate_up{")
                        && sample.getValue().equals("0")));
    }

    @Test
    void shouldWriteAJsonObjectForEachLook() throws IOException {
        try (Running running = new Running("data")) {
            final CommandRun run = stat(running.directory, "--format", "json", "--count", 3, "--every", "1ms");
            assertEquals(3, run.outLines().size());
            for (final String line : run.outLines()) {
                final Map<String, Object> look = JSON.std.mapFrom(line);
                assertEquals(running.directory.toString(), look.get("directory"));
                assertEquals("OPEN", look.get("state"));
                assertEquals("2025-05-14T04:01:00Z", look.get("now"));
                final Map<?, ?> counters = (Map<?, ?>) look.get("counters");
                assertEquals(4, counters.get("offered"));
                assertEquals(1, counters.get("refused-duplicate"));
                assertEquals("2025-05-14T04:01:00Z", counters.get("now"));
                assertEquals(List.of(Map.of("subscription", "counts", "used", 3, "capacity", 16)), look.get("queues"));
                assertEquals(List.of(), look.get("errors"));
            }
        }
    }

    @Test
    void shouldChangeNoFile() throws IOException {
        new Running("data").close();
        final Path directory = temporary.resolve("data");
        final Map<String, String> before = files(directory);
        assertTrue(before.size() > 5, before::toString);
        for (final String format : List.of("table", "prometheus", "json")) {
            assertFalse(stat(directory, "--format", format, "--count", 1).out().isEmpty());
        }
        assertEquals(before, files(directory));
    }

    /** The time of the last change and the bytes of each file. */
    private static Map<String, String> files(final Path directory) throws IOException {
        final Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.toList()) {
                files.put(
                        path.toString(),
                        Files.getLastModifiedTime(path)
                                + (Files.isRegularFile(path)
                                        ? HexFormat.of().formatHex(Files.readAllBytes(path))
                                        : ""));
            }
        }
        return files;
    }

    @Test
    void shouldRefuseWhatItCannotShow() throws IOException {
        final Path missing = temporary.resolve("missing");
        final CommandRun run = CommandRun.of("stat", missing);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertEquals(2, CommandRun.of("stat").exitCode());
        assertEquals(2, CommandRun.of("stat", missing, "--count", 0).exitCode());
        assertEquals(2, CommandRun.of("stat", missing, "--every", "0s").exitCode());
        assertEquals(2, CommandRun.of("stat", missing, "--format", "xml").exitCode());
        final CommandRun twice = CommandRun.of("stat", missing, "--format", "prometheus", "--count", 2);
        assertEquals(2, twice.exitCode());
        assertTrue(twice.err().startsWith("--count=2 --format=prometheus, expected 1"), twice.err());
    }

    @Test
    void shouldEndQuietlyIfTheReaderHasGone() {
        new Running("data").close();
        assertEquals(new CommandRun(141, "", ""), CommandRun.unread("stat", temporary.resolve("data")));
    }
}
