package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.RunSummary;
import org.junit.jupiter.api.Test;

/** A level of 5 from 10 on, repeated at 20, and of 7 from 30 on. */
class SeriesRunsTest {
    private final WindowBounds bounds = new WindowBounds();

    @Test
    void shouldFindTheLastPointAndTheLastChange() {
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.STEP, 0, 0)) {
            final SeriesRuns runs = begin(fixture);
            assertTrue(runs.findFloor(25));
            assertFalse(runs.hasFloor());
            fill(fixture);
            assertTrue(runs.findFloor(9));
            assertFalse(runs.hasFloor());
            assertTrue(runs.findFloor(10));
            assertTrue(runs.hasFloor());
            assertEquals(10, runs.time());
            assertTrue(runs.findFloor(29));
            assertEquals(20, runs.time());
            assertEquals(5, runs.value());
            assertTrue(runs.findLastChange());
            assertFalse(runs.hasLastChange());
            assertTrue(runs.findFloor(40));
            assertEquals(7, runs.value());
            assertTrue(runs.findLastChange());
            assertTrue(runs.hasLastChange());
            assertEquals(30, runs.lastChangeTime());
        }
    }

    @Test
    void shouldReadTheWindowAndOthers() {
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.FLOW, 0, 0)) {
            fill(fixture);
            final SeriesRuns runs = begin(fixture);
            assertEquals(10, runs.aliveFrom());
            bounds.sliding(30, 15, Closed.RIGHT);
            assertTrue(runs.points().next());
            assertEquals(20, runs.points().time());
            final WindowBounds other = new WindowBounds();
            assertTrue(runs.resolve(29, other));
            assertEquals(14, other.startNs());
            final RunSummary summary = new RunSummary();
            assertTrue(runs.summarise(other, summary));
            assertEquals(1, summary.count());
            assertEquals(bounds, runs.bounds());
        }
    }

    private SeriesRuns begin(final SeriesFixture fixture) {
        final SeriesRuns runs = new SeriesRuns(fixture.blocks());
        runs.begin(fixture.series(), Window.slidingNs(15), bounds);
        return runs;
    }

    private static void fill(final SeriesFixture fixture) {
        fixture.put(10, 5, 0);
        fixture.put(20, 5, 0);
        fixture.put(30, 7, 0);
    }
}
