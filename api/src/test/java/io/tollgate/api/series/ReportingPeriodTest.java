package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportingPeriodTest {
    private static final long LONGEST = (1L << 56) - 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 30, LONGEST})
    void shouldBeginNoPeriodBeforeAllTime(final long lengthNs) {
        final ReportingPeriod period = ReportingPeriod.of(Duration.ofNanos(lengthNs));
        assertEquals(Instants.MIN, period.startNs(Instants.MIN));
        assertEquals(Instants.MIN, period.startNs(Instants.MIN + lengthNs - 1));
        assertEquals(Instants.MIN, period.startNs(Instants.MIN + lengthNs));
        assertEquals(Instants.MIN + 1, period.startNs(Instants.MIN + lengthNs + 1));
        assertEquals(Instants.MAX - lengthNs, period.startNs(Instants.MAX));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 30, LONGEST})
    void shouldBeItsLengthInCode(final long lengthNs) {
        assertTrue(ReportingPeriod.isFixed(lengthNs));
        assertEquals(lengthNs, ReportingPeriod.of(Duration.ofNanos(lengthNs)).code());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, LONGEST + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldTakeNoOtherCodeForALength(final long code) {
        assertFalse(ReportingPeriod.isFixed(code));
    }

    /** The last four bytes of a code are an offset in seconds. The least and greatest valid offsets are 64,800. */
    @ParameterizedTest
    @ValueSource(ints = {64_801, -64_801, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseCodesOfInvalidOffsets(final int seconds) {
        final long utc =
                ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC).code();
        final long code = utc | seconds & 0xFFFF_FFFFL;
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> ReportingPeriod.ofCode(code));
        assertTrue(refusal.getMessage().startsWith("periodCode=" + code + ", expected"), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2025-04-01T00:00-04:00, 2025-03-01T00:00-05:00",
        "QUARTER, 2025-04-01T00:00-04:00, 2025-01-01T00:00-05:00",
        "YEAR, 2025-01-01T00:00-05:00, 2024-01-01T00:00-05:00",
        "MONTH, 2025-03-31T05:00-04:00, 2025-02-28T05:00-05:00",
        "MONTH, 2025-03-30T10:00-04:00, 2025-02-28T10:00-05:00",
    })
    void shouldBeginAtTheSameLocalTime(final CalendarPeriod period, final String to, final String from) {
        final ReportingPeriod calendar = ReportingPeriod.of(period, ZoneId.of("America/New_York"));
        assertEquals(Instants.parse(from), calendar.startNs(Instants.parse(to)));
    }

    /**
     * Midnight on the first of a month is skipped in Asuncion, and comes twice in Havana and St. John's, an hour apart.
     */
    @ParameterizedTest
    @CsvSource({
        "MONTH, America/Asuncion, 2017-10-01T01:00-03:00, 2017-09-01T00:00-04:00",
        "MONTH, America/Asuncion, 2017-11-01T00:00-03:00, 2017-10-01T01:00-03:00",
        "QUARTER, America/Asuncion, 2023-10-01T01:00-03:00, 2023-07-01T00:00-04:00",
        "YEAR, America/Asuncion, 2023-10-01T01:00-03:00, 2022-10-01T00:00-04:00",
        "MONTH, America/Asuncion, 2017-10-01T05:00-03:00, 2017-09-01T05:00-04:00",
        "MONTH, America/Havana, 2020-12-01T00:00-05:00, 2020-11-01T00:00-04:00",
        "MONTH, America/Havana, 2020-11-01T00:00-04:00, 2020-10-01T00:00-04:00",
        "MONTH, America/St_Johns, 2009-12-01T00:00-03:30, 2009-11-01T00:00-02:30",
        "MONTH, America/New_York, 2025-12-02T01:30-05:00, 2025-11-02T01:30-04:00",
    })
    void shouldBeginAtTheEndOfThePreviousPeriod(
            final CalendarPeriod period, final String zone, final String to, final String from) {
        final ReportingPeriod calendar = ReportingPeriod.of(period, ZoneId.of(zone));
        assertEquals(Instants.parse(from), calendar.startNs(Instants.parse(to)));
    }

    @Test
    void shouldLeaveNoTimeBetweenMonthsInAnyZone() {
        for (final String id : ZoneId.getAvailableZoneIds()) {
            final ZoneId zone = ZoneId.of(id);
            final ReportingPeriod months = ReportingPeriod.of(CalendarPeriod.MONTH, zone);
            LocalDate first = LocalDate.of(1970, 1, 1);
            while (first.getYear() < 2040) {
                final long from = Instants.of(first.atStartOfDay(zone).toInstant());
                first = first.plusMonths(1);
                final long to = Instants.of(first.atStartOfDay(zone).toInstant());
                assertEquals(from, months.startNs(to), id + " until " + first);
            }
        }
    }
}
