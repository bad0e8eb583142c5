package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The time that a reader sees while the engine applies points of one frame. */
class ShownTimeTest {
    private static final QueueOptions BLOCK = new QueueOptions(2, OverflowPolicy.BLOCK);
    private static final Subscription SUMS =
            Subscription.of("sums", "*").withMetrics(WatchedMetric.of(Window.slidingNs(10), Metric.SUM));
    private static final int EVENTS = 8;

    /** The first of two points makes more events leave the window than the queue has space for. */
    @Test
    void shouldShowNoTimeThatOnlyALaterPointHasReached() {
        final List<Long> shown = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (int i = 1; i <= EVENTS; i++) {
                engine.awaitApplied(engine.publisher().offer(events, i, 1));
            }
            engine.updates().subscribe(SUMS, BLOCK, update -> shown.add(engine.now()));
            engine.publisher().offer(events, 1_000, 1);
            engine.awaitApplied(engine.publisher().offer(events, 2_000, 1));
        }
        // Each event leaves the window, two points come, and the first of them leaves the window too.
        assertEquals(EVENTS + 3, shown.size());
        assertEquals(Collections.nCopies(EVENTS, 1_000L), shown.subList(0, EVENTS));
    }
}
