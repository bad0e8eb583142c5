package io.tollgate.examples.impact.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.examples.impact.finding.Answers;
import org.junit.jupiter.api.Test;

final class FeedTest {
    private static final int SMALL_RING_LENGTH = 4096;
    private static final int POINTS = 50_000;

    @Test
    void shouldOfferAgainWhereTheEngineHasNoSpaceAndLoseNothing() {
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .timesNearEpochAllowed(true)
                .limits(Limits.DEFAULT.withRingLength(SMALL_RING_LENGTH)))) {
            final Feed feed = new Feed(engine);
            final FlowSeries flow = feed.flow(SeriesDefinition.flow("licences", Unit.COUNT, 0));
            for (int i = 1; i <= POINTS; i++) {
                feed.event(flow, i, 1, Instants.NONE, Publisher.NO_REFERENCE);
            }

            feed.publish();

            assertEquals(POINTS, feed.publishedCount());
            assertEquals(
                    POINTS,
                    new Answers(engine)
                            .window(flow, Window.slidingNs(POINTS), POINTS)
                            .value(Metric.SUM));
            assertTrue(feed.retryCount() > 0, "retryCount=" + feed.retryCount());
            assertTrue(feed.pointsPerSecond() > 0, "pointsPerSecond=" + feed.pointsPerSecond());
        }
    }

    @Test
    void shouldSayUnknownWhereALevelIsNotKnown() {
        try (Engine engine = TollgateEngine.launch(new EngineContext().timesNearEpochAllowed(true))) {
            final Feed feed = new Feed(engine);
            final StepSeries step = feed.step(SeriesDefinition.step("tariff", Unit.PERCENT, 0));
            feed.level(step, 10, 25, Instants.NONE, 1);
            feed.level(step, 20, Decimals.UNKNOWN, Instants.NONE, 2);

            feed.publish();

            final Answers answers = new Answers(engine);
            assertEquals(25, answers.level(step, 19).value());
            assertEquals(Status.INSUFFICIENT, answers.level(step, 20).status());
            assertEquals(2, answers.level(step, 20).reference());
        }
    }

    @Test
    void shouldReportSeriesAndCodeWhereTheEngineIsClosed() {
        final Engine engine = TollgateEngine.launch(new EngineContext().timesNearEpochAllowed(true));
        final Feed feed = new Feed(engine);
        final StepSeries step = feed.step(SeriesDefinition.step("tariff", Unit.PERCENT, 0));
        feed.level(step, 10, 25, Instants.NONE, 1);
        engine.close();

        final IllegalStateException refused = assertThrows(IllegalStateException.class, feed::publish);

        assertTrue(refused.getMessage().startsWith("series=tariff"), refused.getMessage());
        assertTrue(refused.getMessage().contains("offer=CLOSED"), refused.getMessage());
    }
}
