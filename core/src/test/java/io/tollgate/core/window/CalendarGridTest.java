package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Instants;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CalendarGridTest {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Bucket.Calendar MONTHS = new Bucket.Calendar(CalendarPeriod.MONTH, CHINA);
    private static final Bucket.Calendar YEARS = new Bucket.Calendar(CalendarPeriod.YEAR, CHINA);

    private final CalendarGrid grid = new CalendarGrid();

    @Test
    void shouldNumberTheMonthsThatLieWholeInside() {
        grid.fit(MONTHS, start(2025, 1) + 1, start(2025, 5) - 1);
        assertEquals(3, grid.count());
        assertEquals(start(2025, 1), grid.startNs(-1));
        assertEquals(start(2025, 2), grid.startNs(0));
        assertEquals(start(2025, 5), grid.startNs(3));
        assertEquals(-1, grid.numberOf(start(2025, 2) - 1));
        assertEquals(0, grid.numberOf(start(2025, 2)));
        assertEquals(2, grid.numberOf(start(2025, 5) - 1));
        assertEquals(start(2024, 2), grid.startNsBack(12));
        assertEquals(0, grid.edgeNs());
    }

    @Test
    void shouldTakeAMonthWithItsFirstAndLastInstantOnly() {
        assertEquals(1, count(start(2025, 2), start(2025, 3) - 1));
        assertEquals(0, count(start(2025, 2) + 1, start(2025, 3) - 1));
        assertEquals(0, count(start(2025, 2), start(2025, 3) - 2));
        assertEquals(0, count(start(2025, 3), start(2025, 2)));
    }

    @Test
    void shouldGoOverToAnotherCalendar() {
        grid.fit(MONTHS, start(2024, 1), start(2026, 1));
        assertEquals(24, grid.count());
        grid.fit(YEARS, start(2024, 1), start(2026, 1));
        assertEquals(2, grid.count());
    }

    /** Valid instants are from September 1677 to April 2262. */
    @Test
    void shouldReachFromTheFirstMonthToTheLastThatTimeHas() {
        grid.fit(MONTHS, start(1678, 1), start(1678, 2));
        assertEquals(start(1677, 10), grid.startNs(-3));
        assertEquals(Long.MIN_VALUE, grid.startNs(-4));
        assertEquals(start(1677, 10), grid.startNsBack(3));
        assertEquals(Long.MIN_VALUE, grid.startNsBack(4));
        assertEquals(Long.MIN_VALUE, grid.startNsBack(-1));
        grid.fit(MONTHS, start(2262, 3), Instants.MAX);
        assertEquals(start(2262, 4), grid.startNs(1));
        assertEquals(Long.MAX_VALUE, grid.startNs(2));
    }

    private long count(final long firstNs, final long lastNs) {
        grid.fit(MONTHS, firstNs, lastNs);
        return grid.count();
    }

    private static long start(final int year, final int month) {
        return Instants.of(LocalDate.of(year, month, 1), LocalTime.MIDNIGHT, CHINA);
    }
}
