package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.Instants;
import io.tollgate.api.Window;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarStartTest {
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
    void shouldAnswerTheSameWhateverItWasAskedBefore() {
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

    @Test
    void shouldBeCutWhereTimeBegins() {
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
