package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A FLOW has no level. A subscription to its level is refused once that is known. */
class LevelOfFlowTest {
    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private FlowSeries flow(final String key) {
        return engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
    }

    private UpdateQueue subscribe(final Subscription subscription) {
        return engine.updates().subscribe(subscription, QueueOptions.DEFAULT);
    }

    private void assertRefused(final Subscription subscription) {
        assertEquals(
                "subscription=levels pattern=" + subscription.pattern()
                        + " metric=LEVEL fits only FLOW series, as series=licence.granted, expected a STEP: a FLOW has"
                        + " no level; use WatchedMetric.of(window, metric)",
                assertThrows(IllegalArgumentException.class, () -> subscribe(subscription))
                        .getMessage());
        assertEquals(List.of(), engine.updates().list());
    }

    @Test
    void shouldRefuseTheLevelOfFlows() {
        flow("licence.granted");
        assertRefused(Subscription.of("levels", "licence.granted").withMetrics(WatchedMetric.LEVEL));
        assertRefused(Subscription.of("levels", "licence.*").withMetrics(WatchedMetric.LEVEL));
        assertRefused(Subscription.of("levels", "*").withWatches(Watch.above(WatchedMetric.LEVEL, 1)));
        subscribe(Subscription.of("sums", "licence.granted")
                        .withMetrics(WatchedMetric.of(Window.slidingNs(10), Metric.SUM)))
                .close();
    }

    @Test
    void shouldFollowTheLevelsAmongOtherSeriesAndOfThoseToCome() {
        final FlowSeries granted = flow("licence.granted");
        engine.defineStep(SeriesDefinition.step("licence.backlog", Unit.COUNT, 0));
        try (UpdateQueue mixed = subscribe(Subscription.of("mixed", "*").withMetrics(WatchedMetric.LEVEL));
                UpdateQueue later = subscribe(Subscription.of("later", "rate.*").withMetrics(WatchedMetric.LEVEL))) {
            final FlowSeries first = flow("rate.first");
            engine.advanceTo(10);
            KnownPoint.apply(engine, granted, 1, 5, 10);
            KnownPoint.apply(engine, first, 1, 5, 10);
            assertEquals(0, mixed.poll(update -> {}, 10));
            assertEquals(0, later.poll(update -> {}, 10));
            subscribe(Subscription.of("later", "rate.*").withMetrics(WatchedMetric.LEVEL))
                    .close();
        }
    }
}
