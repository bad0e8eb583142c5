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

/** What a thread leaves behind on which all throws errors, as where no memory or stack is left. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentThreadTest {
    private static final Error FULL = new OutOfMemoryError("planted");
    private static final long STACK_BYTES = 200_000;
    private static final int ROUNDS = 40;
    private static final int HEIGHTS = 60;

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

    /** An agent that has nothing to do. */
    private static final class Idle implements Agent {
        @Override
        public String roleName() {
            return "idle";
        }

        @Override
        public int doWork() {
            return 0;
        }
    }

    /** Steps at each height of a stack: where that has no room for it, and upwards from there. */
    private static final class Descent {
        private final AgentThread thread;
        private int height;
        private int overflowCount;
        private boolean isInside;

        Descent(final AgentThread thread) {
            this.thread = thread;
        }

        /** With frames of another size before it, so that an overflow comes elsewhere in the step. */
        private void descendBelow(final int frames, final long one, final long other) {
            if (frames == 0) {
                descend();
                isInside = thread.isInside();
            } else {
                descendBelow(frames - 1, other, one);
            }
        }

        private void descend() {
            try {
                descend();
            } catch (final VirtualMachineError e) {
                // There is more room on the way back.
                overflowCount++;
            }
            if (height < HEIGHTS) {
                height++;
                thread.step();
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

    /** Whoever was taken for the agent's own thread could neither step nor close the engine again. */
    @Test
    void shouldLetWhoeverHasNoStackLeftGoOnWithMore() throws InterruptedException {
        int overflowCount = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final AgentThread thread = threadOf(new Idle(), true);
            thread.start();
            for (int i = 0; i <= round; i++) {
                thread.step();
            }
            final Descent descent = new Descent(thread);
            final int frames = round;
            final Thread stepping = new Thread(null, () -> descent.descendBelow(frames, 0, 0), "deep", STACK_BYTES);
            stepping.start();
            stepping.join();
            assertEquals(HEIGHTS, descent.height);
            overflowCount += descent.overflowCount;
            assertFalse(descent.isInside, "taken for the agent's own thread");
        }
        // One a round is that of the descent itself.
        assertTrue(overflowCount > ROUNDS, "no step has overflowed");
    }
}
