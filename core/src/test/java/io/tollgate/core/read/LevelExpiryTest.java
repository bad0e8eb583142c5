package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A level of 20 from day 0, 30 from day 4, and 40 from day 30. Each point confirms the level for ten days. */
class LevelExpiryTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final Metric ABOVE_25 = Metric.above("25");

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());
    private final SeriesDefinition definition = SeriesDefinition.step("rate", Unit.PERCENT, 0);
    private final StepSeries rate = engine.defineStep(
            definition.withHeartbeat(Duration.ofDays(10)).withWindows(Window.sliding(Duration.ofDays(20))));

    @BeforeEach
    void offer() {
        offer(rate, 0, 20);
        offer(rate, 4, 30);
        offer(rate, 30, 40);
    }

    @Test
    void shouldForgetALevelWhenItsHeartbeatHasRunOut() {
        assertLevel(14 * DAY_NS - 1, Status.OK, 30, 4, 30);
        assertLevel(14 * DAY_NS, Status.INSUFFICIENT, Double.NaN, 4, 30);
        assertLevel(30 * DAY_NS - 1, Status.INSUFFICIENT, Double.NaN, 4, 30);
        assertLevel(30 * DAY_NS, Status.OK, 40, 30, Instants.NONE);
        assertLevel(40 * DAY_NS, Status.INSUFFICIENT, Double.NaN, 30, Instants.NONE);
    }

    @Test
    void shouldWeighTheLastValueForItsHeartbeatOnly() {
        final WindowReading reading = read(days(20), 20);
        assertWorth(reading, Metric.MEAN, Status.PARTIAL, (4 * 20 + 10 * 30) / 14.0);
        assertWorth(reading, Metric.SUM, Status.PARTIAL, 380);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 14 / 20.0);
        assertWorth(reading, ABOVE_25, Status.PARTIAL, 10 / 14.0);
        assertWorth(reading, Metric.LAST, Status.PARTIAL, 30);
        assertWorth(reading, Metric.MAX, Status.PARTIAL, 30);
    }

    @Test
    void shouldKnowAValueThatANewerPointFollowsUpToIt() {
        final WindowReading reading = read(days(20), 30);
        assertWorth(reading, Metric.MEAN, Status.OK, 30);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
        final WindowReading open = read(new Window.Sliding(20 * DAY_NS, Closed.LEFT), 30);
        assertWorth(open, Metric.COVERAGE, Status.OK, 1);
        assertWorth(open, Metric.LAST, Status.OK, 30);
    }

    @Test
    void shouldCarryNothingInThatHasRunOut() {
        for (final int length : new int[] {1, 5, 6}) {
            final WindowReading reading = read(days(length), 20);
            assertFalse(reading.hasCarriedIn());
            assertWorth(reading, Metric.MEAN, Status.EMPTY, Double.NaN);
            assertWorth(reading, Metric.LAST, Status.EMPTY, Double.NaN);
            assertWorth(reading, ABOVE_25, Status.EMPTY, Double.NaN);
            assertWorth(reading, Metric.COUNT, Status.OK, 0);
            assertWorth(reading, Metric.COVERAGE, Status.OK, 0);
        }
        final WindowReading reading = read(days(7), 20);
        assertEquals(30, reading.carriedInValue());
        assertWorth(reading, Metric.MEAN, Status.PARTIAL, 30);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1 / 7.0);
    }

    /** The point at the start may be inside the window or not. */
    @Test
    void shouldCarryInTheValueThatBeginsWithTheWindow() {
        for (final Closed closed : Closed.values()) {
            requireThirtySinceDay4(new Window.Sliding(4 * DAY_NS, closed), closed.includesStart() ? 1 : 0);
        }
        requireThirtySinceDay4(Window.since(4 * DAY_NS), 1);
        requireThirtySinceDay4(Window.last(1), 1);
        engine.awaitApplied(engine.publisher()
                .point(rate)
                .validAt(2 * DAY_NS)
                .unknown()
                .knownAt(3)
                .reference(5)
                .offer());
        final WindowReading unknown = read(Window.since(2 * DAY_NS), 8);
        assertFalse(unknown.hasCarriedIn());
        assertEquals(Double.NaN, unknown.carriedInValue());
        assertEquals(2, unknown.count());
    }

    private void requireThirtySinceDay4(final Window window, final long count) {
        final WindowReading reading = read(window, 8);
        final String message = window.toString();
        assertTrue(reading.hasCarriedIn(), message);
        assertEquals(30, reading.carriedInValue(), message);
        assertEquals(4 * DAY_NS, reading.carriedInSinceNs(), message);
        assertEquals(count, reading.count(), message);
        assertWorth(reading, Metric.MEAN, Status.OK, 30);
    }

    @Test
    void shouldEndTheSpanOfAWindowAtTheEndOfTheHeartbeat() {
        final ReadOptions options = ReadOptions.DEFAULT.withMinSpan(Duration.ofDays(14));
        final WindowReading reading = reader.newReading(options);
        reader.read(rate, Window.since(0), 20 * DAY_NS, reading);
        assertEquals(Status.PARTIAL, reading.status(Metric.MEAN));
        reader.read(rate, Window.since(1), 20 * DAY_NS, reading);
        assertEquals(Status.INSUFFICIENT, reading.status(Metric.MEAN));
    }

    @Test
    void shouldRunOnWithoutAHeartbeatOrWithOneBeyondAllTime() {
        final StepSeries extended = engine.defineStep(SeriesDefinition.step("extended", Unit.PERCENT, 0));
        final StepSeries lasting = engine.defineStep(
                SeriesDefinition.step("lasting", Unit.PERCENT, 0).withHeartbeat(Duration.ofNanos(Long.MAX_VALUE)));
        for (final StepSeries series : new StepSeries[] {extended, lasting}) {
            offer(series, 1, 7);
            final LevelReading level = reader.level(series, 100_000 * DAY_NS);
            assertEquals(7, level.value());
            final WindowReading reading = reader.window(series, days(10), 100_000 * DAY_NS);
            assertEquals(Status.OK, reading.status(Metric.MEAN));
        }
    }

    private void offer(final StepSeries series, final int day, final long value) {
        KnownPoint.apply(engine, series, day * DAY_NS, value, 3, 5);
    }

    private static Window days(final int days) {
        return Window.sliding(Duration.ofDays(days));
    }

    private WindowReading read(final Window window, final int day) {
        final WindowReading reading = reader.newReading(ABOVE_25);
        reader.read(rate, window, day * DAY_NS, reading);
        return reading;
    }

    private void assertLevel(
            final long at, final Status status, final double value, final int sinceDay, final long nextDay) {
        final LevelReading level = reader.level(rate, at);
        assertEquals(status, level.status());
        assertEquals(value, level.value());
        assertEquals(status.hasValue() ? (long) value : Decimals.UNKNOWN, level.scaledValue());
        assertEquals(sinceDay * DAY_NS, level.sinceNs());
        assertEquals(nextDay == Instants.NONE ? nextDay : nextDay * DAY_NS, level.nextChangeAtNs());
        assertEquals(3, level.knowledgeTimeNs());
        assertEquals(5, level.reference());
    }

    private static void assertWorth(
            final WindowReading reading, final Metric metric, final Status status, final double value) {
        assertEquals(status, reading.status(metric), metric.text());
        assertEquals(value, reading.value(metric), metric.text());
    }
}
