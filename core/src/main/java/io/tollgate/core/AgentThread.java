package io.tollgate.core;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;

/**
 * Works an agent beside the shards of an engine: on a thread of its own, or on that of the caller who steps the engine.
 * The agent ends by itself when it is asked to, by throwing {@link AgentTerminationException}: no thread is
 * interrupted.
 * Control threads start and close it; the stepping thread steps it.
 */
final class BackgroundDuty implements AutoCloseable {
    private static final long PARK_NS = 20_000;

    private final EngineContext context;
    private final Agent agent;
    private final Supplier<IdleStrategy> idleStrategy;
    private final ErrorHandler errorHandler;
    private final AgentInvoker invoker;
    private AgentRunner runner;
    private volatile Thread thread;

    /**
     * @param context      says whether the engine is stepped, and makes threads.
     * @param agent        to work; not before the start.
     * @param idleStrategy of a thread of its own.
     * @param errorHandler is told what the agent throws, but for its end.
     */
    BackgroundDuty(
            final EngineContext context,
            final Agent agent,
            final Supplier<IdleStrategy> idleStrategy,
            final ErrorHandler errorHandler) {
        this.context = context;
        this.agent = agent;
        this.idleStrategy = idleStrategy;
        this.errorHandler = errorHandler;
        invoker = new AgentInvoker(this::onError, null, agent);
    }

    /** Starts it, if it does not run yet. */
    synchronized void start() {
        if (context.isStepped()) {
            if (!invoker.isStarted()) {
                invoker.start();
            }
        } else if (runner == null) {
            runner = new AgentRunner(idleStrategy.get(), this::onError, null, agent);
            thread = AgentRunner.startOnThread(runner, context.threadFactory());
        }
    }

    /** One duty cycle on the caller's thread, if it was started there. */
    int step() {
        if (!invoker.isRunning()) {
            return 0;
        }
        final Thread before = thread;
        thread = Thread.currentThread();
        try {
            return invoker.invoke();
        } finally {
            thread = before;
        }
    }

    /** Whether the caller runs inside the agent: in a handler or a listener. */
    boolean isInside() {
        return Thread.currentThread() == thread;
    }

    /** Works an agent that is stepped until it ends; it was asked to. */
    void stepToItsEnd() {
        while (invoker.isRunning()) {
            step();
        }
    }

    /** Waits for a thread of its own, which was asked to end, even where the waiting thread is interrupted. */
    @Override
    public synchronized void close() {
        if (invoker.isStarted()) {
            invoker.close();
        }
        if (runner != null) {
            final Thread ending = thread;
            while (ending != null && ending.isAlive()) {
                LockSupport.parkNanos(PARK_NS);
            }
            runner.close();
        }
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            errorHandler.onError(error);
        }
    }
}
