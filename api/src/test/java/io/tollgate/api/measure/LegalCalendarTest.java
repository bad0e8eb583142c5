package io.tollgate.api.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.series.Instants;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The instants named by the notices of 2018 to 2026, and the changes of the clock around them. */
final class LegalCalendarTest {
    private static final LegalCalendar US = LegalCalendar.UNITED_STATES;

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 00:01, 2025-03-04, 2025-03-04T05:01:00Z, winter in New York",
        "America/New_York, 00:01, 2025-05-14, 2025-05-14T04:01:00Z, summer",
        "Asia/Shanghai, 12:01, 2025-05-14, 2025-05-14T04:01:00Z, the same instant",
        "America/New_York, 00:01, 2025-11-10, 2025-11-10T05:01:00Z, winter again",
        "Asia/Shanghai, 13:01, 2025-11-10, 2025-11-10T05:01:00Z, so 13:01 in Shanghai",
        "America/New_York, 02:30, 2025-03-09, 2025-03-09T07:30:00Z, skipped: on by the gap",
        "America/New_York, 01:30, 2025-11-02, 2025-11-02T05:30:00Z, twice: the earlier",
        "America/New_York, 00:01, 1969-12-31, 1969-12-31T05:01:00Z, before the epoch"
    })
    void shouldTakeEffectAtTheTimeOfDayOfItsZone(
            final String zone, final LocalTime time, final LocalDate date, final String expected, final String why) {
        final LegalCalendar calendar = new LegalCalendar(ZoneId.of(zone), time);
        assertEquals(expected, Instants.format(calendar.effective(date)), why);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-05-14, P90D, 2025-08-12T04:01:00Z, the truce",
        "2025-08-12, P90D, 2025-11-10T05:01:00Z, its first extension: an hour more than 90 x 24",
        "2025-11-10, P1Y, 2026-11-10T05:01:00Z, its second",
        "2026-02-24, P150D, 2026-07-24T04:01:00Z, section 122: an hour less than 150 x 24",
        "2024-02-29, P1Y, 2025-02-28T05:01:00Z, no such day: the last one of the month",
        "2025-08-12, -P90D, 2025-05-14T04:01:00Z, and back"
    })
    void shouldCountDaysByTheCalendar(
            final LocalDate from, final Period length, final String expected, final String why) {
        assertEquals(expected, Instants.format(US.plus(US.effective(from), length)), why);
    }

    @Test
    void shouldNotTakeNinetyDaysForNinetyTimes24Hours() {
        final long from = US.effective(LocalDate.of(2025, 8, 12));
        final long hours = 90 * 24 * 3_600_000_000_000L;
        assertEquals(3_600_000_000_000L, US.plus(from, Period.ofDays(90)) - from - hours);
    }

    @ParameterizedTest
    @CsvSource({
        "EXCLUSIVE_INSTANT, 2025-11-10, 2025-11-10T05:01:00Z, until 12:01 a.m. on 10 November",
        "INCLUSIVE_DAY, 2026-11-09, 2026-11-10T05:00:00Z, through 9 November",
        "INCLUSIVE_DAY, 2025-03-09, 2025-03-10T04:00:00Z, a day of 23 hours",
        "INCLUSIVE_DAY, 2025-11-02, 2025-11-03T05:00:00Z, a day of 25 hours"
    })
    void shouldEndAsTheEndDateSays(final EndDate end, final LocalDate date, final String expected, final String why) {
        assertEquals(expected, Instants.format(US.end(date, end)), why);
    }

    @Test
    void shouldEndADayAtTheStartOfTheNextEvenWithoutMidnight() {
        final LegalCalendar santiago = new LegalCalendar(ZoneId.of("America/Santiago"), LocalTime.NOON);
        assertEquals(
                "2024-09-08T04:00:00Z",
                Instants.format(santiago.end(LocalDate.of(2024, 9, 7), EndDate.INCLUSIVE_DAY)),
                "8 September 2024 began at 01:00 there");
    }

    @Test
    void shouldRefuseAnEndBeyondTheRange() {
        final long from = US.effective(LocalDate.of(2025, 5, 14));
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> US.plus(from, Period.ofYears(300)));
        assertEquals(true, e.getMessage().contains("expected"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> US.plus(from, Period.ofYears(Integer.MAX_VALUE)));
    }

    @Test
    void shouldDateAnInstantByItsZone() {
        final long truce = Instants.parse("2025-05-14T04:01Z");
        assertEquals(LocalDate.of(2025, 5, 14), US.date(truce));
        assertEquals(LocalDate.of(2025, 5, 13), US.date(truce - 120_000_000_000L));
        assertEquals(LocalDate.of(2025, 5, 14), LegalCalendar.CHINA.date(truce - 120_000_000_000L));
        assertEquals(
                Instants.parse("2025-11-10T05:01Z"),
                LegalCalendar.CHINA.withTimeOfDay(LocalTime.of(13, 1)).effective(LocalDate.of(2025, 11, 10)));
    }
}
