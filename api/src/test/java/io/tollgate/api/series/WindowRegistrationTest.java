package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowRegistrationTest {
    private static final Window[] EVERY_KIND = {
        Window.slidingNs(5),
        Window.sliding(Duration.ofDays(1), Closed.LEFT),
        Window.sliding(Duration.ofDays(1), Closed.BOTH),
        Window.sliding(Duration.ofDays(1), Closed.NEITHER),
        Window.last(3),
        Window.since(-7),
        Window.toDate(CalendarPeriod.QUARTER, ZoneId.of("Asia/Shanghai")),
        Window.toDate(CalendarPeriod.YEAR, ZoneId.of("-05:00")),
        Window.toDate(CalendarPeriod.MONTH, ZoneId.of("UTC"))
    };

    @ParameterizedTest
    @ValueSource(strings = {"*", "a", "tariff.US.CN", "tariff.US.CN.*", "tariff.*.CN", "*.*.*", "*.a", "\u5173.*"})
    void shouldTakeStarsThatAreWholeSegments(final String pattern) {
        assertEquals(pattern, SeriesPattern.validate(pattern));
        assertEquals(pattern, WindowRegistration.of(pattern).pattern());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", 0 bytes",
                "a..*, an empty segment",
                ".*, an empty segment",
                "*., an empty segment",
                "a*, '*' beside other text at 1",
                "tariff.US*.CN, '*' beside other text at 9",
                "**, '*' beside other text at 0",
                "a.*b, '*' beside other text at 2"
            })
    void shouldRefuseAnyOtherPatternByNameAndRule(final String pattern, final String rule) {
        assertRefused("pattern=" + pattern + " has " + rule, () -> WindowRegistration.of(pattern));
    }

    @Test
    void shouldRefuseAPatternThatIsTooLongOrNoText() {
        final String longest = "*." + "a".repeat(126);
        assertEquals(longest, WindowRegistration.of(longest).pattern());
        assertRefused("129 bytes of UTF-8, expected 1 to 128", () -> WindowRegistration.of("a".repeat(127) + ".*"));
        assertRefused("control character", () -> WindowRegistration.of("a.\n"));
        assertRefused("half a surrogate pair", () -> WindowRegistration.of("*.\ud83d"));
    }

    @Test
    void shouldRegisterWindowsOfEveryKind() {
        assertEquals(
                List.of(EVERY_KIND),
                WindowRegistration.of("*").withWindows(EVERY_KIND).windows());
        assertEquals(
                List.of(EVERY_KIND),
                SeriesDefinition.step("a", Unit.PERCENT, 2)
                        .withWindows(EVERY_KIND)
                        .windows());
    }

    @Test
    void shouldChangeOnlyTheCopy() {
        final WindowRegistration registration = WindowRegistration.of("a.*");
        assertTrue(registration.withShapes().keepsShapes());
        assertTrue(registration.withShapes().withWindows(EVERY_KIND).keepsShapes());
        assertFalse(registration.keepsShapes());
        assertEquals(List.of(), registration.windows());
        final SeriesDefinition definition = SeriesDefinition.flow("a", Unit.COUNT, 0);
        assertTrue(
                definition.withShapes().withLifeStart(5).withWindows(EVERY_KIND).keepsShapes());
        assertFalse(definition.keepsShapes());
    }

    @Test
    void shouldRefuseTooManyWindowsOrOneTwice() {
        final Window[] tooMany =
                LongStream.rangeClosed(1, 29).mapToObj(Window::slidingNs).toArray(Window[]::new);
        assertRefused(
                "pattern=a.* windows=29, expected at most 28",
                () -> WindowRegistration.of("a.*").withWindows(tooMany));
        assertRefused(
                "expected no duplicates", () -> WindowRegistration.of("*").withWindows(Window.last(3), Window.last(3)));
    }

    @Test
    void shouldRefuseAWindowWhoseZoneCannotBeStored() {
        final Window odd = Window.toDate(CalendarPeriod.MONTH, ZoneId.of("UTC+08:00"));
        assertRefused("zone=UTC+08:00", () -> WindowRegistration.of("*").withWindows(odd));
        assertRefused(
                "series=a window=",
                () -> SeriesDefinition.step("a", Unit.PERCENT, 2).withWindows(odd));
    }

    private static void assertRefused(final String why, final Executable call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(why), message);
    }
}
