package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of a pattern whose read fails for a while belongs to the group from the next read on. */
class RetriedPatternTest {
    private static final Group GROUP = Group.fitting(MemberPattern.of(
            new LevelPattern("rate.*", Unit.PERCENT, 2), new LevelPattern("weight.*", Unit.PERCENT, 2)));

    @TempDir
    private Path directory;

    private static void define(final Engine engine, final String key, final long value) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 2));
        engine.awaitApplied(engine.publisher().offer(series, 1, value));
    }

    private static double mean(final PanelReader reader, final GroupReading reading) {
        reading.read(1);
        return reading.value(GroupMetric.SIMPLE);
    }

    @Test
    void shouldTakeAMemberInWhoseMapCouldNotBeOpened() throws IOException {
        final EngineContext context = TestContext.stepped(ClockMode.EVENT, directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            define(engine, "rate.a", 1_000);
            define(engine, "weight.a", 100);
            define(engine, "rate.b", 3_000);
            try (DirectoryView view = DirectoryView.open(directory)) {
                final PanelReader reader = view.newPanelReader();
                final GroupReading reading = reader.group(GROUP);
                assertEquals(10.0, mean(reader, reading));
                int count = 0;
                final Path map = directory.resolve("store/series-1.map");
                while (!Files.exists(map)) {
                    define(engine, "other." + count++, 1);
                }
                for (int i = 0; i < 1_024; i++) {
                    define(engine, "another." + i, 1);
                }
                define(engine, "weight.b", 100);
                final Path aside = Files.move(map, map.resolveSibling("aside"));
                assertThrows(RuntimeException.class, () -> mean(reader, reading));
                Files.move(aside, map);
                assertEquals(20.0, mean(reader, reading));
            }
        }
    }
}
