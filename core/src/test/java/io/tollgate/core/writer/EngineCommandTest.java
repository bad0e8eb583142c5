package io.tollgate.core.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command is carried out or refused, and what an interrupt of its caller does to it. */
class EngineCommandTest {
    private final List<String> done = new ArrayList<>();

    private EngineCommand<Boolean> command(final String name) {
        return new EngineCommand<>(() -> true, () -> done.add(name));
    }

    @Test
    void shouldFailWhereItsActionThrowsAnError() {
        final Error error = new OutOfMemoryError("planted");
        final EngineCommand<Boolean> command = new EngineCommand<>(() -> true, () -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, command::run));
        assertSame(
                error, assertThrows(IllegalStateException.class, command::await).getCause());
    }

    @Test
    void shouldBeTakenBackByAnInterrupt() {
        final EngineCommand<Boolean> command = command("taken back");
        Thread.currentThread().interrupt();
        final IllegalStateException interrupted = assertThrows(IllegalStateException.class, command::await);
        assertTrue(Thread.interrupted());
        assertTrue(interrupted.getMessage().contains("nothing was done"), interrupted.getMessage());
        runPrepared(command);
        assertEquals(List.of(), done);
    }

    private static void runPrepared(final EngineCommand<?> command) {
        assertTrue(command.isPrepared());
        command.run();
    }

    @Test
    void shouldPutAnInterruptOffOnceItHasBegun() throws InterruptedException {
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

    /** What is carried out step by step cannot be taken back. */
    @Test
    void shouldBeLeftByAnInterruptWhereItIsPreparedStepByStep() {
        final EngineCommand<Boolean> command = EngineCommand.ofSteps(() -> true, () -> done.add("left"));
        Thread.currentThread().interrupt();
        final IllegalStateException interrupted = assertThrows(IllegalStateException.class, command::await);
        assertTrue(Thread.interrupted());
        assertTrue(interrupted.getMessage().contains("may still be carried out"), interrupted.getMessage());
        runPrepared(command);
        assertEquals(List.of("left"), done);
    }
}
