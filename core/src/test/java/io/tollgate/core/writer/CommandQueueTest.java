package io.tollgate.core.writer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.agent.EngineState;
import org.junit.jupiter.api.Test;

/** A command is handed to an engine, which executes or refuses it. */
class CommandQueueTest {
    private final EngineState state = new EngineState();
    private final CommandQueue commands = new CommandQueue(state);

    private EngineCommand<Boolean> submitted() {
        final EngineCommand<Boolean> command = new EngineCommand<>(() -> true, () -> true);
        commands.submit(command);
        return command;
    }

    private static Throwable refusalOf(final EngineCommand<?> command) {
        assertTrue(command.isDone(), "its caller waits for ever");
        return assertThrows(IllegalStateException.class, command::await);
    }

    @Test
    void shouldRefusePresentAndLaterCommandsOnceClosed() {
        final EngineCommand<Boolean> before = submitted();
        assertFalse(before.isDone());
        final RuntimeException cause = new IllegalStateException("planted");
        state.fail(cause);
        commands.close();
        assertTrue(commands.isClosed());
        assertSame(cause, refusalOf(before).getCause());
        assertSame(cause, refusalOf(submitted()).getCause());
        assertNull(commands.peek());
    }

    @Test
    void shouldTakeWhatComesAfterARefusal() {
        final EngineCommand<Boolean> before = submitted();
        commands.refuseAll();
        assertTrue(refusalOf(before).getMessage().startsWith("engine=closed"));
        final EngineCommand<Boolean> next = submitted();
        assertFalse(next.isDone());
        assertSame(next, commands.peek());
    }
}
