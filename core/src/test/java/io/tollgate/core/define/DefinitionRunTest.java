package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A list of definitions has the same effect as the same definitions one by one. */
class DefinitionRunTest {
    private static final int COUNT = 1_000;
    private static final SeriesDefinition LEVEL =
            SeriesDefinition.step("level", Unit.PERCENT, 2).withWindows(Window.slidingNs(5), Window.last(3));
    private static final SeriesDefinition EVENTS =
            SeriesDefinition.flow("events", Unit.COUNT, 0).withShapes();

    private static List<SeriesDefinition> definitions() {
        final List<SeriesDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            definitions.add((i % 2 == 0 ? LEVEL : EVENTS).withKey("series." + i));
        }
        return definitions;
    }

    private static EngineContext context() {
        return new EngineContext().timesNearEpochAllowed(true);
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingMode.class,
            names = {"STEPPED", "OWN_THREADS"})
    void shouldDefineSeriesInTheOrderOfTheList(final ThreadingMode mode, @TempDir final Path directory) {
        final EngineContext context = context().threadingMode(mode).directory(directory);
        final List<SeriesDefinition> definitions = definitions();
        final List<Series> defined;
        try (Engine engine = TollgateEngine.launch(context)) {
            defined = engine.series().define(definitions);
            for (int i = 0; i < COUNT; i++) {
                assertEquals(i, defined.get(i).number());
                assertEquals(definitions.get(i), defined.get(i).definition());
                assertEquals(definitions.get(i).identity(), defined.get(i).identity());
            }
            assertEquals(defined, engine.series().define(definitions), "again");
        }
        try (Engine engine = TollgateEngine.launch(context)) {
            for (int i = 0; i < COUNT; i++) {
                final Series found = engine.series().find(i).orElseThrow();
                assertEquals(defined.get(i), found);
                assertEquals(definitions.get(i), found.definition());
            }
        }
    }

    @Test
    void shouldKeepThoseBeforeTheFirstThatIsRefused() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            engine.defineStep(LEVEL.withKey("series.500"));
            final List<SeriesDefinition> definitions = definitions();
            definitions.set(500, EVENTS.withKey("series.500"));
            final String refusal = assertThrows(
                            IllegalStateException.class, () -> engine.series().define(definitions))
                    .getMessage();
            assertTrue(refusal.startsWith("series=series.500 is defined with kind=STEP"), refusal);
            assertTrue(engine.series().find("series.499").isPresent());
            assertTrue(engine.series().find("series.501").isEmpty());
            assertEquals(COUNT, engine.series().define(definitions()).size());
        }
    }

    @Test
    void shouldDefineNothingIfAStartOfLifeIsImplausible() {
        try (Engine engine = TollgateEngine.launch(new EngineContext().threadingMode(ThreadingMode.STEPPED))) {
            final SeriesDefinition seconds = EVENTS.withLifeStart(1_700_000_000);
            assertThrows(IllegalArgumentException.class, () -> engine.series().define(List.of(LEVEL, seconds)));
            assertTrue(engine.series().find("level").isEmpty());
        }
    }

    @Test
    void shouldGiveOneSeriesForAKeyThatComesTwice() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final Window more = Window.slidingNs(7);
            final List<Series> defined = engine.series().define(List.of(LEVEL, EVENTS, LEVEL.withWindows(more)));
            assertEquals(defined.get(0), defined.get(2));
            assertEquals(
                    List.of(Window.slidingNs(5), Window.last(3), more),
                    defined.get(2).definition().windows());
        }
    }

    @Test
    void shouldShowWindowsByPatternInHandlesOfNewSeries() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            engine.series().register(WindowRegistration.of("level").withWindows(Window.slidingNs(9)));
            final Series defined = engine.series().define(List.of(LEVEL)).get(0);
            assertEquals(
                    List.of(Window.slidingNs(9), Window.slidingNs(5), Window.last(3)),
                    defined.definition().windows());
            assertEquals(engine.series().find("level").orElseThrow().definition(), defined.definition());
        }
    }

    @Test
    void shouldShareWhatSeriesHaveInCommon() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final Series first = engine.defineStep(
                    SeriesDefinition.step("first", Unit.PERCENT, 2).withWindows(Window.slidingNs(5)));
            final Series second = engine.defineStep(
                    SeriesDefinition.step("second", Unit.PERCENT, 2).withWindows(Window.slidingNs(5)));
            final Series found = engine.series().find("first").orElseThrow();
            assertSame(first.definition().windows(), second.definition().windows());
            assertSame(first.definition().windows(), found.definition().windows());
            assertSame(first.definition().policies(), second.definition().policies());
        }
    }
}
