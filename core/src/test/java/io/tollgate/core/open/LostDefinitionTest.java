package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series whose definition is lost from the log gets a substitute key. */
class LostDefinitionTest {
    private static final int SERIES = 12;

    /** The prefix of the substitute key, before the number of the series. */
    private static final String REPLACED = "lost-definition-of-series.";

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private static EngineContext context(final Path directory) {
        return TestContext.stepped(ClockMode.MANUAL, directory).logSegmentLength(1 << 16);
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    /** Defines series with these keys and a point each, and leaves the files of a killed engine. */
    private List<StepSeries> defineAndKill(final List<String> keys) throws IOException {
        final List<StepSeries> series = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context(data))) {
            keys.forEach(key -> series.add(define(engine, key)));
            for (final StepSeries one : series) {
                engine.awaitApplied(engine.publisher().offer(one, 0, one.number()));
            }
            new DamagedDirectory(data).copyTo(killed);
        }
        return series;
    }

    private static List<String> keys() {
        final List<String> keys = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            keys.add("defined." + i);
        }
        return keys;
    }

    /** Damages the definition of a series in the log. */
    private void lose(final Series series) throws IOException {
        final Path segment = new DirectoryFiles(killed).segment(0);
        final String bytes = new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1);
        final int position = bytes.indexOf(series.key());
        assertTrue(position > 0, series::key);
        FileDamage.flip(segment, position, 1);
    }

    private RecoveryReport recover() {
        final RecoveryReport report = InPlaceRecovery.recover(context(killed));
        assertTrue(report.isPromiseBroken(), () -> "" + report.lines());
        return report;
    }

    private static String requireFound(final Engine engine, final long number) {
        final Series found = engine.series().find(number).orElseThrow();
        assertEquals(number, engine.series().find(found.key()).orElseThrow().number(), found.key());
        return found.key();
    }

    /** Each definition but the last is lost. After the last one no record would show that it existed. */
    @Test
    void shouldBeFoundByItsKey() throws IOException {
        final List<StepSeries> all = defineAndKill(keys());
        final List<StepSeries> lost = all.subList(0, SERIES - 1);
        for (final StepSeries one : lost) {
            lose(one);
        }
        recover();
        final Set<String> found = new HashSet<>();
        try (Engine engine = TollgateEngine.launch(context(killed))) {
            for (final StepSeries one : lost) {
                final String key = requireFound(engine, one.number());
                assertTrue(key.startsWith(REPLACED + one.number()), key);
                found.add(key);
                assertEquals(1, PointCount.of(engine, key), key);
            }
        }
        assertEquals(lost.size(), found.size(), found::toString);
    }

    /** Another series already has the substitute key. */
    @Test
    void shouldGetAnUnusedKey() throws IOException {
        final List<StepSeries> all = defineAndKill(List.of(REPLACED + 2, REPLACED + "2.1", "gone", "behind"));
        lose(all.get(2));
        recover();
        try (Engine engine = TollgateEngine.launch(context(killed))) {
            assertEquals(REPLACED + "2.2", requireFound(engine, 2));
            assertEquals(List.of(0L, 1L, 3L), numbers(engine, REPLACED + 2, REPLACED + "2.1", "behind"));
        }
    }

    /**
     * Another series takes the substitute key later. A key must identify one series, so that definition counts as lost
     * too.
     */
    @Test
    void shouldGiveAnotherKeyToTheSeriesThatHasItsKey() throws IOException {
        final List<StepSeries> all = defineAndKill(List.of("gone", "behind", REPLACED + 0, "last"));
        lose(all.get(0));
        assertEquals(1, recover().contents().orphanedCount());
        try (Engine engine = TollgateEngine.launch(context(killed))) {
            assertEquals(REPLACED + 0, requireFound(engine, 0));
            assertEquals(REPLACED + 2, requireFound(engine, 2));
            assertEquals(List.of(1L, 3L), numbers(engine, "behind", "last"));
            assertEquals(1, PointCount.of(engine, REPLACED + 2));
        }
    }

    private static List<Long> numbers(final Engine engine, final String... keys) {
        final List<Long> numbers = new ArrayList<>();
        for (final String key : keys) {
            numbers.add(engine.series().find(key).orElseThrow().number());
        }
        return numbers;
    }
}
