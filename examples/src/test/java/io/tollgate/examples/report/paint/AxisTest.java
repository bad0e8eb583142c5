package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.SampleReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource({
        "0, 145, 0 25 50 75 100 125 150",
        "0, 25, 0 5 10 15 20 25",
        "0, 7.5, 0 2 4 6 8",
        "0, 0.93, 0.0 0.2 0.4 0.6 0.8 1.0",
        "-4, 3, -4 -2 0 2 4",
        "0, 7000, '0 2000 4000 6000 8000'",
        "0, 0, 0.0 0.2 0.4 0.6 0.8 1.0",
    })
    void shouldHaveTicksAtRoundValuesFromZero(final double least, final double greatest, final String expected) {
        final ValueAxis axis = new ValueAxis(least, greatest, 300);
        assertEquals(expected, axis.ticks().stream().map(axis::label).collect(Collectors.joining(" ")));
    }

    @Test
    void shouldHoldEveryValueBetweenTopAndBottom() {
        for (int seed = 0; seed < 1000; seed++) {
            final Random random = new Random(seed);
            final double scale = Math.pow(10, random.nextInt(13) - 6);
            final double greatest = random.nextDouble() * scale;
            final double least = random.nextBoolean() ? 0 : -random.nextDouble() * scale;
            final ValueAxis axis = new ValueAxis(least, greatest, 250);
            final String message = "seed=" + seed + ", ticks=" + axis.ticks();
            assertTrue(axis.y(greatest, 0, 250) >= 0 && axis.y(least, 0, 250) <= 250, message);
            assertTrue(axis.ticks().size() >= 2 && axis.ticks().size() <= 9, message);
            assertTrue(axis.ticks().stream().anyMatch(tick -> tick.compareTo(BigDecimal.ZERO) == 0), message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z, Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan, 2025 2026",
        "2018-01-01T00:00:00Z, 2021-06-01T00:00:00Z, Jan Apr Jul Oct Jan Apr Jul Oct Jan Apr Jul Oct Jan Apr,"
                + " 2018 2019 2020 2021",
        "1969-11-15T00:00:00Z, 1970-04-10T00:00:00Z, 24 Nov|8 Dec|22 Dec|5 Jan|19 Jan|2 Feb|16 Feb|2 Mar|16 Mar|30 Mar,"
                + " 1969 1970",
        "1900-01-01T00:00:00Z, 2000-01-01T00:00:00Z, 1900 1905 1910 1915 1920 1925 1930 1935 1940 1945 1950 1955 1960"
                + " 1965 1970 1975 1980 1985 1990 1995 2000, ''",
        "2025-05-12T00:00:00Z, 2025-05-13T00:00:00Z, 00:00 06:00 12:00 18:00 00:00, 12 May 2025|13 May 2025",
    })
    void shouldHaveTicksAtRoundDates(final String from, final String to, final String labels, final String details) {
        final TimeAxis axis = new TimeAxis(SampleReport.ns(from), SampleReport.ns(to), 0, 1000);
        assertEquals(
                words(labels), axis.ticks().stream().map(TimeAxis.Tick::label).toList());
        assertEquals(
                words(details),
                axis.ticks().stream()
                        .map(TimeAxis.Tick::detail)
                        .filter(detail -> !detail.isEmpty())
                        .toList());
    }

    @Test
    void shouldPutAnInstantInProportion() {
        final TimeAxis axis = new TimeAxis(-1_000_000_000L, 3_000_000_000L, 100, 500);
        assertEquals(100, axis.x(-1_000_000_000L));
        assertEquals(200, axis.x(0));
        assertEquals(500, axis.x(3_000_000_000L));
        assertEquals("1969-12-31 23:59:59 UTC", TimeAxis.text(-1_000_000_000L));
    }

    private static List<String> words(final String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(text.contains("|") ? "\\|" : " "));
    }
}
