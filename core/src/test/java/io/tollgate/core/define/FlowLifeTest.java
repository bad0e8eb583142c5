package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** During the life of a FLOW series, no events mean zero. A window before its life has no value. */
class FlowLifeTest {
    private static final long LIFE_START = 100;
    private static final long LENGTH = 20;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT));

    private final TestReader reader = new TestReader(engine.newReader());
    private final WindowReading reading = reader.newReading();
    private final FlowSeries series =
            engine.defineFlow(SeriesDefinition.flow("licences", Unit.COUNT, 0).withLifeStart(LIFE_START));

    @Test
    void shouldSayNothingOfAWindowBeforeTheLife() {
        assertSum(Closed.BOTH, LIFE_START - 1, Status.EMPTY, Double.NaN, 0.0);
    }

    @Test
    void shouldHaveNoValueIfTheLifeBeginsAtAnExcludedEnd() {
        assertSum(Closed.LEFT, LIFE_START, Status.EMPTY, Double.NaN, 0.0);
        assertSum(Closed.NEITHER, LIFE_START, Status.EMPTY, Double.NaN, 0.0);
    }

    @Test
    void shouldSayZeroFromTheFirstInstantOfTheLifeOn() {
        assertSum(Closed.RIGHT, LIFE_START, Status.PARTIAL, 0.0, 0.0);
        assertSum(Closed.BOTH, LIFE_START, Status.PARTIAL, 0.0, 0.0);
        assertSum(Closed.LEFT, LIFE_START + 5, Status.PARTIAL, 0.0, 0.25);
    }

    @Test
    void shouldSayZeroOfAWholeWindowWithoutEvents() {
        assertSum(Closed.RIGHT, LIFE_START + LENGTH, Status.OK, 0.0, 1.0);
    }

    private void assertSum(
            final Closed closed, final long atNs, final Status status, final double sum, final double coverage) {
        reader.read(series, Window.sliding(Duration.ofNanos(LENGTH), closed), atNs, reading);
        assertEquals(status, reading.status(Metric.SUM));
        assertEquals(sum, reading.value(Metric.SUM));
        assertEquals(coverage, reading.value(Metric.COVERAGE));
        assertEquals(0, reading.count());
    }
}
