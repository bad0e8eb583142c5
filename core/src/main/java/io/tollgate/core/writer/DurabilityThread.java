package io.tollgate.core.writer;

import io.tollgate.api.admin.Durability;
import io.tollgate.core.agent.AgentThread;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.agent.RestingIdleStrategy;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.manifest.LogDurability;
import java.util.Optional;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Runs the {@link DurabilityAgent} of an engine with a directory, and records errors for other processes. */
public final class DurabilityThread implements AutoCloseable {
    private final DurabilityAgent agent;
    private final Optional<EngineCounters> counters;
    private final ErrorHandler errorHandler;
    private final boolean isNeeded;
    private final AgentThread thread;

    public DurabilityThread(
            final EngineOptions context,
            final EngineState state,
            final Optional<LogDurability> log,
            final Optional<EngineCounters> counters) {
        this.counters = counters;
        errorHandler = context.errorHandler();
        agent = new DurabilityAgent(context.durability(), log, counters, context.nanoClock());
        isNeeded = log.isPresent();
        thread = new AgentThread(
                context.threadingMode().isStepped(),
                context.threadFactory(),
                state,
                agent,
                () -> idleStrategy(context.durability().level()),
                this::onError);
    }

    private static IdleStrategy idleStrategy(final Durability.Level level) {
        return switch (level) {
            case NONE -> new RestingIdleStrategy();
            case INTERVAL -> new SleepingMillisIdleStrategy(1);
            case COMMIT -> new BackoffIdleStrategy();
        };
    }

    public void start() {
        if (isNeeded) {
            thread.start();
        }
    }

    /** Runs one duty cycle on the thread of the caller. */
    public int step() {
        return thread.step();
    }

    /** Returns true if the caller runs inside this agent, for example in an error handler. */
    public boolean isInside() {
        return thread.isInside();
    }

    /** Requests a force at a level that does not force by itself. */
    public void request() {
        agent.request();
    }

    /** Records an error for other processes, and passes it to the error handler even if that fails. */
    public void onError(final Throwable error) {
        try {
            counters.ifPresent(file -> file.onError(error));
        } finally {
            errorHandler.onError(error);
        }
    }

    /** Ends the updates of the counters, before their sources are freed. */
    public void stopCounters() {
        counters.ifPresent(EngineCounters::stop);
    }

    /** Counts all applied operations as durable, after a clean close. */
    public void countClosed() {
        counters.ifPresent(EngineCounters::closedCleanly);
    }

    /** Frees the memory of the counters. No agent of the engine may run after this. */
    public void closeCounters() {
        counters.ifPresent(EngineCounters::close);
    }

    /** Stops the agent after its current duty cycle, without another force. The counters stay until they are closed. */
    @Override
    public void close() {
        agent.requestStop();
        thread.close();
    }
}
