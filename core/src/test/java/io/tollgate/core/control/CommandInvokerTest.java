package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.HeldEngine;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.store.OpenStores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Calls of control threads while an engine is closed. */
class CommandInvokerTest {
    private final OpenStores open = new OpenStores();
    private final List<Integer> done = new ArrayList<>();

    /** The close unmaps the stores, so it waits for readers of a store on threads unknown to the engine. */
    @Test
    void shouldNotCloseDuringAReadOfAStore() throws Exception {
        try (HeldEngine engine = new HeldEngine(TestContext.stepped())) {
            final CommandInvoker calls = engine.newCalls(open);
            final FutureTask<Boolean> closing = new FutureTask<>(open::close, true);
            final Thread closer = new Thread(closing);
            final boolean isWaiting = calls.callOrRun(() -> {
                closer.start();
                while (closer.isAlive() && closer.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                return closer.isAlive();
            });
            assertTrue(isWaiting, "closed under a look");
            assertTrue(closing.get());
            Refusals.require(IllegalStateException.class, () -> calls.callOrRun(() -> done.add(0)), "closed");
            assertEquals(List.of(), done);
        }
    }
}
