package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.number.CrossMoments;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two series with a point at each instant from 0 to 999, one of them torn. */
class TornPairTest {
    private static final int COUNT = 1_000;

    private final WindowBounds bounds = new WindowBounds();

    @ParameterizedTest
    @CsvSource({"STEP, STEP, 0", "STEP, STEP, 5", "STEP, FLOW, 0", "FLOW, STEP, 0", "FLOW, FLOW, 0"})
    void shouldSayThatOneSeriesIsTorn(final SeriesKind kindX, final SeriesKind kindY, final long heartbeatNs) {
        for (final boolean isXTorn : new boolean[] {true, false}) {
            for (final boolean isRootTorn : new boolean[] {true, false}) {
                try (SeriesFixture x = new SeriesFixture(kindX, heartbeatNs, 0)) {
                    final SeriesFixture y = x.beside(kindY, heartbeatNs);
                    fill(x);
                    fill(y);
                    final PairRun run = new PairRun(x.blocks(), y.blocks());
                    bounds.since(400, 500);
                    assertEquals(true, align(run, x, y));
                    final SeriesFixture torn = isXTorn ? x : y;
                    torn.tear(isRootTorn ? torn.series().rootBlock() : torn.blockAt(450));
                    assertEquals(false, align(run, x, y));
                    bounds.since(100, 200);
                    assertEquals(!isRootTorn, align(run, x, y));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 50", "5, 50"})
    void shouldCountNoPointsInATornTree(final long heartbeatNs, final int wanted) {
        try (SeriesFixture x = new SeriesFixture(SeriesKind.STEP, heartbeatNs, 0)) {
            final SeriesFixture y = x.beside(SeriesKind.STEP, heartbeatNs);
            fill(x);
            fill(y);
            final PairRun run = new PairRun(x.blocks(), y.blocks());
            bounds.last(500 - wanted + 1, 500, wanted);
            assertEquals(true, align(run, x, y));
            y.tear(y.series().rootBlock());
            assertEquals(false, align(run, x, y));
        }
    }

    private boolean align(final PairRun run, final SeriesFixture x, final SeriesFixture y) {
        final boolean isAsOf = x.isStep() && y.isStep();
        final Pair pair = new Pair(
                series(x, 0),
                series(y, 1),
                isAsOf ? Optional.empty() : Optional.of(Bucket.of(Duration.ofNanos(10))),
                0);
        return run.align(pair, 0, x.series(), y.series(), bounds, new CrossMoments());
    }

    private static Series series(final SeriesFixture fixture, final long number) {
        return fixture.isStep()
                ? new StepSeries(number, SeriesDefinition.step("x" + number, Unit.COUNT, 0))
                : new FlowSeries(number, SeriesDefinition.flow("x" + number, Unit.COUNT, 0));
    }

    private static void fill(final SeriesFixture fixture) {
        for (int i = 0; i < COUNT; i++) {
            fixture.put(i, i, 0);
        }
    }
}
