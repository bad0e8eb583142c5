package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeriodStartsTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final Random random = new Random(5);
    private final PeriodStarts starts = new PeriodStarts();

    @Test
    void shouldAnswerAsThePeriodDoesRegardlessOfOtherCalls() {
        final List<ReportingPeriod> periods = Stream.concat(
                        Stream.of(CalendarPeriod.values())
                                .flatMap(period -> Stream.of(NEW_YORK, ZoneId.of("Asia/Shanghai"), ZoneOffset.UTC)
                                        .map(zone -> ReportingPeriod.of(period, zone))),
                        Stream.of(1L, 7L, 1L << 55).map(ns -> ReportingPeriod.of(Duration.ofNanos(ns))))
                .toList();
        final long[] instants = random.longs(6_000, Instants.MIN, Instants.MAX).toArray();
        for (int i = 0; i < 60_000; i++) {
            final ReportingPeriod period = periods.get(random.nextInt(periods.size()));
            final long toNs = instants[random.nextInt(random.nextBoolean() ? 30 : instants.length)];
            starts.period(period.code());
            assertEquals(period.startNs(toNs), starts.of(toNs), () -> period + " " + toNs);
        }
    }

    @Test
    void shouldBeginTheTableAgainWhenItIsFull() {
        final ReportingPeriod month = ReportingPeriod.of(CalendarPeriod.MONTH, NEW_YORK);
        starts.period(month.code());
        final long[] instants = random.longs(6_000, Instants.MIN, Instants.MAX).toArray();
        for (final long toNs : instants) {
            assertEquals(month.startNs(toNs), starts.of(toNs), () -> "to=" + toNs);
        }
        assertEquals(6_000 - 4_096, starts.keptCount());
        starts.period(ReportingPeriod.of(Duration.ofDays(1)).code());
        assertEquals(0, starts.keptCount());
    }

    @Test
    void shouldKeepThePeriodsOfTwoCalendarsApart() {
        final long toNs = Instants.of(LocalDate.of(2025, 4, 1), LocalTime.MIDNIGHT, NEW_YORK);
        starts.period(ReportingPeriod.of(CalendarPeriod.MONTH, NEW_YORK).code());
        assertEquals(Instants.of(LocalDate.of(2025, 3, 1), LocalTime.MIDNIGHT, NEW_YORK), starts.of(toNs));
        starts.period(ReportingPeriod.of(CalendarPeriod.QUARTER, NEW_YORK).code());
        assertEquals(Instants.of(LocalDate.of(2025, 1, 1), LocalTime.MIDNIGHT, NEW_YORK), starts.of(toNs));
    }

    @Test
    void shouldTolerateTornReads() {
        starts.period(ReportingPeriod.of(CalendarPeriod.YEAR, NEW_YORK).code());
        assertEquals(Long.MIN_VALUE, starts.of(Long.MIN_VALUE));
        assertEquals(Long.MAX_VALUE, starts.of(Long.MAX_VALUE));
        assertEquals(Instants.MIN, starts.of(Instants.MIN));
        assertEquals(Instants.MIN, starts.of(Instants.MIN + 1));
        final long lastYear = Instants.of(LocalDate.of(2261, 4, 11), LocalTime.of(19, 47, 16, 854_775_806), NEW_YORK);
        assertEquals(lastYear, starts.of(Instants.MAX));
    }
}
