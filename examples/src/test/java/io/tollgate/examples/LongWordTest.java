package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Words of many thousand characters for each option that takes one: they are accepted, or refused with a reason. */
final class LongWordTest {
    private static final int LENGTH = 20_000;

    private static final List<String> FILLINGS = List.of("x", "9", "\"\"", ".", "a,", ":", " ", "-", "/");

    /** The text before the word and the text after it. */
    private static final Map<String, String> FRAMES = Map.ofEntries(
            Map.entry("", ""),
            Map.entry("corr:\"", "\""),
            Map.entry("beta:", ""),
            Map.entry("above:", ""),
            Map.entry("volatility:", ""),
            Map.entry("ewma:", "d"),
            Map.entry("p", ""),
            Map.entry("last:", ""),
            Map.entry("since:", "Z"),
            Map.entry("month:", ""),
            Map.entry("2025-01-01T00:00:00.", "Z"),
            Map.entry("INTERVAL:", ""),
            Map.entry("W1:", ""));

    private static Stream<Arguments> options() {
        return Tollgate.commandLine().getSubcommands().entrySet().stream()
                .flatMap(command -> command.getValue().getCommandSpec().options().stream()
                        .filter(option -> option.arity().max() > 0)
                        .map(option -> Arguments.of(command.getKey(), option.longestName())));
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldReadOrRefuseALongWord(final String command, final String option) {
        final CommandLine commandLine = Tollgate.commandLine();
        for (final Map.Entry<String, String> frame : FRAMES.entrySet()) {
            for (final String filling : FILLINGS) {
                final String word = frame.getKey() + filling.repeat(LENGTH / filling.length()) + frame.getValue();
                try {
                    commandLine.parseArgs(command, option + "=" + word);
                } catch (final ParameterException e) {
                    assertFalse(e.getMessage().isBlank(), option);
                }
            }
        }
    }

    @Test
    void shouldRefuseALongKeyAsAnyOther() {
        final String key = "\"\"".repeat(LENGTH);
        final CommandRun run = CommandRun.of(
                "replay", "--in", "none", "--kind", "STEP", "--windows", "7d", "--metrics", "corr:\"" + key + "\"");
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).contains("' is not a metric: seriesKey="), run::err);
    }
}
