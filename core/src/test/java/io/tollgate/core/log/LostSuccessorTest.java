package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.SeriesSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log has lost the definition of a successor and contains the end of its predecessor. */
class LostSuccessorTest {
    private static final long END = 7;

    @TempDir
    private Path directory;

    private static Engine launch(final Path data) {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, data).logSegmentLength(1 << 16));
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
    }

    @Test
    void shouldBeNamedAgain() throws IOException {
        final Path data = directory.resolve("data");
        final Path left = directory.resolve("left");
        try (Engine engine = launch(data)) {
            final StepSeries ended = define(engine, "ended");
            final int frame = LogFrame.of(data).size();
            final StepSeries next = define(engine, "next");
            engine.series().close(ended, LifeEnd.at(END).followedBy(next));
            requireLinked(engine, data, next);
            LogFrame.copy(data, left);
            LogFrame.of(left).get(frame).damage(left);
        }
        InPlaceRecovery.recover(TestContext.plain().directory(left));
        try (Engine engine = launch(left)) {
            final StepSeries ended = (StepSeries) engine.series().find("ended").orElseThrow();
            assertEquals(Series.NO_NUMBER, lifeOf(engine, ended).successor());
            assertTrue(engine.series().find("next").isEmpty());
            final StepSeries another = define(engine, "another");
            engine.series().close(ended, LifeEnd.at(END).followedBy(another));
            requireLinked(engine, left, another);
        }
        try (Engine engine = launch(left)) {
            requireLinked(
                    engine, left, (StepSeries) engine.series().find("another").orElseThrow());
        }
    }

    private static void requireLinked(final Engine engine, final Path data, final StepSeries next) {
        final StepSeries series = (StepSeries) engine.series().find("ended").orElseThrow();
        assertEquals(next.number(), lifeOf(engine, series).successor());
        assertEquals(next.number(), inspected(data, series).successor());
        final LifeReading life = engine.newReader().life().read(next);
        assertEquals(series.number(), life.predecessor());
    }

    private static LifeReading lifeOf(final Engine engine, final StepSeries series) {
        final LifeReading life = engine.newReader().life().read(series);
        assertEquals(END, life.endNs());
        return life;
    }

    private static SeriesSummary inspected(final Path data, final StepSeries series) {
        final List<SeriesSummary> found = new ArrayList<>();
        try (DirectoryView view = DirectoryView.open(data)) {
            view.forEachSummary(found::add);
        }
        return found.stream()
                .filter(summary -> summary.series().number() == series.number())
                .findFirst()
                .orElseThrow();
    }
}
