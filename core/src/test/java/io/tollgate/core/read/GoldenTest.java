package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.QuantileMethod;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
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

/** The worked examples M5 and M6, and a score as in M19: the additional US rate on goods of China in spring 2025. */
class GoldenTest {
    private static final Window TWO_MONTHS = Window.sliding(Duration.ofDays(61));

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());
    private final WindowReading reading = reader.newReading();

    @Test
    void shouldAverageTheRateInForceByWholeDays() {
        final StepSeries rate = rate("00:00");
        reader.read(rate, TWO_MONTHS, Instants.parse("2025-06-01T00:00-04:00"), reading);
        assertEquals(5774.0 / 61, reading.value(Metric.MEAN));
        assertEquals(5774.0, reading.value(Metric.SUM));
        assertEquals(Status.OK, reading.status(Metric.MEAN));
        assertEquals(4, reading.count());
        assertEquals(20, reading.carriedInValue());
        assertEquals(Instants.parse("2025-03-04T00:00-05:00"), reading.carriedInSinceNs());
    }

    /** In whole days: 4 at 20, 22 at 30, 1 at 104 and 34 at 145; 26 / 61 = 0.42623, 27 / 61 = 0.44262. */
    @ParameterizedTest
    @CsvSource({
        "0, 20",
        "0.05, 20",
        "0.066, 30",
        "0.42, 30",
        "0.426229508, 30",
        "0.426229509, 104",
        "0.44, 104",
        "0.45, 145",
        "0.5, 145",
        "1, 145"
    })
    void shouldReportTheRateThatWasInForceForAShareOfTheTime(final double p, final double level) {
        final Metric quantile = Metric.quantile(p);
        final Metric ranked = Metric.quantile(p, QuantileMethod.NEAREST_RANK);
        final WindowReading declared = reader.newReading(quantile, ranked);
        reader.read(rate("00:00"), TWO_MONTHS, Instants.parse("2025-06-01T00:00-04:00"), declared);
        assertEquals(level, declared.value(quantile));
        assertEquals(level, declared.value(ranked));
    }

    /** 4 days at 20, 4 at 30, 1 at 104 before the level of 145: mean 304 / 9. */
    @Test
    void shouldScoreTheNewestLevelAgainstThoseBeforeItByTheirTimeInForce() {
        final WindowReading declared = reader.newReading(Metric.ZSCORE);
        reader.read(
                rate("00:00"), Window.sliding(Duration.ofDays(31)), Instants.parse("2025-05-02T00:00-04:00"), declared);
        final double mean = 304.0 / 9;
        final double variance = (4 * 400 + 4 * 900 + 104 * 104) / 9.0 - mean * mean;
        assertEquals((145 - mean) / Math.sqrt(variance), declared.value(Metric.ZSCORE), 1e-13);
        assertEquals((145 - 20) / 31.0, declared.value(Metric.RATE));
        assertEquals(declared.value(Metric.VARIANCE), declared.value(Metric.POPULATION_VARIANCE));
    }

    @Test
    void shouldHaveNoScoreIfNoLevelBegins() {
        final WindowReading declared = reader.newReading(Metric.ZSCORE);
        reader.read(
                rate("00:00"), Window.sliding(Duration.ofDays(5)), Instants.parse("2025-05-02T00:00-04:00"), declared);
        assertEquals(Status.INSUFFICIENT, declared.status(Metric.ZSCORE));
        assertEquals(Status.UNDEFINED, declared.status(Metric.ZSCORE_INCLUSIVE));
        assertEquals(0, declared.value(Metric.RATE));
    }

    @Test
    void shouldAverageTheRateInForceByItsTrueInstants() {
        final StepSeries rate = rate("00:01");
        reader.read(rate, TWO_MONTHS, Instants.parse("2025-06-01T00:00-04:00"), reading);
        assertEquals(94.655624, reading.value(Metric.MEAN), 5e-7);
        // Each of four changes is a minute later, so that minute belongs to the level before.
        final double minutes = 5774.0 * 1440 + (20 - 30) + (30 - 104) + (104 - 145) + (145 - 30);
        assertEquals(minutes / (61 * 1440), reading.value(Metric.MEAN));
        assertEquals(20, reading.value(Metric.MIN));
        assertEquals(145, reading.value(Metric.MAX));
        assertEquals(20, reading.value(Metric.FIRST));
        assertEquals(30, reading.value(Metric.LAST));
        assertEquals(1, reading.value(Metric.COVERAGE));
    }

    @Test
    void shouldDivideByTheCoveredTimeIfNothingIsKnownBefore() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.new", Unit.PERCENT, 6));
        offer(rate, "2025-04-05T00:00-04:00", "30");
        offer(rate, "2025-04-09T00:00-04:00", "104");
        reader.read(rate, Window.sliding(Duration.ofDays(10)), Instants.parse("2025-04-10T00:00-04:00"), reading);
        assertEquals(Status.PARTIAL, reading.status(Metric.MEAN));
        assertEquals((4 * 30 + 104) / 5.0, reading.value(Metric.MEAN));
        assertEquals(0.5, reading.value(Metric.COVERAGE));
        assertEquals(Status.OK, reading.status(Metric.COVERAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-05-14T00:00:59.999999999-04:00, 0, 145",
        "2025-05-14T00:01-04:00, -115, 30",
        "2025-05-14T23:59-04:00, -115, 30",
        "2025-05-15T00:00:59.999999999-04:00, -115, 30",
        "2025-05-15T00:01-04:00, 0, 30",
    })
    void shouldChangeBy115PointsOverTheTruce(final String at, final double delta, final double last) {
        final StepSeries rate = rate("00:01");
        reader.read(rate, Window.sliding(Duration.ofDays(1)), Instants.parse(at), reading);
        assertEquals(delta, reading.value(Metric.DELTA));
        assertEquals(last, reading.value(Metric.LAST));
        assertEquals(Status.OK, reading.status(Metric.DELTA));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-02-01T00:00-05:00, EMPTY, NaN, , 2025-03-04T00:01-05:00",
        "2025-04-02T00:00-04:00, OK, 20, 2025-03-04T00:01-05:00, 2025-04-05T00:01-04:00",
        "2025-04-10T00:00-04:00, OK, 104, 2025-04-09T00:01-04:00, 2025-04-10T00:01-04:00",
        "2025-04-10T00:01-04:00, OK, 145, 2025-04-10T00:01-04:00, 2025-05-14T00:01-04:00",
        "2025-05-13T12:00-04:00, OK, 145, 2025-04-10T00:01-04:00, 2025-05-14T00:01-04:00",
        "2025-05-14T00:01-04:00, OK, 30, 2025-05-14T00:01-04:00,",
        "2025-11-10T00:01-05:00, OK, 30, 2025-05-14T00:01-04:00,",
    })
    void shouldReportTheLevelSinceWhenAndUntilWhen(
            final String at, final Status status, final double level, final String since, final String next) {
        final StepSeries rate = rate("00:01");
        final LevelReading answer = reader.level(rate, Instants.parse(at));
        assertEquals(status, answer.status());
        assertEquals(level, answer.value());
        assertEquals(since == null ? Instants.NONE : Instants.parse(since), answer.sinceNs());
        assertEquals(next == null ? Instants.NONE : Instants.parse(next), answer.nextChangeAtNs());
    }

    private StepSeries rate(final String timeOfDay) {
        final StepSeries rate = engine.defineStep(
                SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 6).withWindows(TWO_MONTHS));
        // The announcements are out of order, and only their effective times count.
        offer(rate, "2025-05-14T" + timeOfDay + "-04:00", "30");
        offer(rate, "2025-03-04T" + timeOfDay + "-05:00", "20");
        offer(rate, "2025-04-05T" + timeOfDay + "-04:00", "30");
        offer(rate, "2025-04-10T" + timeOfDay + "-04:00", "145");
        offer(rate, "2025-04-09T" + timeOfDay + "-04:00", "104");
        return rate;
    }

    private void offer(final StepSeries series, final String at, final String value) {
        engine.awaitApplied(engine.publisher().offer(series, Instants.parse(at), series.scaled(value)));
    }
}
