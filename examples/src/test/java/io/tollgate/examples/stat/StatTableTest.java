package io.tollgate.examples.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.directory.DirectoryInspection.Counter;
import io.tollgate.core.directory.DirectoryInspection.DistinctError;
import io.tollgate.core.directory.DirectoryInspection.Log;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.examples.terminal.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of looks at given times, with given counters. */
final class StatTableTest {
    private static final long SECOND_NS = 1_000_000_000;

    @TempDir
    private Path directory;

    private Look look(final long atNs, final Map<String, Long> counters, final List<DistinctError> errors) {
        return Look.of(
                Instant.EPOCH.plusNanos(atNs),
                atNs,
                new DirectoryInspection(
                        directory,
                        DirectoryState.OPEN,
                        Optional.of("pid=1 since 2026-01-01T00:00:00Z bootId=x"),
                        new Log(2, 1024, 1, 10, 8),
                        4096,
                        counters.entrySet().stream()
                                .map(entry -> new Counter(entry.getKey(), entry.getValue()))
                                .toList(),
                        errors));
    }

    private static String row(final List<String> lines, final String name) {
        return lines.stream().filter(line -> line.startsWith(name)).findFirst().orElse(lines.toString());
    }

    @Test
    void shouldShowRatesSinceTheLookBefore() {
        final StatTable table = new StatTable(Style.PLAIN);
        final long[] applied = {1_000, 2_000, 2_000, 6_000, 10};
        final List<String> rows = Stream.iterate(0, i -> i + 1)
                .limit(applied.length)
                .map(i -> row(table.render(look(i * 2 * SECOND_NS, Map.of("applied", applied[i]), List.of())), "  app"))
                .toList();
        assertEquals(
                List.of(
                        "  applied                        1,000",
                        "  applied                        2,000            500  █",
                        "  applied                        2,000              0  █▁",
                        "  applied                        6,000          2,000  ▃▁█",
                        "  applied                           10                 ▃▁█"),
                rows);
    }

    @Test
    void shouldShowTheLagAndNoNegativeOne() {
        final StatTable table = new StatTable(Style.PLAIN);
        final Map<String, Long> late = Map.of("applied-sequence", 1_010L, "durable-sequence", 10L);
        assertEquals(
                "  lag                            1,000 operations",
                row(table.render(look(0, late, List.of())), "  lag"));
        final Map<String, Long> torn = Map.of("applied-sequence", 9L, "durable-sequence", 10L);
        assertEquals(
                "  lag                                0 operations",
                row(table.render(look(1, torn, List.of())), "  lag"));
    }

    @Test
    void shouldLimitQueuesAndErrorsAndLengthsOfLines() {
        final Map<String, Long> all = new TreeMap<>();
        for (long i = 0; i < 9; i++) {
            all.put("queue-used:" + i + "x".repeat(63), i);
            all.put("queue-capacity:" + i + "x".repeat(63), 16L);
        }
        final List<DistinctError> errors = Stream.of("a", "b", "c", "d\u001B[2J" + "e".repeat(99))
                .map(text -> new DistinctError(7, 0, 0, text))
                .toList();
        final List<String> lines = new StatTable(Style.PLAIN).render(look(0, all, errors));
        assertEquals(5, lines.stream().filter(line -> line.startsWith("queue ")).count(), lines::toString);
        assertTrue(lines.contains("and 4 more queues"), lines::toString);
        assertTrue(lines.contains("error 1970-01-01T00:00:00Z 7 x c"), lines::toString);
        assertTrue(lines.contains("and 1 more errors"), lines::toString);
        assertTrue(lines.stream().skip(1).allMatch(line -> line.length() <= 80 && line.indexOf('\u001B') < 0));
    }

    /** Larger integers would be rounded by a reader that has only doubles. */
    @Test
    void shouldWriteIntegersThatADoubleCannotHoldAsText() throws IOException {
        final long most = (1L << 53) - 1;
        final Map<String, Long> counters =
                Map.of("applied", most, "late", most + 1, "revised", Long.MIN_VALUE, "unchanged", -most);
        final DistinctError error = new DistinctError(2, 1_000, 2_000, "\"quoted\" \\ \u001B \uD800");
        final Map<String, Object> json = JSON.std.mapFrom(JsonText.render(look(0, counters, List.of(error))));
        assertEquals(
                Map.of("applied", most, "late", "9007199254740992", "revised", "" + Long.MIN_VALUE, "unchanged", -most),
                json.get("counters"));
        assertEquals(
                List.of(Map.of(
                        "count",
                        2,
                        "first",
                        "1970-01-01T00:00:01Z",
                        "last",
                        "1970-01-01T00:00:02Z",
                        "text",
                        error.text())),
                json.get("errors"));
    }
}
