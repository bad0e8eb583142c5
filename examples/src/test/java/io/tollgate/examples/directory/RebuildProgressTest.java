package io.tollgate.examples.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.examples.terminal.StatusLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RebuildProgressTest {
    private final StringWriter text = new StringWriter();

    @Test
    void shouldTellOfEachShardHowMuchOfItsLogIsApplied() {
        final RebuildProgress progress = new RebuildProgress(new StatusLine(new PrintWriter(text), true));
        progress.onProgress(0, 65_536, 100_000);
        progress.onProgress(1, 7, 7);
        assertEquals(
                "\rshard 0: 65536 of 100000 operations, 65 %" + "\rshard 1: 7 of 7 operations, 100 %" + " ".repeat(8),
                text.toString());
    }

    @Test
    void shouldTellNothingWhereThereIsNoTerminal() {
        new RebuildProgress(new StatusLine(new PrintWriter(text), false)).onProgress(0, 1, 2);
        assertEquals("", text.toString());
    }
}
