package io.tollgate.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StyleTest {
    /** See no-color.org: the variable counts if it is there and not empty. */
    @ParameterizedTest
    @CsvSource({
        "true, xterm, , true",
        "true, xterm, '', true",
        "true, xterm, 1, false",
        "true, xterm, 0, false",
        "true, dumb, , false",
        "true, , , false",
        "false, xterm, , false"
    })
    void shouldColourTerminalsThatAllowIt(
            final boolean isTerminal, final String terminal, final String noColor, final boolean isColoured) {
        final Map<String, String> environment = new HashMap<>();
        if (terminal != null) {
            environment.put("TERM", terminal);
        }
        if (noColor != null) {
            environment.put("NO_COLOR", noColor);
        }
        final Style style = Style.of(isTerminal, environment);
        assertEquals(isColoured ? "\u001B[1mtext\u001B[0m" : "text", style.heading("text"));
        assertEquals(isColoured ? "\u001B[1;36mtext\u001B[0m" : "text", style.value("text"));
        assertEquals(isColoured ? "\u001B[31mtext\u001B[0m" : "text", style.fault("text"));
    }
}
