package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PointFeedTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Limits ONE_SERIES = Limits.DEFAULT
            .withMaxSeriesCount(1)
            .withMaxReadAttempts(100)
            .withMaxPatternCount(1)
            .withMaxGroupCount(1)
            .withMaxSubscriptionCount(1)
            .withMaxUpdateQueueCount(1)
            .withMaxBatchPointCount(1)
            .withMaxOpenBatchCount(1)
            .withBatchTimeoutNs(1)
            .withMaxRefusalsKept(1)
            .withMaxLatenessPatternCount(0)
            .withMaxUpdatesKept(16);

    private PointFeed feed(final Engine engine) {
        return new PointFeed(
                engine, UnaryOperator.identity(), SeriesKind.STEP, DuplicatePolicy.REVISE, 0, Window.slidingNs(10));
    }

    private static PointLine point(final String key, final long value) {
        return new PointLine(key, MINUTE_NS * value, false, value, Instants.NONE, Publisher.NO_REFERENCE);
    }

    /** The point is refused like a point of an existing series without space for it. */
    @Test
    void shouldRefuseThePointOfASeriesForWhichThereIsNoSpace() {
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.EVENT)
                .limits(ONE_SERIES))) {
            final PointFeed feed = feed(engine);
            feed.accept(point("a", 1));
            for (int i = 0; i < 2; i++) {
                final String refusal = assertThrows(IllegalArgumentException.class, () -> feed.accept(point("b", 2)))
                        .getMessage();
                assertTrue(refusal.startsWith("series=b seriesCount=1, expected room for one more"), refusal);
            }
            assertEquals("a", feed.accept(point("a", 3)).key());
            assertEquals(2, engine.admin().statistics().appliedCount());
            assertEquals(1, feed.series().size());
        }
    }

    /** A failed engine is not the fault of a line. */
    @Test
    void shouldNotRefuseThePointsOfAnEngineThatHasFailed() {
        final Engine failed = (Engine) Proxy.newProxyInstance(
                PointFeedTest.class.getClassLoader(), new Class<?>[] {Engine.class}, (engine, method, arguments) -> {
                    if (method.getName().equals("publisher")) {
                        return null;
                    }
                    if (method.getName().equals("find")) {
                        return Optional.empty();
                    }
                    throw new IllegalStateException("engine=failed");
                });
        assertThrows(IllegalStateException.class, () -> feed(failed).accept(point("a", 1)));
    }
}
