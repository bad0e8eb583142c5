package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.YearToDate;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.admit.ArrivalOrderTest;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten tonnes a day, published by the month: 310 in January 2025, 280 in February, 310 in March. */
class PeriodFlowTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final SeriesDefinition MONTHLY =
            SeriesDefinition.flow("tonnes", new Unit("TONNE"), 0).withPeriod(period(CalendarPeriod.MONTH));
    private static final ReadOptions WHOLE = ReadOptions.DEFAULT;
    private static final ReadOptions PRO_RATA = ReadOptions.DEFAULT.withProRata();

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final TestReader reader = new TestReader(engine.newReader());
    private final FlowSeries tonnes = engine.defineFlow(MONTHLY);

    @Test
    void shouldSumUpWholePeriods() {
        publish(1, 2, 3);
        final WindowReading reading = read(WHOLE, since(1, 1), at(4, 1));
        assertWorth(reading, Metric.SUM, Status.OK, 900);
        assertWorth(reading, Metric.RATE, Status.OK, 10);
        assertWorth(reading, Metric.COUNT, Status.OK, 3);
        assertWorth(reading, Metric.MEAN, Status.OK, 300);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
    }

    @Test
    void shouldSayPartialIfAMonthIsNotBookedYet() {
        publish(1, 2, 3);
        for (final ReadOptions options : List.of(WHOLE, PRO_RATA)) {
            final WindowReading reading = read(options, since(1, 1), at(4, 10));
            assertWorth(reading, Metric.SUM, Status.PARTIAL, 900);
            assertWorth(reading, Metric.COVERAGE, Status.OK, 90 / 99.0);
        }
    }

    @Test
    void shouldLeaveTheMonthOutThatTheWindowCuts() {
        publish(1, 2, 3);
        final WindowReading reading = read(WHOLE, since(1, 16), at(4, 1));
        assertWorth(reading, Metric.SUM, Status.PARTIAL, 590);
        assertWorth(reading, Metric.COUNT, Status.OK, 2);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 59 / 75.0);
    }

    @Test
    void shouldTakeAShareOfTheMonthThatTheWindowCutsOnRequest() {
        publish(1, 2, 3);
        final WindowReading reading = read(PRO_RATA, since(1, 16), at(4, 1));
        assertWorth(reading, Metric.SUM, Status.OK, 750);
        assertWorth(reading, Metric.RATE, Status.OK, 10);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
        assertWorth(reading, Metric.COUNT, Status.OK, 2);
        assertWorth(reading, Metric.MEAN, Status.PARTIAL, 295);
        assertWorth(reading, Metric.MIN, Status.PARTIAL, 280);
    }

    @Test
    void shouldKnowNothingIfNoPeriodIsWhole() {
        publish(1, 2, 3);
        final Window week = Window.sliding(Duration.ofDays(7));
        final WindowReading whole = read(WHOLE, week, at(4, 1));
        assertWorth(whole, Metric.SUM, Status.EMPTY, Double.NaN);
        assertWorth(whole, Metric.RATE, Status.EMPTY, Double.NaN);
        assertWorth(whole, Metric.CHANGES, Status.EMPTY, Double.NaN);
        assertWorth(whole, Metric.COVERAGE, Status.OK, 0);
        final WindowReading shared = read(PRO_RATA, week, at(4, 1));
        assertWorth(shared, Metric.SUM, Status.OK, 70);
        assertWorth(shared, Metric.RATE, Status.OK, 10);
        assertWorth(shared, Metric.COVERAGE, Status.OK, 1);
        assertWorth(shared, Metric.COUNT, Status.OK, 0);
        assertWorth(shared, Metric.MEAN, Status.EMPTY, Double.NaN);
        assertWorth(read(PRO_RATA, week, at(3, 20)), Metric.SUM, Status.EMPTY, Double.NaN);
    }

    @Test
    void shouldAskEachMetricForTheCoverageOfItsOwn() {
        publish(1, 2, 3);
        final WindowReading reading = read(PRO_RATA.withMinCoverage(0.9), since(1, 16), at(4, 1));
        assertEquals(Status.OK, reading.status(Metric.SUM));
        assertEquals(Status.INSUFFICIENT, reading.status(Metric.MEAN));
    }

    @Test
    void shouldTakeTheLastPeriodsAsAWhole() {
        publish(1, 2, 3);
        for (final ReadOptions options : List.of(WHOLE, PRO_RATA)) {
            final WindowReading reading = read(options, Window.last(2), at(4, 1));
            assertWorth(reading, Metric.SUM, Status.OK, 590);
            assertWorth(reading, Metric.RATE, Status.OK, 10);
            assertWorth(reading, Metric.COUNT, Status.OK, 2);
            assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
        }
        assertWorth(read(WHOLE, Window.last(4), at(4, 1)), Metric.SUM, Status.PARTIAL, 900);
        assertWorth(read(WHOLE, Window.last(2), at(1, 31)), Metric.SUM, Status.EMPTY, Double.NaN);
    }

    @Test
    void shouldCoverNoMonthThatIsMissing() {
        publish(1, 3);
        final WindowReading reading = read(WHOLE, since(1, 1), at(4, 1));
        assertWorth(reading, Metric.SUM, Status.PARTIAL, 620);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 62 / 90.0);
    }

    @Test
    void shouldCoverTimeOnceThatSeveralAmountsShare() {
        publish(1, 2, 3);
        engine.awaitApplied(engine.publisher().offer(tonnes, at(2, 1), 31));
        final WindowReading whole = read(WHOLE, since(1, 1), at(4, 1));
        assertWorth(whole, Metric.SUM, Status.OK, 931);
        assertWorth(whole, Metric.COVERAGE, Status.OK, 1);
        assertWorth(read(PRO_RATA, since(1, 16), at(4, 1)), Metric.SUM, Status.OK, 766);
    }

    @Test
    void shouldCoverNothingBeforeLife() {
        publish(1, 2, 3);
        assertWorth(
                read(WHOLE, Window.since(at(1, 1) - 31 * DAY_NS), at(4, 1)), Metric.COVERAGE, Status.OK, 90 / 121.0);
    }

    /** One month ends at a skipped midnight, and one begins at a midnight that comes twice. */
    @ParameterizedTest
    @CsvSource({"America/Asuncion, 2017", "America/Havana, 2020"})
    void shouldCoverAYearInWhichAMonthDoesNotBeginWithOneMidnight(final ZoneId zone, final int year) {
        final FlowSeries months = engine.defineFlow(SeriesDefinition.flow("months", new Unit("TONNE"), 0)
                .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, zone)));
        final YearToDate totals = YearToDate.holdingBack(engine.publisher(), months);
        for (int month = 1; month <= 12; month++) {
            engine.awaitApplied(totals.offer(YearMonth.of(year, month), 100L * month));
        }
        final long start = Instants.of(LocalDate.of(year, 1, 1), LocalTime.MIDNIGHT, zone);
        final WindowReading reading = reader.newReading(WHOLE);
        reader.read(
                months,
                Window.since(start),
                Instants.of(LocalDate.of(year + 1, 1, 1), LocalTime.MIDNIGHT, zone),
                reading);
        assertWorth(reading, Metric.SUM, Status.OK, 1_200);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
    }

    @Test
    void shouldNotShareOutMoreOverlappingPeriodsThanItCan() {
        final FlowSeries rolling = engine.defineFlow(
                SeriesDefinition.flow("rolling", Unit.COUNT, 0).withPeriod(ReportingPeriod.of(Duration.ofDays(30))));
        for (int day = 1; day <= 20; day++) {
            engine.awaitApplied(engine.publisher().offer(rolling, at(3, day), 30));
        }
        final WindowReading reading = reader.newReading(PRO_RATA);
        reader.read(rolling, since(3, 12), at(3, 20), reading);
        assertWorth(reading, Metric.SUM, Status.OK, 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
        reader.read(rolling, since(3, 11), at(3, 20), reading);
        assertWorth(reading, Metric.SUM, Status.UNDEFINED, Double.NaN);
        assertWorth(reading, Metric.RATE, Status.UNDEFINED, Double.NaN);
        assertWorth(reading, Metric.COVERAGE, Status.OK, 1);
    }

    /** Year-to-date totals in any order give the same answers as months, also after reopening. */
    @Test
    void shouldAnswerFromYearToDateTotalsAsFromMonths(@TempDir final Path directory) {
        final Random random = new Random(TestSeed.of("year to date"));
        final SeriesDefinition totalled = SeriesDefinition.flow("totalled", new Unit("TONNE"), 0)
                .withPeriod(period(CalendarPeriod.MONTH))
                .withWindows(Window.sliding(Duration.ofDays(60)));
        final List<Integer> months = IntStream.range(0, 36).boxed().collect(Collectors.toList());
        Collections.shuffle(months, random);
        final long[] amounts = random.longs(36, -1_000, 100_000).toArray();
        final FlowSeries series;
        final List<String> answers;
        try (Engine durable = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            series = durable.defineFlow(totalled);
            final FlowSeries plain = durable.defineFlow(MONTHLY);
            final YearToDate totals = YearToDate.holdingBack(durable.publisher(), series);
            for (final int month : months) {
                final YearMonth through = YearMonth.of(2023, 1).plusMonths(month);
                durable.awaitApplied(durable.publisher().offer(plain, end(through), amounts[month]));
                long total = 0;
                for (int i = month / 12 * 12; i <= month; i++) {
                    total += amounts[i];
                }
                final long ticket = totals.offer(through, total);
                if (ticket != YearToDate.NOTHING) {
                    durable.awaitApplied(ticket);
                }
            }
            answers = answers(new TestReader(durable.newReader()), series);
            assertEquals(answers(new TestReader(durable.newReader()), plain), answers);
        }
        try (Engine reopened = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            final FlowSeries found =
                    (FlowSeries) reopened.series().find("totalled").orElseThrow();
            assertEquals(series, found);
            assertEquals(answers, answers(new TestReader(reopened.newReader()), found));
        }
    }

    private static List<String> answers(final TestReader reader, final FlowSeries series) {
        return IntStream.range(0, 40)
                .mapToObj(month -> end(YearMonth.of(2022, 12).plusMonths(month)) - month % 3)
                .flatMap(at -> IntStream.of(10, 60, 100, 400)
                        .mapToObj(days ->
                                ArrivalOrderTest.bits(reader, series, Window.sliding(Duration.ofDays(days)), at)))
                .toList();
    }

    private static ReportingPeriod period(final CalendarPeriod period) {
        return ReportingPeriod.of(period, CHINA);
    }

    private void publish(final int... months) {
        for (final int month : months) {
            final YearMonth published = YearMonth.of(2025, month);
            final long amount = 10L * published.lengthOfMonth();
            engine.awaitApplied(engine.publisher().offer(tonnes, end(published), amount));
        }
    }

    private static long end(final YearMonth month) {
        return Instants.of(month.plusMonths(1).atDay(1), LocalTime.MIDNIGHT, CHINA);
    }

    private static long at(final int month, final int day) {
        return Instants.of(LocalDate.of(2025, month, day), LocalTime.MIDNIGHT, CHINA);
    }

    private static Window since(final int month, final int day) {
        return Window.since(at(month, day));
    }

    private WindowReading read(final ReadOptions options, final Window window, final long at) {
        final WindowReading reading = reader.newReading(options, Metric.CHANGES);
        reader.read(tonnes, window, at, reading);
        return reading;
    }

    private static void assertWorth(
            final WindowReading reading, final Metric metric, final Status status, final double value) {
        assertEquals(status, reading.status(metric), metric.text());
        assertEquals(value, reading.value(metric), metric.text());
    }
}
