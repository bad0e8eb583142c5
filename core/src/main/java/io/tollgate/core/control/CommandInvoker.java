package io.tollgate.core.control;

import io.tollgate.api.Outcome;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.ingest.PointApplier;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.writer.DurabilityThread;
import io.tollgate.core.writer.EngineAgent;
import io.tollgate.core.writer.EngineCommand;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs commands on the engine's thread for control threads. The caller waits for the result, or steps the engine
 * itself.
 */
public final class CommandInvoker implements PointApplier {
    /** A wait without a timeout. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final int SPINS = 200;
    private static final long PARK_NS = 20_000;

    private final boolean isStepped;
    private final EngineState state;
    private final EngineAgent agent;
    private final AgentThreads threads;
    private final OpenStores open;

    public CommandInvoker(
            final boolean isStepped,
            final EngineState state,
            final EngineAgent agent,
            final AgentThreads threads,
            final OpenStores open) {
        this.isStepped = isStepped;
        this.state = state;
        this.agent = agent;
        this.threads = threads;
        this.open = open;
    }

    /** Runs one duty cycle on the thread of the caller. */
    public int step() {
        if (agent.isStopped() || state.isFailed()) {
            throw state.stoppedException();
        }
        return threads.step();
    }

    /** Applies one point on the thread of the caller, after all points offered before. */
    @Override
    public Outcome apply(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        if (!isStepped) {
            throw new IllegalStateException("stepped=false: this engine has its own threads; offer the"
                    + " point, or open the engine with ThreadingMode.STEPPED");
        }
        if (agent.isStopped() || state.isFailed()) {
            throw state.stoppedException();
        }
        threads.requireOutside("apply");
        while (!agent.isReady()) {
            if (!stepOn()) {
                throw fullQueue();
            }
        }
        return threads.apply(type, seriesNumber, validTimeNs, value, knowledgeTimeNs, reference);
    }

    /** Steps the engine. Returns false if it cannot progress until the caller polls a queue. */
    private boolean stepOn() {
        return step() > 0 || !agent.isHeldBack();
    }

    private static IllegalStateException fullQueue() {
        return new IllegalStateException("updateQueue=full, expected room: poll it before waiting for an engine that"
                + " is stepped by the same thread");
    }

    /**
     * Refuses calls from the engine's own threads. It must be called before the caller takes a lock whose holder waits
     * for these threads.
     */
    void requireOutside(final String name) {
        threads.requireOutside(name);
    }

    /** Refuses a call if the engine has stopped. */
    void requireRunning() {
        if (agent.isStopped()) {
            throw state.stoppedException();
        }
    }

    /**
     * Runs an action on the engine's thread, as a command. Inside the engine, or if the engine is stepped, it runs
     * immediately on the thread of the caller.
     */
    <T> T callOrRun(final Supplier<T> action) {
        requireRunning();
        if (threads.isInside()) {
            return action.get();
        }
        return isStepped ? runOpen(action) : call("find", action);
    }

    /** Runs an action on a thread unknown to the engine, and keeps the store open during it. */
    private <T> T runOpen(final Supplier<T> action) {
        return open.whileOpen(action, () -> {
            throw state.stoppedException();
        });
    }

    /** Runs an action on the engine's thread. */
    <T> T call(final String name, final Supplier<T> action) {
        return call(name, new EngineCommand<>(() -> true, action));
    }

    /** Runs an action without a result on the engine's thread. */
    void run(final String name, final Runnable action) {
        call(name, () -> {
            action.run();
            return name;
        });
    }

    /** Submits a command, and waits for it. */
    <T> T call(final String name, final EngineCommand<T> command) {
        return await(submit(name, command));
    }

    /** Submits a command, and returns it. */
    <T> EngineCommand<T> submit(final String name, final EngineCommand<T> command) {
        threads.requireOutside(name);
        agent.submit(command);
        return command;
    }

    /** Waits for a submitted command. */
    <T> T await(final EngineCommand<T> command) {
        while (isStepped && !command.isDone()) {
            if (!stepOn()) {
                throw command.abandon(fullQueue());
            }
        }
        return command.await();
    }

    /**
     * Waits until the engine has applied all records on its ring up to a position.
     *
     * @param position  to reach.
     * @param startNs   start of the wait, by {@link System#nanoTime()}.
     * @param timeoutNs the timeout, {@link #FOREVER} for none.
     * @return false if the timeout has passed.
     */
    boolean awaitApplied(final long position, final long startNs, final long timeoutNs) {
        boolean isInterrupted = false;
        try {
            for (int i = 0; agent.appliedPosition() < position; i++) {
                if (agent.isStopped() && agent.appliedPosition() < position) {
                    throw state.stoppedException();
                }
                threads.requireOutside("awaitApplied");
                if (isOver(startNs, timeoutNs)) {
                    return false;
                }
                if (!isStepped) {
                    isInterrupted |= idle(i);
                } else if (!stepOn()) {
                    throw fullQueue();
                }
            }
            return true;
        } finally {
            Uninterruptibles.restore(isInterrupted);
        }
    }

    /**
     * Waits until all applied records up to a position are durable.
     *
     * @param position  to reach.
     * @param durable   knows the durable position.
     * @param durability receives the requests for a force.
     * @param startNs   start of the wait, by {@link System#nanoTime()}.
     * @param timeoutNs the timeout, {@link #FOREVER} for none.
     * @return false if the timeout has passed.
     */
    boolean awaitDurable(
            final long position,
            final LogDurability durable,
            final DurabilityThread durability,
            final long startNs,
            final long timeoutNs) {
        boolean isInterrupted = false;
        try {
            for (int i = 0; durable.durableTicket() < position; i++) {
                requireRunning();
                threads.requireOutside("awaitDurable");
                if (isOver(startNs, timeoutNs)) {
                    return false;
                }
                durability.request();
                if (isStepped) {
                    step();
                } else {
                    isInterrupted |= idle(i);
                }
            }
            return true;
        } finally {
            Uninterruptibles.restore(isInterrupted);
        }
    }

    private static boolean isOver(final long startNs, final long timeoutNs) {
        return timeoutNs != FOREVER && System.nanoTime() - startNs >= timeoutNs;
    }

    /**
     * Waits briefly. Returns true if the thread was interrupted; the interrupt status is cleared, because it would
     * disable the park.
     */
    private static boolean idle(final int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
            return false;
        }
        final boolean wasInterrupted = Thread.interrupted();
        LockSupport.parkNanos(PARK_NS);
        return wasInterrupted;
    }
}
