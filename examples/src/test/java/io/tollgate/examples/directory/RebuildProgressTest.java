package io.tollgate.examples.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.terminal.StatusLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RebuildProgressTest {
    private final StringWriter text = new StringWriter();

    @Test
    void shouldReportHowMuchOfTheLogIsApplied() {
        final RebuildProgress progress = new RebuildProgress(new StatusLine(new PrintWriter(text), true));
        progress.onProgress(65_536, 100_000);
        assertTrue(text.toString().endsWith("65536 of 100000 operations, 65 %"), text::toString);
    }

    @Test
    void shouldReportNothingWhereThereIsNoTerminal() {
        new RebuildProgress(new StatusLine(new PrintWriter(text), false)).onProgress(1, 2);
        assertEquals("", text.toString());
    }
}
