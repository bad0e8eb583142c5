package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final StringWriter text = new StringWriter();
    private long nowNs = 1_000_000_000L;

    @Test
    void shouldReportPointsAndRateAndShareAndTakeTheLineAway() {
        final Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            final Progress progress = progress(true, 1000);
            advance(progress, 4095, 250);
            assertEquals("", text.toString());
            nowNs += 2_000_000_000L;
            advance(progress, 1, 250);
            assertEquals("\r4096 points, 2048 points/s, 25 %", text.toString());
            progress.end();
            assertTrue(text.toString().endsWith("25 %\r" + " ".repeat(32) + "\r"), text.toString());
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void shouldLeaveOutTheShareOfAStreamWithoutLength() {
        final Progress progress = progress(true, 0);
        nowNs += 1_000_000_000L;
        advance(progress, 4096, 250);
        assertEquals("\r4096 points, 4096 points/s", text.toString());
    }

    @Test
    void shouldNotTellTooOften() {
        final Progress progress = progress(true, 1000);
        nowNs += 400_000_000L;
        advance(progress, 40_960, 250);
        progress.end();
        assertEquals("", text.toString());
    }

    @Test
    void shouldSayNothingWhereThereIsNoTerminal() {
        final Progress progress = progress(false, 1000);
        nowNs += 9_000_000_000L;
        advance(progress, 40_960, 250);
        progress.end();
        assertEquals("", text.toString());
    }

    private Progress progress(final boolean shown, final long totalBytes) {
        return new Progress(new PrintWriter(text), shown, "points", totalBytes, () -> nowNs);
    }

    private static void advance(final Progress progress, final int lines, final long bytes) {
        for (int i = 0; i < lines; i++) {
            progress.advance(bytes);
        }
    }
}
