package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.CusumChart;
import io.tollgate.api.read.Decay;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The worked examples M15, against a baseline; M19, the time-decayed average; M20, the change point. */
class GoldenSignalTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final Window QUARTER = Window.sliding(Duration.ofDays(90));

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());

    @Test
    void m15ShouldCompareExportsWithThoseBefore() {
        final FlowSeries tonnes = flow(0, 4_846, 90, 1_238);
        final Metric fixed = Metric.ratioTo(Baseline.fixed("4846"));
        final Metric before = Metric.ratioTo(Baseline.earlier(Duration.ofDays(90), 1));
        final Metric nothing = Metric.ratioTo(Baseline.fixed("0"));
        final WindowReading reading = reader.newReading(fixed, before, nothing);
        reader.read(tonnes, QUARTER, 90 * DAY_NS, reading);
        assertEquals(1_238 / 4_846.0, reading.value(fixed));
        assertEquals(0.2555, reading.value(fixed), 0.00005);
        assertEquals(Status.OK, reading.status(fixed));
        // The previous quarter ends with the first event of all, at which the life begins.
        assertEquals(1_238 / 4_846.0, reading.value(before));
        assertEquals(Status.PARTIAL, reading.status(before));
        assertEquals(Status.UNDEFINED, reading.status(nothing));
    }

    @Test
    void m15ShouldScoreACountAgainstTheMeanOfTwoYearsBefore() {
        final FlowSeries licences = engine.defineFlow(
                SeriesDefinition.flow("licences", Unit.COUNT, 0).withLifeStart(-1_000 * DAY_NS));
        offer(licences, 0, 250);
        offer(licences, 365, 253);
        offer(licences, 730, 194);
        final Metric fixed = Metric.poissonZ(Baseline.fixed("251.5"));
        final Metric before = Metric.poissonZ(Baseline.earlier(Duration.ofDays(365), 2));
        final Metric tooMany = Metric.poissonZ(Baseline.earlier(Duration.ofDays(365), 5));
        final WindowReading reading = reader.newReading(fixed, before, tooMany);
        reader.read(licences, QUARTER, 730 * DAY_NS, reading);
        assertEquals(-3.63, reading.value(fixed), 0.005);
        assertEquals(reading.value(fixed), reading.value(before));
        assertEquals(Status.OK, reading.status(before));
        assertEquals(Status.INSUFFICIENT, reading.status(tooMany));
    }

    @Test
    void m15ShouldCompareTheMeanOfALevelOverTime() {
        final StepSeries rate = step(-91, 20, 0, 30, 45, 60);
        final Metric ratio = Metric.ratioTo(Baseline.earlier(Duration.ofDays(90), 1));
        final Metric score = Metric.poissonZ(Baseline.fixed("20"));
        final WindowReading reading = reader.newReading(ratio, score);
        reader.read(rate, QUARTER, 90 * DAY_NS, reading);
        assertEquals(2.25, reading.value(ratio));
        assertEquals(Status.OK, reading.status(ratio));
        assertEquals(Status.UNDEFINED, reading.status(score));
        reader.read(rate, QUARTER, 30 * DAY_NS, reading);
        assertEquals(Status.PARTIAL, reading.status(ratio), "of the window before it only 31 days are known");
        reader.read(rate, QUARTER, -5 * DAY_NS, reading);
        assertEquals(Status.INSUFFICIENT, reading.status(ratio), "the previous window has no data");
    }

    @Test
    void m19ShouldDecayFrom20To145ByHalfInThirtyDays() {
        final StepSeries rate = step(-400, 20, 0, 145);
        final Metric ewma = Metric.ewma(Decay.halfLife(Duration.ofDays(30)));
        final WindowReading reading = reader.newReading(ewma);
        // The window must begin before the change. Its length does not matter, because only one level is before the
        // change.
        for (final int days : new int[] {30, 31, 90, 365}) {
            reader.read(rate, Window.sliding(Duration.ofDays(days)), 30 * DAY_NS, reading);
            assertEquals(days == 30 ? 145 : 82.5, reading.value(ewma), 1e-9, "days=" + days);
        }
        reader.read(rate, QUARTER, 0, reading);
        assertEquals(20, reading.value(ewma));
        reader.read(rate, QUARTER, 60 * DAY_NS, reading);
        assertEquals(113.75, reading.value(ewma));
    }

    @Test
    void m19ShouldRateEventsPerDay() {
        final FlowSeries events = flow(0, 8);
        final Metric halfLife = Metric.ewma(Decay.halfLife(Duration.ofDays(2)));
        final Metric timeConstant = Metric.ewma(Decay.timeConstant(Duration.ofDays(2)));
        final WindowReading reading = reader.newReading(halfLife, timeConstant);
        reader.read(events, QUARTER, 4 * DAY_NS, reading);
        assertEquals(Math.log(2), reading.value(halfLife), 1e-15);
        assertEquals(4 / (Math.E * Math.E), reading.value(timeConstant), 1e-15);
        reader.read(events, QUARTER, 400 * DAY_NS, reading);
        assertEquals(0, reading.value(halfLife));
        assertEquals(Status.OK, reading.status(halfLife));
        reader.read(events, QUARTER, -1, reading);
        assertEquals(Status.EMPTY, reading.status(halfLife));
    }

    @ParameterizedTest
    @CsvSource({"1, 3.1967, 0", "2, 8.7100, 1"})
    void m20ShouldAlarmOnTheSecondObservation(final int day, final double sum, final long alarms) {
        final CusumChart chart = exports(CusumChart.Reset.ON_ALARM);
        final FlowSeries tonnes = flow(1, 2_628, 2, 1_238);
        final WindowReading reading = reader.newReading(Metric.cusum(chart), Metric.cusumAlarms(chart));
        reader.read(tonnes, Window.since(DAY_NS), day * DAY_NS, reading);
        assertEquals(sum, reading.value(Metric.cusum(chart)), 0.00005);
        assertEquals(alarms, reading.value(Metric.cusumAlarms(chart)));
    }

    @ParameterizedTest
    @EnumSource(CusumChart.Reset.class)
    void m20ShouldStartAgainAfterAnAlarmIfAsked(final CusumChart.Reset reset) {
        final CusumChart chart = exports(reset);
        final StepSeries tonnes = step(0, 0, 1, 2_628, 2, 1_238, 3, 4_846, 4, 1_238);
        final Metric sum = Metric.cusum(chart);
        final Metric alarms = Metric.cusumAlarms(chart);
        final Metric since = Metric.sinceCusumAlarm(chart);
        final WindowReading reading = reader.newReading(sum, alarms, since);
        // A carried-in level is no observation.
        final Window days = Window.sliding(Duration.ofDays(5).minusNanos(1));
        reader.read(tonnes, days, 5 * DAY_NS, reading);
        final boolean isReset = reset == CusumChart.Reset.ON_ALARM;
        assertEquals(isReset ? 2 : 3, reading.value(alarms));
        assertEquals(isReset ? 5.5133 : 13.7233, reading.value(sum), 0.00005);
        assertEquals(1, reading.value(since));
        reader.read(tonnes, Window.sliding(Duration.ofDays(1)), 2 * DAY_NS - 1, reading);
        assertEquals(Status.INSUFFICIENT, reading.status(since), "one observation, no alarm");
        assertEquals(Status.OK, reading.status(alarms));
        reader.read(tonnes, Window.slidingNs(9), 2 * DAY_NS - 1, reading);
        assertEquals(Status.EMPTY, reading.status(alarms), "none");
    }

    private static CusumChart exports(final CusumChart.Reset reset) {
        return new CusumChart(
                new BigDecimal("4846"),
                new BigDecimal("600"),
                new BigDecimal("0.5"),
                new BigDecimal("4"),
                CusumChart.Side.LOWER,
                reset);
    }

    private FlowSeries flow(final long... daysAndValues) {
        final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("tonnes", Unit.COUNT, 0));
        for (int i = 0; i < daysAndValues.length; i += 2) {
            offer(series, daysAndValues[i], daysAndValues[i + 1]);
        }
        return series;
    }

    private void offer(final FlowSeries series, final long day, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, day * DAY_NS, value));
    }

    private StepSeries step(final long... daysAndValues) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
        for (int i = 0; i < daysAndValues.length; i += 2) {
            engine.awaitApplied(engine.publisher().offer(series, daysAndValues[i] * DAY_NS, daysAndValues[i + 1]));
        }
        return series;
    }
}
