package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * More patterns than an engine accepts register windows, and all of them match the same key. The engine names the
 * refused ones. The series with that key is defined soon and works normally.
 */
class ManyPatternsTest {
    private static final int MAX_PATTERNS = Limits.DEFAULT.maxPatternCount();
    private static final int MAX_SEGMENTS = 20;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTakeAsManyPatternsAsTheLimitSays() {
        register(MAX_PATTERNS + 1_000);
    }

    @Test
    @Tag("ci")
    @Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldBearFourTimesAsManyPatterns() {
        register(4 * MAX_PATTERNS);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldBearAMillionPatterns() {
        register(1_000_000);
    }

    private static void register(final int count) {
        final EngineContext context = TestContext.stepped(ClockMode.EVENT);
        try (Engine engine = TollgateEngine.launch(context)) {
            int refused = 0;
            for (int i = 0; i < count; i++) {
                refused += isTaken(engine, pattern(i)) ? 0 : 1;
            }
            assertEquals(count - MAX_PATTERNS, refused);
            final String hostile = pattern(0);
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(hostile, Unit.COUNT, 0));
            assertTrue(series.definition().keepsShapes());
            engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            assertEquals(1, PointCount.of(engine, hostile));
        }
    }

    private static boolean isTaken(final Engine engine, final String pattern) {
        try {
            engine.series().register(WindowRegistration.of(pattern).withShapes());
            return true;
        } catch (final IllegalStateException e) {
            final String expected =
                    "pattern=" + pattern + " patternCount=" + MAX_PATTERNS + ", expected room for one more within";
            assertTrue(e.getMessage().startsWith(expected), e::getMessage);
            return false;
        }
    }

    /** Each set bit of the number makes a segment a star, except for the last segment. */
    private static String pattern(final int number) {
        final StringJoiner pattern = new StringJoiner(".");
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            pattern.add((number >> i & 1) == 0 ? "a" : "*");
        }
        return pattern.add("a").toString();
    }
}
