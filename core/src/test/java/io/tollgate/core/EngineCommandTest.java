package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command is carried out on all shards or on none, whoever ends or goes before. */
class EngineCommandTest {
    private final List<String> done = new ArrayList<>();

    private EngineCommand<Boolean> command(final CommandStart start, final String name) {
        return new EngineCommand<>(start, () -> true, () -> done.add(name));
    }

    private List<EngineCommand<Boolean>> joint() {
        final JointPreparation joint = new JointPreparation(2);
        final List<EngineCommand<Boolean>> commands = new ArrayList<>();
        for (final String name : List.of("first", "second")) {
            commands.add(new EngineCommand<>(joint.start(), joint.with(() -> true), () -> done.add(name)));
        }
        return commands;
    }

    private static void runPrepared(final EngineCommand<?> command) {
        assertTrue(command.isPrepared());
        command.run();
    }

    /** A shard that waited for one that had ended did so for ever. */
    @Test
    void shouldBeRunOnNoShardWhereOneHasEnded() {
        final List<EngineCommand<Boolean>> commands = joint();
        assertFalse(commands.get(0).isPrepared(), "the other is not ready");
        final RuntimeException ended = new IllegalStateException("engine=closed");
        commands.get(1).refuse(ended);
        runPrepared(commands.get(0));
        for (final EngineCommand<Boolean> command : commands) {
            assertSame(ended, assertThrows(IllegalStateException.class, command::await));
        }
        assertEquals(List.of(), done);
    }

    /** Where there was no memory to say why: one for all would take in what each caller adds to it. */
    @Test
    void shouldTellEachCallerOfItsOwnWhereAllAreRefusedWithTheSame() {
        final List<EngineCommand<Boolean>> commands = joint();
        assertFalse(commands.get(0).isPrepared());
        commands.get(1).refuse(CommandQueue.STOPPED);
        runPrepared(commands.get(0));
        final List<RuntimeException> told = new ArrayList<>();
        for (final EngineCommand<Boolean> command : commands) {
            told.add(assertThrows(IllegalStateException.class, command::await));
            assertNotSame(CommandQueue.STOPPED, told.get(told.size() - 1));
            assertEquals(
                    CommandQueue.STOPPED.getMessage(), told.get(told.size() - 1).getMessage());
        }
        assertNotSame(told.get(0), told.get(1));
        assertEquals(List.of(), done);
    }

    @Test
    void shouldBeRunOnAllShardsOnceAllAreReady() {
        final List<EngineCommand<Boolean>> commands = joint();
        assertFalse(commands.get(0).isPrepared());
        runPrepared(commands.get(1));
        runPrepared(commands.get(0));
        commands.forEach(command -> assertTrue(command.await()));
        assertEquals(List.of("second", "first"), done);
    }

    @Test
    void shouldBeTakenBackOnAllShardsByAnInterrupt() {
        final List<EngineCommand<Boolean>> commands = joint();
        assertFalse(commands.get(1).isPrepared());
        Thread.currentThread().interrupt();
        final IllegalStateException interrupted =
                assertThrows(IllegalStateException.class, () -> commands.get(0).await());
        assertTrue(Thread.interrupted());
        assertTrue(interrupted.getMessage().contains("nothing was done"), interrupted.getMessage());
        commands.forEach(EngineCommandTest::runPrepared);
        assertSame(
                interrupted,
                assertThrows(IllegalStateException.class, () -> commands.get(1).await()));
        assertEquals(List.of(), done);
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
