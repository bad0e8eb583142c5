package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.fixture.WatchedTimelines;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Watches on the collected rate and on growth: each event once, also with late amounts, closes and kills. */
final class RatioWatchTest extends PanelWatchFixture {
    private static final int TIME = 60;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Ratios of sums of random flows, read in each nanosecond. */
    private static final class Ratios extends WatchedTimelines {
        private final List<FlowSeries> flows = new ArrayList<>();

        private Ratios(final Engine engine, final Random random) {
            super(engine, random, TIME, 1);
            for (int i = 0; i < 4; i++) {
                flows.add((FlowSeries) series.flow("flow." + i));
            }
        }

        @Override
        public double value(final WatchedPanel panel, final long at) {
            final WatchedPanel.OfRatio of = (WatchedPanel.OfRatio) panel;
            final Optional<BigDecimal> above = sum(of.ratio().numerators(), of.window(), at);
            final Optional<BigDecimal> below = sum(of.ratio().denominators(), of.window(), at - of.earlierNs());
            if (above.isEmpty() || below.isEmpty() || below.get().signum() == 0) {
                return Double.NaN;
            }
            final BigDecimal asked = switch (of.metric()) {
                case RATIO -> above.get();
                case PERCENT -> above.get().multiply(HUNDRED);
                case GROWTH -> above.get().subtract(below.get());
            };
            return asked.divide(below.get(), MathContext.DECIMAL128).doubleValue();
        }

        /** Returns the sum of some flows, empty if none has begun. */
        private Optional<BigDecimal> sum(final List<FlowSeries> all, final Window window, final long at) {
            return all.stream()
                    .map(flow -> series.oracle(flow).run(window, at))
                    .filter(run -> run.quietStatus() != Status.EMPTY)
                    .map(run -> new BigDecimal(run.sum()))
                    .reduce(BigDecimal::add);
        }

        private WatchSet watches() {
            final FlowRatio many = new FlowRatio(flows.subList(0, 2), flows.subList(1, 4));
            final FlowRatio itself = FlowRatio.of(flows.get(0), flows.get(0));
            return new WatchSet(
                    NAME,
                    List.of(
                            watch(WatchedPanel.of(sliding(), many, RatioMetric.RATIO), 1),
                            watch(WatchedPanel.of(sliding(), many, RatioMetric.PERCENT), 100),
                            watch(WatchedPanel.of(Window.since(random.nextInt(TIME)), many, RatioMetric.PERCENT), 100),
                            watch(WatchedPanel.of(Window.last(3), many, RatioMetric.RATIO), 1),
                            watch(
                                    WatchedPanel.of(
                                            sliding(),
                                            itself,
                                            Duration.ofNanos(random.nextInt(30)),
                                            RatioMetric.GROWTH),
                                    1)));
        }

        private Window sliding() {
            return new Window.Sliding(1 + random.nextInt(40), Closed.values()[random.nextInt(Closed.values().length)]);
        }

        private Watch watch(final WatchedPanel panel, final double scale) {
            final double fire = scale * random.nextGaussian();
            final Watch watch = random.nextBoolean() ? Watch.above(panel, fire) : Watch.below(panel, fire);
            final double quiet = watch.side() == Watch.Side.ABOVE ? -scale / 5 : scale / 5;
            return watch.withClear(fire + quiet).withFor(Duration.ofNanos(random.nextInt(5)));
        }
    }

    /** Amounts are late, pending, revised and withdrawn. The engine is closed or killed, and opened again. */
    @Test
    void shouldHaveReportedTheEventsOfTheCourseAsItIsKnown() throws IOException {
        final Random random = new Random(41);
        live(random, 150, () -> random.nextLong(4), engine -> new Ratios(engine, random), Ratios::watches, "seed=41");
    }

    /**
     * 10 on 100 are collected, then 40 on 100. The watch fires above 20% until the second amount has left the window.
     */
    @Test
    void shouldReportThatTheCollectedRateWentUpAndCameBack() {
        try (Engine engine = launch(directory.resolve("rate"))) {
            final FlowSeries duties = engine.defineFlow(SeriesDefinition.flow("duties", new Unit("USD"), 0));
            final FlowSeries imports = engine.defineFlow(SeriesDefinition.flow("imports", new Unit("USD"), 0));
            engine.advanceTo(1);
            final WatchedPanel panel =
                    WatchedPanel.of(Window.slidingNs(10), FlowRatio.of(duties, imports), RatioMetric.PERCENT);
            final UpdateQueue queue =
                    engine.updates().subscribe(WatchSet.of(NAME, Watch.above(panel, 20)), QueueOptions.DEFAULT);
            for (int i = 1; i <= 6; i++) {
                engine.awaitApplied(engine.publisher().offer(imports, 5 * i, 100));
                engine.awaitApplied(engine.publisher().offer(duties, 5 * i, i == 3 ? 40 : 10));
                work(engine);
            }
            engine.advanceTo(40);
            work(engine);
            // In (5, 15] 50 are collected on 200; in (15, 25] 20 on 200.
            assertEquals(
                    List.of("TIME at=15 EMPTY NaN -> OK 25.0", "TIME at=25 EMPTY NaN -> OK 10.0"),
                    new UpdateRecorder().drain(queue).changes());
        }
    }

    @Test
    void shouldRefuseToLookAhead() {
        try (Engine engine = launch(directory.resolve("refused"))) {
            final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("f", Unit.COUNT, 0));
            final FlowRatio ratio = FlowRatio.of(flow, flow);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> WatchedPanel.of(Window.slidingNs(5), ratio, Duration.ofNanos(-1), RatioMetric.GROWTH));
        }
    }
}
