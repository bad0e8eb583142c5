package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.Instants;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainDateTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-04-10T00:01-04:00",
                "2025-04-10T00:01:59-04:00",
                "2025-05-14T04:01Z",
                "2024-02-29T23:59:59+17:59",
                "1678-01-01T00:00:00+14:00",
                "2261-12-31T23:59:59-14:00",
                "1969-12-31T23:59:59Z"
            })
    void shouldReadThePlainForm(final String text) {
        assertEquals(Instants.parse(text), PlainDateTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-04-10",
                "2025-04-10T00:01",
                "2025-04-10T00:01:00",
                "2025-04-10T00:01:",
                "2025-04-10T00:01:0Z",
                "2025-04-10T00:01:00.5Z",
                "2025-04-10T00:01:00z",
                "2025-04-10t00:01:00Z",
                "2025-04-10T00:01:00Z ",
                "2025-04-10T00:01:00-0400",
                "2025-04-10T00:01:00-04",
                "2025-04-10T00:01:00-18:00",
                "2025-04-10T00:01:00-04:60",
                "2025-04-10T00:01:00*04:00",
                "2025-04-10T24:00:00Z",
                "2025-04-10T00:60:00Z",
                "2025-04-10T00:00:60Z",
                "2025-02-29T00:00:00Z",
                "2025-04-31T00:00:00Z",
                "2025-13-01T00:00:00Z",
                "2025-00-01T00:00:00Z",
                "2025-04-00T00:00:00Z",
                "2O25-04-10T00:00:00Z",
                "20O5-04-10T00:00:00Z",
                "٢٠٢٥-04-10T00:00:00Z",
                "2025-04-10T+1:00:00Z",
                "1677-12-31T00:00:00Z",
                "2262-01-01T00:00:00Z",
                "1747195260000000000"
            })
    void shouldLeaveEveryOtherForm(final String text) {
        assertEquals(Instants.NONE, PlainDateTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {20250402, 20251110})
    void shouldReadAnyDateTimeAsAFormatterDoes(final long seed) {
        final Random random = new Random(seed);
        final DateTimeFormatter formatter = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
        for (int i = 0; i < 20_000; i++) {
            final long seconds = random.nextLong() % 9_100_000_000L;
            final ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(2 * 1079 + 1) - 1079) * 60);
            final String text = Instant.ofEpochSecond(seconds).atOffset(offset).format(formatter);
            assertEquals(seconds * 1_000_000_000L, PlainDateTime.parse(text), () -> "seed=" + seed + " text=" + text);
        }
    }

    @Test
    void shouldNotTakeANegativeOffsetForADigit() {
        assertEquals(Instants.NONE, PlainDateTime.parse("2025-04-10T00:01:00--4:00"));
    }
}
