package io.tollgate.core.store.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.Refusals;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The stored form of a window never changes. */
class WindowCodesTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    static Stream<Window> everyKind() {
        return Stream.of(
                Window.slidingNs(1),
                Window.slidingNs(Long.MAX_VALUE),
                new Window.Sliding(5, Closed.LEFT),
                new Window.Sliding(5, Closed.BOTH),
                new Window.Sliding(5, Closed.NEITHER),
                Window.last(1),
                Window.last(Long.MAX_VALUE),
                Window.since(Instants.MIN),
                Window.since(Instants.MAX),
                Window.toDate(CalendarPeriod.MONTH, SHANGHAI),
                Window.toDate(CalendarPeriod.QUARTER, ZoneId.of("America/Argentina/ComodRivadavia")),
                Window.toDate(CalendarPeriod.YEAR, ZoneId.of("-05:30")),
                Window.toDate(CalendarPeriod.YEAR, ZoneId.of("Z")));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldReadBackWhatWasWritten(final Window window) {
        assertEquals(
                window,
                WindowCodes.window(
                        WindowCodes.type(window),
                        WindowCodes.closed(window),
                        WindowCodes.length(window),
                        WindowCodes.anchor(window)));
    }

    @Test
    void shouldKeepTheCodesThatStandInFiles() {
        requireCodes(Window.slidingNs(5), 1, 1, 0b111, 5, 0);
        requireCodes(new Window.Sliding(5, Closed.LEFT), 1, 2, 0, 5, 0);
        requireCodes(new Window.Sliding(5, Closed.BOTH), 1, 3, 0, 5, 0);
        requireCodes(new Window.Sliding(5, Closed.NEITHER), 1, 4, 0, 5, 0);
        requireCodes(Window.last(7), 2, 0, 0, 7, 0);
        requireCodes(Window.since(-9), 3, 0, 0, 0, -9);
        final long month = 1L << 56 | "Asia/Shanghai".hashCode() & 0xFFFF_FFFFL;
        requireCodes(Window.toDate(CalendarPeriod.MONTH, SHANGHAI), 4, 0, 0, 0, month);
    }

    private static void requireCodes(
            final Window window,
            final int type,
            final int closed,
            final int moments,
            final long length,
            final long anchor) {
        assertEquals(type, WindowCodes.type(window), () -> "type of " + window);
        assertEquals(closed, WindowCodes.closed(window), () -> "closed of " + window);
        assertEquals(moments, WindowCodes.moments(window), () -> "moments of " + window);
        assertEquals(length, WindowCodes.length(window), () -> "length of " + window);
        assertEquals(anchor, WindowCodes.anchor(window), () -> "anchor of " + window);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 5, 0, windowType=0",
        "5, 1, 5, 0, windowType=5",
        "1, 0, 5, 0, windowClosed=0",
        "1, 5, 5, 0, windowClosed=5",
        "1, 1, 0, 0, windowLengthNs=0",
        "2, 0, 0, 0, pointCount=0",
        "3, 0, 0, -9223372036854775808, instantNs=",
        "4, 0, 0, 0, periodCode=0",
        "4, 0, 0, 77, windowAnchor=77",
        "4, 0, 0, 72057598332960033, periodCode=72057598332960033"
    })
    void shouldRefuseCodesOfNoWindow(
            final int type, final int closed, final long length, final long anchor, final String message) {
        Refusals.require(
                IllegalArgumentException.class, () -> WindowCodes.window(type, closed, length, anchor), message);
    }
}
