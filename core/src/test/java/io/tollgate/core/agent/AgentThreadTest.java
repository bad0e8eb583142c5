package io.tollgate.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The effect of exceptions, errors and interrupts on an agent and its engine. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentThreadTest {
    private static final Error ERROR = new OutOfMemoryError("planted");
    private static final int CYCLES = 1_000;

    private final EngineState state = new EngineState();
    private final Planted agent = new Planted();
    private final List<Throwable> recorded = new CopyOnWriteArrayList<>();
    private final List<Thread> made = new CopyOnWriteArrayList<>();

    /** An agent that interrupts its thread and throws the given exception. */
    private static final class Planted implements Agent {
        private volatile Throwable thrown;
        private volatile boolean isStopRequested;
        private volatile int cycles;
        private volatile int endCount;

        @Override
        public String roleName() {
            return "planted";
        }

        @Override
        public int doWork() throws Exception {
            cycles = cycles + 1;
            if (isStopRequested) {
                throw new AgentTermination();
            }
            Thread.currentThread().interrupt();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof Exception exception) {
                throw exception;
            }
            return 0;
        }

        @Override
        public void onClose() {
            endCount = endCount + 1;
        }
    }

    private record ThrowingIdleStrategy(RuntimeException thrown) implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            throw thrown;
        }

        @Override
        public void idle() {
            throw thrown;
        }

        @Override
        public void reset() {
            throw thrown;
        }
    }

    private AgentThread start(final boolean isStepped, final Supplier<IdleStrategy> idleStrategy) {
        final AgentThread thread = new AgentThread(
                isStepped,
                work -> {
                    made.add(new Thread(work));
                    return made.get(0);
                },
                state,
                agent,
                idleStrategy,
                recorded::add);
        thread.start();
        return thread;
    }

    private void requireClosed(final AgentThread thread) {
        agent.isStopRequested = true;
        thread.close();
        thread.close();
        assertEquals(1, agent.endCount);
        thread.start();
        assertFalse(thread.isSteppable(), "begun again");
        assertTrue(made.size() <= 1, "begun again");
    }

    @Test
    void shouldFailTheEngineIfAThreadEndsByAnError() throws InterruptedException {
        agent.thrown = ERROR;
        final AgentThread thread = start(false, BusySpinIdleStrategy::new);
        made.get(0).join();
        assertSame(ERROR, state.stoppedException().getCause());
        assertEquals(List.of(ERROR), recorded);
        requireClosed(thread);
    }

    @Test
    void shouldFailTheEngineIfItsIdleStrategyThrows() throws InterruptedException {
        final IllegalStateException thrown = new IllegalStateException("planted");
        final AgentThread thread = start(false, () -> new ThrowingIdleStrategy(thrown));
        made.get(0).join();
        assertSame(thrown, state.failure());
        requireClosed(thread);
    }

    @Test
    void shouldReportExceptionsAndContinueBesideInterrupts() {
        agent.thrown = new Exception("planted");
        final AgentThread thread = start(false, BusySpinIdleStrategy::new);
        while (agent.cycles < CYCLES) {
            Thread.onSpinWait();
        }
        assertFalse(state.isFailed());
        assertSame(agent.thrown, recorded.get(0));
        Thread.currentThread().interrupt();
        requireClosed(thread);
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    }

    @Test
    void shouldThrowErrorsToItsSteppingThreadAndContinue() {
        final AgentThread thread = start(true, BusySpinIdleStrategy::new);
        agent.thrown = ERROR;
        assertSame(ERROR, assertThrows(OutOfMemoryError.class, thread::step));
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        assertFalse(thread.isInside());
        assertFalse(state.isFailed());
        agent.thrown = null;
        assertEquals(0, thread.step());
        assertEquals(2, agent.cycles);
        requireClosed(thread);
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
    }
}
