package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RejectsTest {
    /**
     * These characters would reverse or break the line on a terminal, or show another key. No file can contain an
     * unpaired surrogate.
     */
    @ParameterizedTest
    @CsvSource({
        "001b, 001b",
        "0085, 0085",
        "202e, 202e",
        "2066, 2066",
        "200b, 200b",
        "feff, feff",
        "2028, 2028",
        "2029, 2029",
        "e0041, e0041",
        "d83d, d83d",
        "de00, de00"
    })
    void shouldShowByItsCodeWhatSteersATerminal(final String code, final String shown) {
        assertEquals("a\\u" + shown + "b", Rejects.oneLine("a" + Character.toString(Integer.parseInt(code, 16)) + "b"));
    }

    @ParameterizedTest
    @CsvSource({"1f600", "5173", "e9", "20"})
    void shouldLeaveOtherTextAsItIs(final String code) {
        final String text = "a" + Character.toString(Integer.parseInt(code, 16));
        assertEquals(text, Rejects.oneLine(text));
        final String cut = Rejects.oneLine(text.repeat(400));
        assertEquals(text.repeat(text.length() == 2 ? 200 : 133) + (text.length() == 2 ? "" : "a") + "...", cut);
    }
}
