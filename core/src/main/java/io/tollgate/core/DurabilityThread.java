package io.tollgate.core;

import io.tollgate.api.Durability;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Works the {@link DurabilityAgent} of an engine with a directory, on a thread of its own or on that of the caller. */
final class DurabilityThread implements AutoCloseable {
    private static final long PARK_NS = 20_000;

    private final EngineContext context;
    private final DurabilityAgent agent;
    private final Optional<EngineCounters> counters;
    private final boolean isNeeded;
    private final AgentInvoker invoker;
    private final AgentRunner runner;
    private volatile Thread thread;

    DurabilityThread(
            final EngineContext context, final List<ShardWorker> workers, final Optional<EngineCounters> counters) {
        this.context = context;
        this.counters = counters;
        final List<ShardDurability> shards =
                workers.stream().flatMap(worker -> worker.durability().stream()).toList();
        agent = new DurabilityAgent(context.durability(), shards, counters);
        isNeeded = !shards.isEmpty();
        invoker = new AgentInvoker(this::onError, null, agent);
        runner = new AgentRunner(idleStrategy(context.durability().level()), this::onError, null, agent);
    }

    private static IdleStrategy idleStrategy(final Durability.Level level) {
        return level == Durability.Level.COMMIT ? new BackoffIdleStrategy() : new SleepingMillisIdleStrategy(1);
    }

    void start() {
        if (context.isStepped()) {
            invoker.start();
        } else if (isNeeded) {
            thread = AgentRunner.startOnThread(runner, context.threadFactory());
        }
    }

    /** One duty cycle, on the caller's thread. */
    int step() {
        return invoker.invoke();
    }

    /** Whether the caller runs on this thread: inside an error handler. */
    boolean isInside() {
        return Thread.currentThread() == thread;
    }

    /** Asks for a force where the level has none by itself. */
    void request() {
        agent.request();
    }

    /** Takes an error down for other processes. */
    void note(final Throwable error) {
        counters.ifPresent(file -> file.onError(error));
    }

    /** Ends when it has forced what it is at; nothing else is forced. */
    @Override
    public void close() {
        agent.requestStop();
        final Thread running = thread;
        while (running != null && running.isAlive()) {
            LockSupport.parkNanos(PARK_NS);
        }
        CloseHelper.closeAll(invoker, runner, counters.orElse(null));
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            note(error);
            context.errorHandler().onError(error);
        }
    }
}
