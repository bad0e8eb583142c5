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

/** Works the {@link DurabilityAgent} of an engine with a directory, and takes errors down for other processes. */
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

    /** One duty cycle, on the caller's thread. */
    public int step() {
        return thread.step();
    }

    /** Whether the caller runs on this thread: inside an error handler. */
    public boolean isInside() {
        return thread.isInside();
    }

    /** Asks for a force where the level has none by itself. */
    public void request() {
        agent.request();
    }

    /** Takes an error down for other processes, and tells it to the program, also where that could not be done. */
    public void onError(final Throwable error) {
        try {
            counters.ifPresent(file -> file.onError(error));
        } finally {
            errorHandler.onError(error);
        }
    }

    /** Gives the memory of the counters back: no agent of the engine is worked any more. */
    public void closeCounters() {
        counters.ifPresent(EngineCounters::close);
    }

    /** Ends when it has forced what it is at; nothing else is forced. The counters are there until they are closed. */
    @Override
    public void close() {
        agent.requestStop();
        thread.close();
    }
}
