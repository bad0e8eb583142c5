package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "11500 | 11,500",
                "-11500 | -11,500",
                "1234567.1234567 | 1,234,567.1234567",
                "0.1234567 | 0.1234567",
                "2025 | 2025",
                "123456 USD | 123,456 USD",
                "66448 of 1234567890 | 66,448 of 1,234,567,890",
                "20250410-11 | 20250410-11",
                "HS 854110a | HS 854110a",
                "x12345 | x12345",
                "12345:678 | 12345:678",
                "n/a | n/a"
            })
    void shouldGroupTheDigitsOfLongIntegers(final String text, final String expected) {
        assertEquals(expected, Numbers.grouped(text));
    }
}
