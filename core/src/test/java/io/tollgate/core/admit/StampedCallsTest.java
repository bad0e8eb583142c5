package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.TestContext;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In mode EVENT the end of a series moves the clock as a point does, so no later point is known earlier. */
class StampedCallsTest {
    @AutoClose
    private Engine engine;

    private TestReader reader;
    private List<StepSeries> series;

    @BeforeEach
    void launch() {
        engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT));
        reader = new TestReader(engine.newReader());
        series = Levels.define(engine, 3);
    }

    private long offer(final int position, final long time) {
        return engine.publisher().offer(series.get(position), time, time);
    }

    /** Requires the knowledge time of points that are offered now. */
    private void requireKnown(final long knowledgeTime, final long time) {
        offer(1, time);
        engine.awaitApplied(offer(2, time));
        for (int i = 1; i <= 2; i++) {
            final LevelReading level = reader.level(series.get(i), time);
            assertEquals(knowledgeTime, level.knowledgeTimeNs());
        }
    }

    @Test
    void shouldStampAPointNoEarlierThanAnEndBeforeIt() {
        offer(0, 1_000);
        engine.series().close(series.get(0), LifeEnd.at(1_000_000));
        requireKnown(1_000_000, 2_000);
    }

    @Test
    void shouldStampAnEndNoEarlierThanAPointBeforeIt() {
        offer(1, 5_001);
        offer(2, 5_002);
        engine.series().close(series.get(0), LifeEnd.at(3_000));
        final LifeReading life = reader.life(series.get(0), Instants.ALL_KNOWN);
        assertEquals(5_002, life.endKnownAtNs());
    }

    @Test
    void shouldMoveStampsWithAnEndThatIsKnownAtAGivenTime() {
        engine.series().close(series.get(0), LifeEnd.at(9_000).knownAt(50));
        requireKnown(9_000, 100);
    }

    @Test
    void shouldMoveNoStampWithAnEndThatIsRefused() {
        final StepSeries closed = series.get(0);
        final StepSeries open = series.get(1);
        engine.series().close(closed, LifeEnd.at(500));
        engine.awaitApplied(offer(1, 1_000));
        assertThrows(IllegalStateException.class, () -> engine.series().close(closed, LifeEnd.at(9_000)));
        assertThrows(
                IllegalStateException.class,
                () -> engine.series().close(open, LifeEnd.at(9_000).knownAt(50)));
        assertThrows(
                IllegalStateException.class,
                () -> engine.series().close(open, LifeEnd.at(9_000).followedBy(closed)));
        requireKnown(1_001, 1_001);
    }

    @Test
    void shouldStampNothingWithAKnowledgeTimeThatWasGiven() {
        KnownPoint.apply(engine, series.get(0), 100, 1, 1_000_000);
        requireKnown(300, 300);
    }
}
