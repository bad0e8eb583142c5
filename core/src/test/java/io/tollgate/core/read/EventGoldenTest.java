package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.QuantileMethod;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of events: M14, the processing time of licences, M19, z-scores, and rates per day. */
class EventGoldenTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final Window TEN_DAYS = Window.sliding(Duration.ofDays(10));

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());
    private final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));

    @ParameterizedTest
    @CsvSource({
        "0, 12, 12",
        "0.01, 12.12, 12",
        "0.2, 14.4, 12",
        "0.25, 15, 15",
        "0.4, 18, 15",
        "0.5, 20, 20",
        "0.6, 30, 20",
        "0.7, 40, 45",
        "0.9, 54, 60",
        "0.999, 59.94, 60",
        "1, 60, 60",
    })
    void shouldReportTheProcessingTimeOfDecidedCases(final double p, final double linear, final double nearestRank) {
        offer(1, 45, 12, 60, 20, 15);
        final Metric quantile = Metric.quantile(p);
        final Metric ranked = Metric.quantile(p, QuantileMethod.NEAREST_RANK);
        final WindowReading reading = read(TEN_DAYS, 6, quantile, ranked);
        assertEquals(linear, reading.value(quantile));
        assertEquals(nearestRank, reading.value(ranked));
    }

    @Test
    void shouldHaveNoQuantileOfNothing() {
        offer(1, 12);
        final WindowReading reading = read(TEN_DAYS, 0, Metric.MEDIAN);
        assertEquals(Status.EMPTY, reading.status(Metric.MEDIAN));
        assertEquals(Double.NaN, reading.value(Metric.MEDIAN));
    }

    @Test
    void shouldScoreTheNewestPointAgainstTheWindowBeforeItAndWithIt() {
        offer(1, 2, 4, 4, 4, 5, 5, 7, 9);
        final WindowReading reading = read(TEN_DAYS, 8, Metric.ZSCORE);
        assertEquals(3.0237, reading.value(Metric.ZSCORE), 5e-5);
        assertEquals(1.8708, reading.value(Metric.ZSCORE_INCLUSIVE), 5e-5);
        assertEquals(4.571428571428571, reading.value(Metric.VARIANCE));
        assertEquals(4, reading.value(Metric.POPULATION_VARIANCE));
        assertEquals(2, reading.value(Metric.POPULATION_SD));
        // The baseline is the window that ends at this instant without including it.
        final WindowReading before = read(new Window.Sliding(10 * DAY_NS, Closed.LEFT), 8);
        assertEquals(4.428571, before.value(Metric.MEAN), 5e-7);
        assertEquals(1.511858, before.value(Metric.SD), 5e-7);
        assertEquals((9 - before.value(Metric.MEAN)) / before.value(Metric.SD), reading.value(Metric.ZSCORE), 1e-15);
    }

    @Test
    void shouldCompareNoPointOfTheNewestInstantWithItself() {
        offer(1, 2, 4, 4, 4, 5, 5, 7);
        offer(8, 1_000);
        offer(8, 9);
        assertEquals(3.0237, read(TEN_DAYS, 9, Metric.ZSCORE).value(Metric.ZSCORE), 5e-5);
    }

    @Test
    void shouldScoreOnlyAgainstTwoOrMoreThatDiffer() {
        offer(1, 5, 5, 7);
        assertEquals(Status.EMPTY, read(TEN_DAYS, 0, Metric.ZSCORE).status(Metric.ZSCORE));
        assertEquals(Status.INSUFFICIENT, read(TEN_DAYS, 1, Metric.ZSCORE).status(Metric.ZSCORE));
        assertEquals(Status.INSUFFICIENT, read(TEN_DAYS, 2, Metric.ZSCORE).status(Metric.ZSCORE));
        final WindowReading constant = read(TEN_DAYS, 3, Metric.ZSCORE);
        assertEquals(Status.UNDEFINED, constant.status(Metric.ZSCORE));
        assertEquals(2 / Math.sqrt(3), constant.value(Metric.ZSCORE_INCLUSIVE), 1e-15);
        assertEquals(Status.UNDEFINED, read(TEN_DAYS, 2).status(Metric.ZSCORE_INCLUSIVE));
    }

    @Test
    void shouldReportTheRatePerDayOfTheWindow() {
        offer(1, 6, 6);
        assertEquals(1.2, read(TEN_DAYS, 5).value(Metric.RATE));
        assertEquals(Status.PARTIAL, read(TEN_DAYS, 5).status(Metric.RATE));
        assertEquals(0, read(TEN_DAYS, 50).value(Metric.RATE));
        assertEquals(Status.OK, read(TEN_DAYS, 50).status(Metric.RATE));
        assertEquals(Status.EMPTY, read(TEN_DAYS, 0).status(Metric.RATE));
        assertEquals(3, read(Window.last(2), 5).value(Metric.RATE), "12 in the 4 days from the first of them");
        assertEquals(Status.INSUFFICIENT, read(Window.last(1), 2).status(Metric.RATE));
    }

    /** Offers events of consecutive days. */
    private void offer(final int firstDay, final long... values) {
        for (int i = 0; i < values.length; i++) {
            engine.awaitApplied(engine.publisher().offer(events, (firstDay + i) * DAY_NS, values[i]));
        }
    }

    private WindowReading read(final Window window, final int day, final Metric... metrics) {
        final WindowReading reading = reader.newReading(metrics);
        reader.read(events, window, day * DAY_NS, reading);
        return reading;
    }
}
