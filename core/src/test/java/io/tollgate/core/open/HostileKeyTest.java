package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Series with random keys of any length. The engine refuses a key in one readable line, or defines the series and finds
 * it by key and pattern. The same holds after reopening, from outside, and after a rebuild from the log.
 */
class HostileKeyTest {
    private static final int KEYS = 200;
    private static final int PATTERNS = 12;
    private static final int[] ODD = {
        0, '\n', ' ', '"', '*', ',', '.', ':', '=', '\\', 0x7f, 0x85, 0xa0, 0xe9, 0x301, 0x7ff, 0x800, 0x2028, 0xd800,
        0xdfff, 0xe000, 0xfeff, 0xffff, 0x10000, 0x1f6a2, 0x10ffff
    };

    @TempDir
    private Path temporary;

    private final long seed = TestSeed.of("HostileKeyTest");
    private final Random random = new Random(seed);
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final List<String> patterns = new ArrayList<>();

    @Test
    void shouldFindEachSeriesByAnyKey() throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            define(engine);
            registerPatterns(engine);
            offerPoints(engine);
            requireAll(engine, "as defined");
        }
        try (Engine engine = TollgateEngine.launch(context(data))) {
            requireAll(engine, "opened again");
        }
        requireFromOutside(data);
        try (Stream<Path> files = Files.walk(data)) {
            for (final Path file : files.filter(HostileKeyTest::isOfStore).toList()) {
                Files.delete(file);
            }
        }
        final RecoveryReport report = InPlaceRecovery.recover(context(data));
        assertEquals(numbers.size(), report.contents().seriesCount(), () -> "seed=" + seed + " " + report.lines());
        try (Engine engine = TollgateEngine.launch(context(data))) {
            requireAll(engine, "made of the log");
        }
    }

    private static boolean isOfStore(final Path file) {
        return Files.isRegularFile(file) && file.getParent().endsWith("store");
    }

    private static EngineContext context(final Path directory) {
        return Lanes.stepped(directory);
    }

    private void define(final Engine engine) {
        final List<String> keys = Stream.generate(this::text).limit(KEYS).toList();
        int refused = 0;
        for (final String key : keys) {
            assertEquals(
                    Optional.ofNullable(numbers.get(key)),
                    engine.series().find(key).map(Series::number));
            try {
                final StepSeries series = engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
                assertEquals(key, series.key(), () -> what(key));
                assertEquals(series.number(), numbers.getOrDefault(key, series.number()), () -> what(key));
                numbers.put(key, series.number());
            } catch (final IllegalArgumentException e) {
                refused++;
                final String recorded = e.getMessage();
                assertTrue(recorded.startsWith("seriesKey=") && recorded.contains(", expected "), recorded);
                assertTrue(recorded.chars().noneMatch(Character::isISOControl), () -> what(key) + recorded);
                assertEquals(Optional.empty(), engine.series().find(key), () -> what(key));
            }
        }
        assertTrue(refused > 0 && numbers.size() > 1, "seed=" + seed + " refused=" + refused);
        assertEquals(numbers.size(), new HashSet<>(numbers.values()).size(), "seed=" + seed);
    }

    /** Registers patterns that replace some segments of the keys by stars. Patterns of the longest keys must fit. */
    private void registerPatterns(final Engine engine) {
        for (final String key : numbers.keySet()) {
            if (patterns.size() < PATTERNS) {
                final String[] segments = key.split("\\.");
                segments[random.nextInt(segments.length)] = segments.length == 1 ? key : SeriesPattern.ANY;
                final String pattern = String.join(".", segments);
                engine.series().register(WindowRegistration.of(pattern).withWindows(Window.last(1 + patterns.size())));
                patterns.add(pattern);
            }
        }
        final String pattern = patterns.get(random.nextInt(PATTERNS));
        engine.updates()
                .subscribe(Subscription.of("some", pattern).withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        patterns.add(pattern);
    }

    private void offerPoints(final Engine engine) {
        long ticket = 0;
        for (final String key : numbers.keySet()) {
            final StepSeries series = (StepSeries) engine.series().find(key).orElseThrow();
            ticket = KnownPoint.offer(engine.publisher(), series, 10, series.number(), 10, 0);
        }
        engine.awaitApplied(ticket);
    }

    private void requireAll(final Engine engine, final String what) {
        final TestReader reader = new TestReader(engine.newReader());
        numbers.forEach((key, number) -> {
            requireFound(
                    engine.series().find(key).orElseThrow(() -> new AssertionError(what(key) + what)),
                    key,
                    reader,
                    what);
            assertEquals(key, engine.series().find(number).orElseThrow().key(), () -> what(key) + what);
        });
        assertEquals(
                List.of(patterns.get(PATTERNS)),
                engine.updates().list().stream()
                        .map(request -> ((Subscription) request).pattern())
                        .toList());
    }

    private void requireFound(final Series series, final String key, final TestReader reader, final String what) {
        assertEquals(key, series.key(), () -> what(key) + what);
        assertEquals(numbers.get(key), series.number(), () -> what(key) + what);
        final Set<Window> fitting = new HashSet<>();
        for (int i = 0; i < PATTERNS; i++) {
            if (SeriesPattern.fits(patterns.get(i), key)) {
                fitting.add(Window.last(1 + i));
            }
        }
        assertEquals(fitting, Set.copyOf(series.definition().windows()), () -> what(key) + what);
        final WindowReading reading = reader.window(series, Window.last(1), 10);
        assertEquals(series.number(), reading.value(Metric.LAST), () -> what(key) + what);
    }

    private void requireFromOutside(final Path data) {
        final Map<String, Long> inspected = new LinkedHashMap<>();
        try (DirectoryView view = DirectoryView.open(data)) {
            view.forEachSeries(series -> inspected.put(series.key(), series.number()));
            assertEquals(Map.copyOf(numbers), inspected, "seed=" + seed);
            final TestReader reader = new TestReader(view.newReader());
            numbers.keySet().forEach(key -> requireFound(view.find(key).orElseThrow(), key, reader, "from outside"));
        }
    }

    private String what(final String text) {
        return "seed=" + seed + " key="
                + text.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" ")) + ": ";
    }

    /** Draws odd characters among plain ones, often close to the greatest length of a key. */
    private String text() {
        final StringBuilder text = new StringBuilder();
        final int oddity = random.nextInt(12);
        final int wanted = random.nextInt(3) > 0 ? random.nextInt(12) : 100 + random.nextInt(32);
        while (text.length() < wanted) {
            text.appendCodePoint(random.nextInt(80) < oddity ? any() : "abcd.-".charAt(random.nextInt(6)));
        }
        return text.toString().replaceAll("\\.+", ".");
    }

    private int any() {
        return random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextInt(0x110000);
    }
}
