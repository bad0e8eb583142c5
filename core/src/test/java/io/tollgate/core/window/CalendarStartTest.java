package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalendarStartTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long DAY_NS = 24 * 60 * MINUTE_NS;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Window.ToDate MONTH = toDate(CalendarPeriod.MONTH, NEW_YORK);
    private static final List<Window.ToDate> WINDOWS = List.of(
            MONTH,
            toDate(CalendarPeriod.QUARTER, NEW_YORK),
            toDate(CalendarPeriod.YEAR, NEW_YORK),
            toDate(CalendarPeriod.MONTH, ZoneOffset.UTC));

    private final CalendarStart start = new CalendarStart();

    @Test
    void shouldBeginWithTheMonthFromItsFirstInstantToItsLast() {
        final long april = midnight(LocalDate.of(2025, 4, 1), NEW_YORK);
        final long may = midnight(LocalDate.of(2025, 5, 1), NEW_YORK);
        assertEquals(april, start.of(MONTH, may - 1));
        assertEquals(april, start.of(MONTH, april));
        assertEquals(may, start.of(MONTH, may));
        assertEquals(april, start.of(MONTH, may - 1));
    }

    @Test
    void shouldAnswerTheSameRegardlessOfEarlierCalls() {
        final Random random = new Random(6);
        for (int i = 0; i < 5_000; i++) {
            final Window.ToDate window = WINDOWS.get(random.nextInt(WINDOWS.size()));
            final LocalDate day = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(500));
            final long atNs = midnight(day, window.zone()) + random.nextInt(2);
            final LocalDate first = switch (window.period()) {
                case MONTH -> day.withDayOfMonth(1);
                case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
                case YEAR -> day.withDayOfYear(1);
            };
            assertEquals(midnight(first, window.zone()), start.of(window, atNs), () -> window + " at " + day);
        }
    }

    /** St. John's, 2009: at 00:01 of 1 November clocks were set back to 23:01 of 31 October. */
    @ParameterizedTest
    @EnumSource(CalendarPeriod.class)
    void shouldNotGoBackWithTheClocks(final CalendarPeriod period) {
        final Window.ToDate wanted = toDate(period, ZoneId.of("America/St_Johns"));
        final boolean isMonth = period == CalendarPeriod.MONTH;
        final long november = Instants.parse("2009-11-01T02:30:00Z");
        final long before = start.of(wanted, november - 1);
        assertTrue(before < november - 29 * DAY_NS, "begins " + before);
        final long expected = isMonth ? november : before;
        for (long minute = 0; minute < 90; minute++) {
            final long atNs = november + minute * MINUTE_NS;
            final CalendarStart fresh = new CalendarStart();
            assertEquals(expected, fresh.of(wanted, atNs), "fresh, minute=" + minute);
            assertTrue(fresh.nextOf(wanted, atNs) > atNs, "next, minute=" + minute);
            start.of(wanted, november + 2 * DAY_NS);
            assertEquals(expected, start.of(wanted, atNs), "after a later day, minute=" + minute);
            start.of(wanted, november - 1);
            assertEquals(expected, start.of(wanted, atNs), "after an earlier day, minute=" + minute);
        }
    }

    @Test
    void shouldBeCutAtTheFirstInstant() {
        assertEquals(Instants.MIN, start.of(MONTH, Instants.MIN));
        assertEquals(midnight(LocalDate.of(2262, 4, 1), NEW_YORK), start.of(MONTH, Instants.MAX));
    }

    private static Window.ToDate toDate(final CalendarPeriod period, final ZoneId zone) {
        return new Window.ToDate(period, zone);
    }

    private static long midnight(final LocalDate day, final ZoneId zone) {
        return Instants.of(day, LocalTime.MIDNIGHT, zone);
    }
}
