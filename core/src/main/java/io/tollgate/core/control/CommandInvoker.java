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

/** Lets the engine do something for control threads, which wait for it, or work the engine where it is stepped. */
public final class CommandInvoker implements PointApplier {
    /** A wait without a limit. */
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

    /** One duty cycle, on the caller's thread. */
    public int step() {
        if (agent.isStopped() || state.isFailed()) {
            throw state.stoppedException();
        }
        return threads.step();
    }

    /** Applies one point on the caller's thread, after all that was offered before. */
    @Override
    public Outcome apply(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        if (!isStepped) {
            throw new IllegalStateException(
                    "stepped=false, expected true: this engine has threads of its own; offer the"
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

    /** Works the engine that its caller waits for; false where only the caller can make it go on. */
    private boolean stepOn() {
        return step() > 0 || !agent.isHeldBack();
    }

    private static IllegalStateException fullQueue() {
        return new IllegalStateException("updateQueue=full, expected room: poll it before waiting for an engine that"
                + " is stepped by the same thread");
    }

    /** Refuses a call of the engine's own threads: before it waits for a lock that is held by who waits for them. */
    void requireOutside(final String name) {
        threads.requireOutside(name);
    }

    /** Refuses a call where the engine has stopped. */
    void requireRunning() {
        if (agent.isStopped()) {
            throw state.stoppedException();
        }
    }

    /**
     * Does something on the engine's thread: at once where the caller is inside the engine, or whoever it is where the
     * engine is stepped; else as a command.
     */
    <T> T callOrRun(final Supplier<T> action) {
        requireRunning();
        if (threads.isInside()) {
            return action.get();
        }
        return isStepped ? runOpen(action) : call("find", action);
    }

    /** Does something on a thread that the engine knows nothing of, while the store is kept open for it. */
    private <T> T runOpen(final Supplier<T> action) {
        return open.whileOpen(action, () -> {
            throw state.stoppedException();
        });
    }

    /** Does something on the engine's thread. */
    <T> T call(final String name, final Supplier<T> action) {
        return call(name, new EngineCommand<>(() -> true, action));
    }

    /** Does something on the engine's thread that gives nothing. */
    void run(final String name, final Runnable action) {
        call(name, () -> {
            action.run();
            return name;
        });
    }

    /** Has a command carried out, and waits for it. */
    <T> T call(final String name, final EngineCommand<T> command) {
        threads.requireOutside(name);
        agent.submit(command);
        while (isStepped && !command.isDone()) {
            if (!stepOn()) {
                throw command.abandon(fullQueue());
            }
        }
        return command.await();
    }

    /**
     * Waits until the engine has applied all that lies on its ring up to a position.
     *
     * @param position  to reach.
     * @param startNs   when the wait began, by {@link System#nanoTime()}.
     * @param timeoutNs for how long to wait, {@link #FOREVER} without a limit.
     * @return false if the time is over before.
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
     * Waits until the engine has forced what it has applied up to a position.
     *
     * @param position  to reach.
     * @param durable   that knows up to where.
     * @param durability to be asked for a force.
     * @param startNs   when the wait began, by {@link System#nanoTime()}.
     * @param timeoutNs for how long to wait, {@link #FOREVER} without a limit.
     * @return false if the time is over before.
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

    /** Waits for a moment; true if the thread was interrupted before, as it would park no more then. */
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
