package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a thread leaves behind on which all throws errors, as where no memory is left. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentThreadTest {
    private static final Error FULL = new OutOfMemoryError("planted");

    private final EngineState state = new EngineState();
    private final AtomicReference<Thread> own = new AtomicReference<>();

    /** An agent that can do nothing, until there is memory again. */
    private static final class Wanting implements Agent {
        private volatile boolean isFull;
        private volatile int endCount;

        @Override
        public String roleName() {
            requireMemory();
            return "wanting";
        }

        @Override
        public void onStart() {
            isFull = true;
        }

        @Override
        public int doWork() {
            requireMemory();
            return 0;
        }

        @Override
        public void onClose() {
            requireMemory();
            endCount++;
        }

        private void requireMemory() {
            if (isFull) {
                throw FULL;
            }
        }
    }

    private AgentThread threadOf(final Agent agent, final boolean isStepped) {
        return new AgentThread(
                isStepped,
                work -> {
                    final Thread made = new Thread(work);
                    made.setUncaughtExceptionHandler((thread, error) -> {});
                    own.set(made);
                    return made;
                },
                state,
                agent,
                BusySpinIdleStrategy::new,
                error -> {
                    throw FULL;
                });
    }

    @Test
    void shouldFailTheEngineAndDoAtItsCloseWhatItCouldNotDoAtItsEnd() throws InterruptedException {
        final Wanting agent = new Wanting();
        final AgentThread thread = threadOf(agent, false);
        thread.start();
        own.get().join();
        assertTrue(state.isFailed(), "nobody would know");
        final Throwable told = state.stoppedException().getCause();
        assertTrue(told.getMessage().startsWith("thread=wanting ended"), told::toString);
        assertSame(FULL, told.getCause());

        assertSame(FULL, assertThrows(OutOfMemoryError.class, thread::close));
        assertEquals(0, agent.endCount);
        agent.isFull = false;
        thread.close();
        assertEquals(1, agent.endCount);
        thread.close();
        assertEquals(1, agent.endCount);
        thread.start();
        assertFalse(thread.isRunning(), "begun anew");
    }

    @Test
    void shouldHandErrorsToWhoStepsItAndDoAtItsCloseWhatItCouldNotDo() {
        final Wanting agent = new Wanting();
        final AgentThread thread = threadOf(agent, true);
        thread.start();
        assertSame(FULL, assertThrows(OutOfMemoryError.class, thread::step));
        assertSame(FULL, assertThrows(OutOfMemoryError.class, thread::close));
        agent.isFull = false;
        thread.close();
        assertEquals(1, agent.endCount);
    }
}
