package io.tollgate.core;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Works the listeners: on a thread of their own, started when there is a first one, or on that of the caller who steps
 * the engine.
 */
final class ListenerThread implements AutoCloseable {
    private static final long PARK_NS = 20_000;

    private final EngineContext context;
    private final ListenerAgent agent;
    private final AgentInvoker invoker;
    private AgentRunner runner;
    private volatile Thread thread;

    ListenerThread(final EngineContext context) {
        this.context = context;
        agent = new ListenerAgent(context.errorHandler());
        invoker = new AgentInvoker(this::onError, null, agent);
    }

    ListenerAgent agent() {
        return agent;
    }

    /** Starts what works the listeners, if it does not run yet. */
    synchronized void start() {
        if (context.isStepped()) {
            if (!invoker.isStarted()) {
                invoker.start();
            }
        } else if (runner == null) {
            runner = new AgentRunner(context.idleStrategySupplier().get(), this::onError, null, agent);
            thread = AgentRunner.startOnThread(runner, context.threadFactory());
        }
    }

    /** One duty cycle on the thread of the caller who steps the engine. */
    int step() {
        if (!invoker.isRunning()) {
            return 0;
        }
        thread = Thread.currentThread();
        try {
            return invoker.invoke();
        } finally {
            thread = null;
        }
    }

    /** Whether the caller is a listener. */
    boolean isInside() {
        return Thread.currentThread() == thread;
    }

    /** Hands over what is left, and ends; the engine's thread has ended. */
    @Override
    public synchronized void close() {
        agent.requestStop();
        if (context.isStepped()) {
            while (invoker.isRunning()) {
                step();
            }
            invoker.close();
        } else if (runner != null) {
            final Thread ending = thread;
            while (ending.isAlive()) {
                LockSupport.parkNanos(PARK_NS);
            }
            runner.close();
        }
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            context.errorHandler().onError(error);
        }
    }
}
