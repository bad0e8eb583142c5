package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    @ParameterizedTest
    @CsvSource({"RIGHT, false, true", "LEFT, true, false", "BOTH, true, true", "NEITHER, false, false"})
    void shouldSayWhichEndsBelongToAWindow(final Closed closed, final boolean start, final boolean end) {
        assertEquals(start, closed.includesStart());
        assertEquals(end, closed.includesEnd());
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2025-04-30, 2025-04-01, 2025-05-01",
        "MONTH, 2025-12-31, 2025-12-01, 2026-01-01",
        "QUARTER, 2025-01-01, 2025-01-01, 2025-04-01",
        "QUARTER, 2025-12-31, 2025-10-01, 2026-01-01",
        "QUARTER, 2024-02-29, 2024-01-01, 2024-04-01",
        "YEAR, 2024-12-31, 2024-01-01, 2025-01-01"
    })
    void shouldFindThePeriodOfADay(
            final CalendarPeriod period, final LocalDate day, final LocalDate first, final LocalDate next) {
        assertEquals(first, period.firstDay(day));
        assertEquals(next, period.nextFirstDay(first));
    }

    @Test
    void shouldCloseASlidingWindowOnTheRightByDefault() {
        assertEquals(Closed.RIGHT, Window.sliding(Duration.ofDays(1)).closed());
        assertEquals(Window.sliding(Duration.ofNanos(5)), Window.slidingNs(5));
        assertEquals(
                Closed.LEFT, Window.sliding(Duration.ofDays(1), Closed.LEFT).closed());
    }

    @Test
    void shouldRefuseWindowsOfNothingByNameAndValue() {
        assertMessage("pointCount=0, expected 1 or more", () -> Window.last(0));
        assertMessage("windowLengthNs=0, expected 1 or more", () -> Window.slidingNs(0));
        assertMessage("instantNs=" + Long.MIN_VALUE, () -> Window.since(Long.MIN_VALUE));
    }

    private static void assertMessage(final String expected, final Runnable call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
