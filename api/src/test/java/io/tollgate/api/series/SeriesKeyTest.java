package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "tariff",
                "tariff.US.CN.85411000.ieepa-reciprocal",
                "a b, c: d",
                " ",
                "relève.é",
                "关税.美国.中国",
                "\ud83d\udea2.x",
                "ends with \ud83d\udea2",
                "-",
                "a.-.b",
                "\u00a0",
                "\"quoted\"",
                "\ufeffa"
            })
    void shouldAcceptNonEmptySegmentsJoinedByDots(final String key) {
        assertEquals(key, SeriesKey.validate(key));
    }

    @Test
    void shouldCountTheBytesOfUtf8() {
        assertEquals(128, SeriesKey.validate("a".repeat(128)).length());
        assertEquals(64, SeriesKey.validate("é".repeat(64)).length());
        assertEquals(42, SeriesKey.validate("关".repeat(42)).length());
        assertEquals(64, SeriesKey.validate("\ud83d\udea2".repeat(32)).length());
        assertRefused("a".repeat(129), "129 bytes");
        assertRefused("a" + "é".repeat(64), "129 bytes");
        assertRefused("关".repeat(43), "129 bytes");
        assertRefused("a" + "\ud83d\udea2".repeat(32), "129 bytes");
        assertRefused("", "0 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", ".a", "a.", "a..b", "a.b..", "a...b"})
    void shouldRefuseAnEmptySegment(final String key) {
        assertRefused(key, "an empty segment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\nb", "a\tb", "\u001f", "a\u007f", "a\u0085b", "\u009f"})
    void shouldRefuseAControlCharacter(final String key) {
        assertRefused(key, "control character U+");
    }

    @ParameterizedTest
    @CsvSource({"*, 0", "tariff.*, 7", "a*b, 1", "\ud83d\udea2*, 2"})
    void shouldRefuseAnAsteriskAndSayWhere(final String key, final int index) {
        assertRefused(key, "'*' at " + index);
    }

    @Test
    void shouldRefuseHalfASurrogatePair() {
        assertRefused("\ud83d", "half a surrogate pair at 0");
        assertRefused("\udea2", "half a surrogate pair at 0");
        assertRefused("ab\ud83d", "half a surrogate pair at 2");
        assertRefused("\ud83dx", "half a surrogate pair at 0");
        assertRefused("\ud83d\ud83d\udea2", "half a surrogate pair at 0");
        assertRefused("\udea2\ud83d", "half a surrogate pair at 0");
    }

    @Test
    void shouldShowWhatIsRefusedInOneLine() {
        assertEquals("seriesKey=a\\u000ab has control character U+000A at 1, expected none", refusal("a\nb"));
        assertEquals(
                "seriesKey=x\\ud83d has half a surrogate pair at 1, expected well-formed text", refusal("x\ud83d"));
        assertEquals(
                "seriesKey=" + "a".repeat(128) + "... has 1000000 bytes of UTF-8, expected 1 to 128",
                refusal("a".repeat(1_000_000)));
    }

    @Test
    void shouldReportPlacesInAsciiDigitsInEveryLocale() {
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertEquals("seriesKey=a\\u000ab has control character U+000A at 1, expected none", refusal("a\nb"));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String refusal(final String key) {
        return assertThrows(IllegalArgumentException.class, () -> SeriesKey.validate(key))
                .getMessage();
    }

    private static void assertRefused(final String key, final String why) {
        final String refusal = refusal(key);
        assertTrue(refusal.startsWith("seriesKey="), refusal);
        assertTrue(refusal.contains(" has " + why), refusal);
    }
}
