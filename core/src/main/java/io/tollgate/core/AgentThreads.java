package io.tollgate.core;

import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Works the agents of an engine: on threads of their own, or on that of the caller who steps them. */
final class AgentThreads implements AutoCloseable {
    private final EngineContext context;
    private final EngineAgent engine;
    private final AgentInvoker engineInvoker;
    private final AgentInvoker maintenanceInvoker;
    private final AgentRunner engineRunner;
    private final AgentRunner maintenanceRunner;

    AgentThreads(final EngineContext context, final EngineAgent engine, final MaintenanceAgent maintenance) {
        this.context = context;
        this.engine = engine;
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
            AgentRunner.startOnThread(engineRunner, context.threadFactory());
            AgentRunner.startOnThread(maintenanceRunner, context.threadFactory());
        }
    }

    /** One duty cycle of each agent, on the caller's thread. */
    int step() {
        if (!context.isStepped()) {
            throw new IllegalStateException("stepped=false, expected true: this engine has threads of its own");
        }
        return engineInvoker.invoke() + maintenanceInvoker.invoke();
    }

    /** Lets the engine's agent apply what was offered and end by itself: it may not be interrupted. */
    @Override
    public void close() {
        engine.requestStop();
        if (context.isStepped()) {
            while (!engine.isStopped() && engineInvoker.isRunning()) {
                engineInvoker.invoke();
            }
            engineInvoker.close();
            maintenanceInvoker.close();
        } else {
            while (!engine.isStopped()) {
                Thread.onSpinWait();
            }
            engineRunner.close();
            maintenanceRunner.close();
        }
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            context.errorHandler().onError(error);
        }
    }
}
