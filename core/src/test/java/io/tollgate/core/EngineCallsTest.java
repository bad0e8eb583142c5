package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.core.store.OpenStores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of control threads that fail before all shards have their commands. */
class EngineCallsTest {
    private static final int SHARDS = 3;

    private final OpenStores open = new OpenStores();
    private final List<Integer> done = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "1, true", "2, false", "2, true"})
    void shouldHoldUpNothingThatComesBehindACallThatNotAllShardsHave(final int failing, final boolean isError) {
        try (HeldShards shards = new HeldShards(
                new EngineContext().shardCount(SHARDS).stepped(true).clockMode(ClockMode.MANUAL))) {
            final EngineCalls calls = shards.newCalls(open);
            final JointPreparation joint = new JointPreparation(SHARDS);
            final Throwable failure = assertThrows(
                    Throwable.class,
                    () -> calls.callAll("test", worker -> {
                        if (worker == shards.worker(failing)) {
                            fail(isError);
                        }
                        return new EngineCommand<>(joint.start(), joint.with(() -> true), () -> done.add(-1));
                    }));
            assertEquals("planted", failure.getMessage());
            for (int i = 0; i < SHARDS; i++) {
                final int shard = i;
                final EngineCommand<Boolean> next = new EngineCommand<>(() -> true, () -> done.add(shard));
                shards.worker(shard).agent().submit(next);
                shards.workAlone(shard);
                assertTrue(next.isDone(), () -> "held up on shard " + shard);
            }
            assertEquals(List.of(0, 1, 2), done);
        }
    }

    /** Stores go behind the close: what looks into one, on a thread that the engine knows nothing of, is waited for. */
    @Test
    void shouldNotCloseWhileSomebodyLooksIntoAStore() throws Exception {
        try (HeldShards shards = new HeldShards(new EngineContext().stepped(true))) {
            final EngineCalls calls = shards.newCalls(open);
            final FutureTask<Boolean> closing = new FutureTask<>(open::close, true);
            final Thread closer = new Thread(closing);
            final boolean isWaiting = calls.callOrRun(shards.worker(0), () -> {
                closer.start();
                while (closer.isAlive() && closer.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                return closer.isAlive();
            });
            assertTrue(isWaiting, "closed under a look");
            assertTrue(closing.get());
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class, () -> calls.callOrRun(shards.worker(0), () -> done.add(0)));
            assertTrue(refusal.getMessage().contains("closed"), refusal::getMessage);
            assertEquals(List.of(), done);
        }
    }

    /** As where memory is wanting, say. */
    private static void fail(final boolean isError) {
        if (isError) {
            throw new OutOfMemoryError("planted");
        }
        throw new IllegalStateException("planted");
    }
}
