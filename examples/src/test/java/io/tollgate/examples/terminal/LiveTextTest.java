package io.tollgate.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveTextTest {
    /** On a terminal the cursor goes up by the number of lines, and the screen below it is erased. */
    @ParameterizedTest
    @CsvSource({"true, 'a,b,<ESC>[2A<ESC>[J,c,<ESC>[1A<ESC>[J,d,'", "false, 'a,b,,c,,d,'"})
    void shouldReplaceItsLinesOnATerminalOnly(final boolean isTerminal, final String expected) {
        final StringWriter shown = new StringWriter();
        final LiveText text = new LiveText(new PrintWriter(shown), isTerminal);
        text.show(List.of("a", "b"));
        text.show(List.of("c"));
        text.show(List.of("d"));
        assertEquals(
                expected.replace("[J,", "[J").replace(',', '\n').replace("<ESC>", "\u001B"),
                shown.toString().replace(System.lineSeparator(), "\n"));
    }
}
