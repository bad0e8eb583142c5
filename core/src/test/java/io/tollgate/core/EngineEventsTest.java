package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each event of an engine, in a recording of this process. */
class EngineEventsTest {
    private static final String PREFIX = "io.tollgate.";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<String> EVENTS = List.of(
            "BackPressure", "Batch", "Checkpoint", "MapGrowth", "Opening", "RefusalStorm", "SegmentChange", "SlowStep");

    @TempDir
    private Path directory;

    private interface Program {
        void run() throws Exception;
    }

    /** Runs a program while one kind of event is recorded from a threshold on. */
    private List<RecordedEvent> events(final String name, final long thresholdMs, final Program program)
            throws Exception {
        try (Recording recording = new Recording()) {
            recording
                    .enable(PREFIX + name)
                    .with("threshold", thresholdMs + " ms")
                    .withoutStackTrace();
            recording.start();
            program.run();
            recording.stop();
            final Path file = directory.resolve(name + ".jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                    .toList();
        }
    }

    private static FlowSeries flow(final Engine engine, final String key) {
        return engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
    }

    private EngineContext persisted() {
        return TestContext.stepped(ClockMode.EVENT, directory.resolve("data"))
                .logSegmentLength(1 << 16)
                .limits(Limits.DEFAULT.withFirstMapEntries(128));
    }

    private static void fill(final Engine engine, final int points) {
        final FlowSeries series = flow(engine, "events");
        for (int i = 1; i <= points; i++) {
            engine.publisher().apply(series, i, 1);
        }
    }

    @Test
    void shouldRecordTheOpeningOfADirectory() throws Exception {
        final List<RecordedEvent> openings = events("Opening", 0, () -> {
            try (Engine engine = TollgateEngine.launch(persisted())) {
                fill(engine, 10);
            }
            TollgateEngine.launch(persisted()).close();
        });
        assertEquals(
                List.of("LOG", "CLOSED"),
                openings.stream().map(event -> event.getString("origin")).toList());
        final RecordedEvent second = openings.get(1);
        assertEquals(directory.resolve("data").toRealPath().toString(), second.getString("directory"));
        assertEquals(0, second.getLong("replayedOperations"));
        assertTrue(second.getLong("lastSequence") > 10, second::toString);
        assertTrue(second.getDuration().toNanos() > 0, second::toString);
    }

    @Test
    void shouldRecordCheckpointsAlsoFailedOnes() throws Exception {
        final AtomicLong made = new AtomicLong();
        final List<RecordedEvent> checkpoints = events("Checkpoint", 0, () -> {
            try (TollgateEngine engine = TollgateEngine.launch(persisted().errorHandler(error -> {}))) {
                fill(engine, 10);
                made.set(engine.admin().checkpoint().lastSequence());
                engine.publisher().apply(flow(engine, "other"), 11, 1);
                engine.resources().log().orElseThrow().fail(new IOException("the disk is gone"));
                assertThrows(IllegalStateException.class, () -> engine.admin().checkpoint());
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains("has failed"), e::toString);
            }
        });
        assertEquals(2, checkpoints.size());
        assertTrue(checkpoints.get(0).getBoolean("made"));
        assertEquals(made.get(), checkpoints.get(0).getLong("lastSequence"));
        assertFalse(checkpoints.get(1).getBoolean("made"));
        assertEquals(made.get(), checkpoints.get(1).getLong("lastSequence"));
    }

    @Test
    void shouldRecordTheGrowthOfMaps() throws Exception {
        final List<RecordedEvent> growths = events("MapGrowth", 0, () -> {
            try (Engine engine = TollgateEngine.launch(persisted())) {
                defineMany(engine);
            }
        });
        final Map<String, RecordedEvent> byMap = growths.stream()
                .collect(Collectors.toMap(event -> event.getString("map"), event -> event, (a, b) -> a, TreeMap::new));
        assertEquals(growths.size(), byMap.size(), byMap.keySet()::toString);
        assertTrue(byMap.containsKey("names-1"), byMap.keySet()::toString);
        final long entries = byMap.get("names-1").getLong("entries");
        assertEquals(2 * entries, byMap.get("names-2").getLong("entries"));
        assertTrue(byMap.get("names-1").getLong("bytes") > entries);
    }

    /** Defines more series than two maps have room for. */
    private static void defineMany(final Engine engine) {
        for (int i = 0; i < 400; i++) {
            flow(engine, "series." + i);
        }
    }

    @Test
    void shouldRecordChangesOfTheSegment() throws Exception {
        final List<RecordedEvent> changes = events("SegmentChange", 0, () -> {
            try (Engine engine = TollgateEngine.launch(persisted())) {
                fill(engine, 2_500);
            }
        });
        assertTrue(changes.size() > 1, changes::toString);
        long before = 1;
        for (final RecordedEvent change : changes) {
            assertEquals(1 << 16, change.getLong("length"));
            assertTrue(change.getLong("firstSequence") > before + 500, changes::toString);
            before = change.getLong("firstSequence");
        }
        // The engine steps its agents only now and then, but often enough to have a segment prepared.
        assertFalse(changes.get(0).getBoolean("waited"));
    }

    @Test
    void shouldRecordOneEventForAnEpisodeOfBackPressure() throws Exception {
        final AtomicLong refused = new AtomicLong();
        final List<RecordedEvent> episodes = events("BackPressure", 0, () -> {
            try (Engine engine = TollgateEngine.launch(
                    TestContext.stepped(ClockMode.EVENT).limits(Limits.DEFAULT.withRingLength(1 << 12)))) {
                final FlowSeries series = flow(engine, "events");
                refused.set(offerUntilRefused(engine, series, 5));
                while (engine.step() > 0) {
                    Thread.onSpinWait();
                }
                engine.publisher().offer(series, 1, 1);
                engine.publisher().offer(series, 2, 1);
                offerUntilRefused(engine, series, 3);
            }
        });
        assertEquals(1, episodes.size(), "the second episode has no end");
        assertEquals(5, refused.get());
        assertEquals(5, episodes.get(0).getLong("refusedOffers"));
    }

    private static long offerUntilRefused(final Engine engine, final FlowSeries series, final int refusals) {
        long refused = 0;
        for (long time = 1; refused < refusals; time++) {
            if (engine.publisher().offer(series, time, 1) == Publisher.BACK_PRESSURED) {
                refused++;
            }
        }
        return refused;
    }

    @Test
    void shouldRecordRefusalsOnceASecondAndAtTheEnd() throws Exception {
        final AtomicLong nanoTime = new AtomicLong();
        final List<RecordedEvent> storms = events("RefusalStorm", 0, () -> {
            try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT)
                    .refusalHandler(refusal -> {})
                    .nanoClock(nanoTime::get))) {
                final StepSeries series = engine.defineStep(
                        SeriesDefinition.step("rate", Unit.PERCENT, 0).withDuplicates(DuplicatePolicy.REJECT));
                engine.step();
                engine.publisher().apply(series, 1, 1);
                refuse(engine, series, 3);
                engine.step();
                engine.awaitApplied(engine.publisher().withdraw(series, 7));
                nanoTime.set(SECOND_NS);
                engine.step();
                refuse(engine, series, 2);
                nanoTime.set(2 * SECOND_NS - 1);
                engine.step();
                nanoTime.set(2 * SECOND_NS);
                engine.step();
                nanoTime.set(3 * SECOND_NS);
                engine.step();
                refuse(engine, series, 6);
            }
        });
        assertEquals(List.of(4L, 2L, 6L), longs(storms, "refused"));
        assertEquals(List.of(3L, 2L, 6L), longs(storms, "duplicate"));
        assertEquals(List.of(1L, 0L, 0L), longs(storms, "noSuchPoint"));
        for (final RecordedEvent storm : storms) {
            assertEquals(
                    storm.getLong("refused"),
                    Arrays.stream(RefusalReason.values())
                            .mapToLong(reason -> storm.getLong(fieldOf(storm.getEventType(), reason)))
                            .sum());
        }
    }

    private static String fieldOf(final EventType type, final RefusalReason reason) {
        return type.getFields().stream()
                .filter(field -> reason.name().equals(field.getLabel()))
                .findFirst()
                .orElseThrow()
                .getName();
    }

    private static void refuse(final Engine engine, final StepSeries series, final int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(
                    Outcome.refused(RefusalReason.DUPLICATE), engine.publisher().apply(series, 1, 2));
        }
    }

    private static List<Long> longs(final List<RecordedEvent> events, final String field) {
        return events.stream().map(event -> event.getLong(field)).toList();
    }

    @Test
    void shouldRecordBatches() throws Exception {
        final List<RecordedEvent> batches = events("Batch", 0, () -> {
            try (Engine engine =
                    TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT).refusalHandler(refusal -> {}))) {
                final StepSeries series = engine.defineStep(
                        SeriesDefinition.step("rate", Unit.PERCENT, 0).withDuplicates(DuplicatePolicy.REJECT));
                commit(engine, series, 1, 30);
                commit(engine, series, 30, 2);
            }
        });
        assertEquals(
                List.of(30, 2),
                batches.stream().map(event -> event.getInt("points")).toList());
        assertEquals(
                List.of(true, false),
                batches.stream().map(event -> event.getBoolean("applied")).toList());
    }

    private static void commit(final Engine engine, final StepSeries series, final long first, final int count) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < count; i++) {
            batch.offer(series, first + i, 1);
        }
        engine.awaitApplied(batch.commit());
    }

    @Test
    void shouldRecordSlowStepsAndSlowPoints() throws Exception {
        final List<RecordedEvent> steps = events("SlowStep", 2, () -> {
            try (Engine engine = TollgateEngine.launch(
                    TestContext.stepped(ClockMode.EVENT).refusalHandler(refusal -> spin(TimeUnit.MILLISECONDS, 3)))) {
                final StepSeries series = engine.defineStep(
                        SeriesDefinition.step("rate", Unit.PERCENT, 0).withDuplicates(DuplicatePolicy.REJECT));
                engine.publisher().apply(series, 1, 1);
                engine.publisher().offer(series, 1, 2);
                engine.step();
                refuse(engine, series, 1);
            }
        });
        assertTrue(steps.size() >= 2, steps::toString);
        for (final RecordedEvent step : steps) {
            assertTrue(step.getDuration().toMillis() >= 2, step::toString);
            assertTrue(step.getInt("work") > 0, step::toString);
            assertEquals(0, step.getLong("waiting"), step::toString);
        }
        assertEquals(1, steps.get(steps.size() - 1).getInt("work"));
    }

    /** Takes as long as a handler that does too much. */
    private static void spin(final TimeUnit unit, final long duration) {
        final long begunNs = System.nanoTime();
        while (System.nanoTime() - begunNs < unit.toNanos(duration)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldListEachEventInTheSettingsFileWithItsDefaults() throws IOException, ParseException {
        final Configuration settings;
        try (Reader reader = new InputStreamReader(
                TollgateEngine.class.getResourceAsStream("/tollgate.jfc"), StandardCharsets.UTF_8)) {
            settings = Configuration.create(reader);
        }
        try (Engine engine = TollgateEngine.launch(persisted())) {
            defineMany(engine);
            engine.admin().checkpoint();
        }
        final Map<String, String> expected = new TreeMap<>();
        for (final EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
            if (type.getName().startsWith(PREFIX)) {
                assertEquals(List.of("Tollgate"), type.getCategoryNames());
                assertTrue(type.getDescription().length() > 10, type::getName);
                for (final var setting : type.getSettingDescriptors()) {
                    if (!setting.getName().equals("stackTrace")) {
                        expected.put(type.getName() + '#' + setting.getName(), setting.getDefaultValue());
                    }
                }
            }
        }
        assertEquals(
                EVENTS,
                expected.keySet().stream()
                        .map(name -> name.substring(PREFIX.length(), name.indexOf('#')))
                        .distinct()
                        .toList());
        final Map<String, String> written = new TreeMap<>(settings.getSettings());
        written.replaceAll((name, value) -> value.equals("0 ms") ? "0 ns" : value);
        assertEquals(expected, written);
    }
}
