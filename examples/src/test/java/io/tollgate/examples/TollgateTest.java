package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TollgateTest {
    @ParameterizedTest
    @ValueSource(strings = {"impact", "replay", "latency"})
    void shouldExplainEachCommand(final String command) {
        final CommandRun run = CommandRun.of(command, "--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().startsWith("Usage: tollgate " + command), run.out());
        assertEquals("", run.err());
    }

    @Test
    void shouldNameTheCommands() {
        final CommandRun run = CommandRun.of("--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("impact") && run.out().contains("replay"), run.out());
    }

    @Test
    void shouldSayWhichCommandsThereAreWhenNoneIsGiven() {
        final CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertEquals(
                "no command, expected one of impact, replay, panel, latency, inspect, verify, recover,"
                        + " generate-completion",
                run.errLines().get(0));
    }

    @Test
    void shouldRefuseAnUnknownCommand() {
        final CommandRun run = CommandRun.of("reply");
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).contains("'reply'"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void shouldMakeACompletionScript() {
        final CommandRun run = CommandRun.of("generate-completion");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("--windows"), run.out());
    }
}
