package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Instants;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PointTimesTest {
    private static final PointTimes DATE_TIMES = new PointTimes(Optional.empty(), LocalTime.MIDNIGHT, Optional.empty());
    private static final PointTimes NEW_YORK =
            new PointTimes(Optional.of(ZoneId.of("America/New_York")), LocalTime.of(0, 1), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "ns, 1747195260000000001, 2025-05-14T04:01:00.000000001Z",
        "us, 1747195260000001, 2025-05-14T04:01:00.000001Z",
        "ms, 1747195260001, 2025-05-14T04:01:00.001Z",
        "s, 1747195260, 2025-05-14T04:01:00Z",
        "s, 20250101, 1970-08-23T09:01:41Z",
        "s, 0, 1970-01-01T00:00:00Z",
        "ms, -1, 1969-12-31T23:59:59.999Z",
        "s, 2025-05-14T04:01Z, 2025-05-14T04:01:00Z",
        "s, 9223372036, 2262-04-11T23:47:16Z",
        "s, -9223372036, 1677-09-21T00:12:44Z",
        "ns, -9223372036854775807, 1677-09-21T00:12:43.145224193Z"
    })
    void shouldReadIntegersInTheUnitThatIsDeclared(final String unit, final String text, final String expected) {
        assertEquals(expected, Instants.format(in(unit).parse(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "s, 9223372037, SECONDS, -9223372036 to 9223372036",
        "s, 1747195260000, SECONDS, -9223372036 to 9223372036",
        "ms, -9223372036855, MILLISECONDS, -9223372036854 to 9223372036854",
        "us, 9223372036854776, MICROSECONDS, -9223372036854775 to 9223372036854775",
        "ns, 9223372036854775807, NANOSECONDS, -9223372036854775807 to 9223372036854775806",
        "ns, 99999999999999999999, NANOSECONDS, -9223372036854775807 to 9223372036854775806",
    })
    void shouldRefuseByNameWhatNoInstantReaches(
            final String unit, final String text, final String name, final String range) {
        assertEquals(
                "time=" + text + ' ' + name + " since the epoch, expected " + range + " (1677-09-21 to 2262-04-11)",
                refusal(in(unit), text));
    }

    @ParameterizedTest
    @CsvSource({"2025-04-10, 2025-04-10T04:01:00Z", "20250410, 2025-04-10T04:01:00Z", "20240229, 2024-02-29T05:01:00Z"})
    void shouldReadDatesInTheZoneThatIsDeclared(final String text, final String expected) {
        assertEquals(expected, Instants.format(NEW_YORK.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-04-10", "20250410"})
    void shouldRefuseADateWithoutAZone(final String text) {
        assertEquals(
                "date=" + text + " without a zone, expected an instant, or --zone for dates",
                refusal(DATE_TIMES, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20250229", "20251301", "00000000", "2025-02-29"})
    void shouldRefuseADayThatIsInNoCalendar(final String text) {
        assertEquals(
                "date=" + text + ", expected a calendar date such as 2025-04-10 or 20250410", refusal(NEW_YORK, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1747195260", "1747195260000", "-20250410", "020250410", "99999999999999999999"})
    void shouldRefuseAnIntegerWithoutAUnit(final String text) {
        final String expected = "time=" + text + " is an integer, expected a date-time such as 2025-04-10T00:01-04:00,"
                + " a date, or --time-unit for integers since the epoch";
        assertEquals(expected, refusal(DATE_TIMES, text));
        assertEquals(expected, refusal(NEW_YORK, text));
    }

    @Test
    void shouldReadOrRefuseALongWord() {
        for (final PointTimes times : List.of(DATE_TIMES, NEW_YORK, in("ms"))) {
            for (final String filling : List.of("9", "-", "x", ":", " ", "T")) {
                final String word = filling.repeat(20_000);
                assertFalse(refusal(times, word).isBlank());
                assertTrue(refusal(times, "2025-01-01T00:00:00." + word + "Z").startsWith("instant="));
            }
        }
    }

    private static PointTimes in(final String unit) {
        return new PointTimes(
                Optional.empty(), LocalTime.MIDNIGHT, Optional.of(new PointTimes.UnitConverter().convert(unit)));
    }

    private static String refusal(final PointTimes times, final String text) {
        return assertThrows(IllegalArgumentException.class, () -> times.parse(text))
                .getMessage();
    }
}
