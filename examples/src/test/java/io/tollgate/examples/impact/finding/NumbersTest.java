package io.tollgate.examples.impact.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.examples.impact.source.Zone;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "94.655624      | 4 | 94.6556",
                "-11500         | 0 | -11500",
                "999            | 0 | 999",
                "1000           | 0 | 1000",
                "-115           | 0 | -115",
                "49564123.456   | 1 | 49564123.5",
                "0.5            | 0 | 0",
                "1.5            | 0 | 2",
                "-0.04          | 1 | 0.0"
            })
    void shouldWriteAFixedNumberOfDigits(final double value, final int digits, final String text) {
        assertEquals(text, Numbers.fixed(value, digits));
    }

    @ParameterizedTest
    @CsvSource({"145,145", "7.5,7.5", "0,0", "2.504,2.5", "10.0,10", "100,100"})
    void shouldCutTrailingZeros(final double value, final String text) {
        assertEquals(text, Numbers.atMost(value, 2));
    }

    @Test
    void shouldWriteAsciiDigitsInEveryLocale() {
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertEquals("-1234.50", Numbers.fixed(-1234.5, 2));
            assertEquals("8.9", Numbers.fixed(8.91, 1));
            assertEquals("2025-05-14 00:01", Zone.NEW_YORK.format(1_747_195_260_000_000_000L));
        } finally {
            Locale.setDefault(before);
        }
    }
}
