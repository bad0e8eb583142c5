package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that begin before the first instant. */
final class EarlyWindowTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    /**
     * The values 0, 10 and 20 are ten days apart, so the slope is 1 a day. At the start of the window the line is as
     * many below 20 as the window has days.
     */
    @ParameterizedTest
    @ValueSource(longs = {40, 36_525, 106_751})
    void shouldDrawTheLineToTheirStart(final long days) {
        try (TollgateEngine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("licences", Unit.COUNT, 0));
            final long first = Instants.parse("1845-01-01T00:00:00Z");
            for (int i = 0; i < 3; i++) {
                engine.awaitApplied(engine.publisher().offer(series, first + i * 10 * DAY_NS, 10 * i));
            }
            final TestReader reader = new TestReader(engine.newReader());
            final WindowReading reading = reader.newReading(Metric.SLOPE, Metric.INTERCEPT);
            reader.read(series, Window.slidingNs(days * DAY_NS), first + 20 * DAY_NS, reading);
            assertEquals(1, reading.value(Metric.SLOPE));
            assertEquals(Status.PARTIAL, reading.status(Metric.INTERCEPT));
            assertEquals(20 - days, reading.value(Metric.INTERCEPT));
        }
    }
}
