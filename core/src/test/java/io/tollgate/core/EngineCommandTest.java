package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command is carried out or refused, and what an interrupt of its caller does to it. */
class EngineCommandTest {
    private final List<String> done = new ArrayList<>();

    private EngineCommand<Boolean> command(final CommandStart start, final String name) {
        return new EngineCommand<>(start, () -> true, () -> done.add(name));
    }

    /** Where there was no memory to say why: one for all would take in what each caller adds to it. */
    @Test
    void shouldTellEachCallerOfItsOwnWhereAllAreRefusedWithTheSame() {
        final List<RuntimeException> told = new ArrayList<>();
        for (final String name : List.of("first", "second")) {
            final EngineCommand<Boolean> command = command(new CommandStart(), name);
            command.refuse(CommandQueue.STOPPED);
            told.add(assertThrows(IllegalStateException.class, command::await));
        }
        told.forEach(one -> assertEquals(CommandQueue.STOPPED.getMessage(), one.getMessage()));
        assertNotSame(CommandQueue.STOPPED, told.get(0));
        assertNotSame(told.get(0), told.get(1));
        assertEquals(List.of(), done);
    }

    @Test
    void shouldBeTakenBackByAnInterrupt() {
        final EngineCommand<Boolean> command = command(new CommandStart(), "taken back");
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
        final CommandStart start = new CommandStart();
        final EngineCommand<Boolean> command = command(start, "begun");
        assertTrue(start.begin());
        Thread.currentThread().interrupt();
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
        final EngineCommand<Boolean> command = new EngineCommand<>(() -> true, () -> done.add("left"));
        Thread.currentThread().interrupt();
        final IllegalStateException interrupted = assertThrows(IllegalStateException.class, command::await);
        assertTrue(Thread.interrupted());
        assertTrue(interrupted.getMessage().contains("may still be carried out"), interrupted.getMessage());
        runPrepared(command);
        assertEquals(List.of("left"), done);
    }
}
