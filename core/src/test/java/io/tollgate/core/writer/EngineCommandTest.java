package io.tollgate.core.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command is executed or refused, and an interrupt of its caller is deferred. */
class EngineCommandTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void shouldFailIfItsActionThrowsAnError() {
        final Error error = new OutOfMemoryError("planted");
        final EngineCommand<Boolean> command = new EngineCommand<>(() -> true, () -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, command::run));
        assertSame(
                error, assertThrows(IllegalStateException.class, command::await).getCause());
    }

    /** The action waits until its waiting caller has taken the interrupt. */
    @Test
    void shouldBeAwaitedToItsEndByACallerThatIsInterrupted() throws InterruptedException {
        final Thread caller = Thread.currentThread();
        final EngineCommand<Boolean> command = new EngineCommand<>(() -> true, () -> {
            caller.interrupt();
            while (caller.isInterrupted()) {
                Thread.onSpinWait();
            }
            return done.add("begun");
        });
        final Thread engine = new Thread(command);
        engine.start();
        assertTrue(command.await());
        assertTrue(Thread.interrupted());
        engine.join();
        assertEquals(List.of("begun"), done);
    }
}
