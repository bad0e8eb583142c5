package io.tollgate.core;

import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Works the agents of an engine: on threads of their own, or on that of the caller who steps them. */
final class AgentThreads implements AutoCloseable {
    private static final long PARK_NS = 20_000;

    private final EngineContext context;
    private final EngineAgent engine;
    private final MaintenanceAgent maintenance;
    private final AgentInvoker engineInvoker;
    private final AgentInvoker maintenanceInvoker;
    private final AgentRunner engineRunner;
    private final AgentRunner maintenanceRunner;
    private final ListenerThread listeners;
    private volatile Thread engineThread;
    private volatile Thread maintenanceThread;

    AgentThreads(final EngineContext context, final EngineAgent engine, final MaintenanceAgent maintenance) {
        this.context = context;
        listeners = new ListenerThread(context);
        this.engine = engine;
        this.maintenance = maintenance;
        engineInvoker = new AgentInvoker(this::onError, null, engine);
        maintenanceInvoker = new AgentInvoker(this::onError, null, maintenance);
        engineRunner = new AgentRunner(context.idleStrategySupplier().get(), this::onError, null, engine);
        maintenanceRunner = new AgentRunner(new SleepingMillisIdleStrategy(1), this::onError, null, maintenance);
    }

    void start() {
        if (context.isStepped()) {
            engineInvoker.start();
            maintenanceInvoker.start();
        } else {
            maintenanceThread = AgentRunner.startOnThread(maintenanceRunner, context.threadFactory());
            engineThread = AgentRunner.startOnThread(engineRunner, context.threadFactory());
        }
    }

    /** One duty cycle of each agent, on the caller's thread. */
    int step() {
        if (!context.isStepped()) {
            throw new IllegalStateException("stepped=false, expected true: this engine has threads of its own");
        }
        requireOutside("step");
        final int work;
        engineThread = Thread.currentThread();
        try {
            work = engineInvoker.invoke() + maintenanceInvoker.invoke();
        } finally {
            engineThread = null;
        }
        return work + listeners.step();
    }

    /** Lets listeners make room on the thread of the caller who steps the engine; true if they did. */
    boolean stepListeners(final int round, final boolean isListened) {
        return isListened && listeners.step() > 0;
    }

    ListenerThread listeners() {
        return listeners;
    }

    /** Whether the caller runs on the engine's thread: inside a handler. */
    boolean isInside() {
        return Thread.currentThread() == engineThread;
    }

    /** Refuses a call that would wait for the very thread that makes it. */
    void requireOutside(final String call) {
        if (isInside() || listeners.isInside() || Thread.currentThread() == maintenanceThread) {
            throw new IllegalStateException("call=" + call + " thread="
                    + Thread.currentThread().getName()
                    + ", expected another thread than the engine's: a handler must not wait for the engine");
        }
    }

    /** Lets the engine's agent apply what was offered, and all agents end by themselves: none is interrupted. */
    @Override
    public void close() {
        engine.requestStop();
        if (context.isStepped()) {
            engineThread = Thread.currentThread();
            try {
                while (!engine.isStopped() && engineInvoker.isRunning()) {
                    engineInvoker.invoke();
                    listeners.step();
                }
                CloseHelper.closeAll(engineInvoker, maintenanceInvoker);
            } finally {
                engineThread = null;
            }
        } else {
            awaitEnd(engineThread);
            maintenance.requestStop();
            awaitEnd(maintenanceThread);
            CloseHelper.closeAll(engineRunner, maintenanceRunner);
        }
        listeners.close();
    }

    /** Waits for a thread that was asked to end, even where the waiting thread is interrupted. */
    private static void awaitEnd(final Thread thread) {
        while (thread != null && thread.isAlive()) {
            LockSupport.parkNanos(PARK_NS);
        }
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            context.errorHandler().onError(error);
        }
    }
}
