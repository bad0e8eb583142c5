package io.tollgate.core;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Works the {@link CheckpointAgent} of an engine that is to have one: on its own thread, or on that of the caller. */
final class CheckpointThread implements AutoCloseable {
    private static final long PARK_NS = 20_000;
    private static final int IDLE_MS = 10;

    private final EngineContext context;
    private final CheckpointAgent agent;
    private final AgentInvoker invoker;
    private final AgentRunner runner;
    private volatile Thread thread;

    CheckpointThread(
            final EngineContext context,
            final List<ShardWorker> workers,
            final EngineCopies copies,
            final ErrorHandler errorHandler) {
        this.context = context;
        agent = new CheckpointAgent(context, workers, copies);
        invoker = new AgentInvoker(errorHandler, null, agent);
        runner = new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), errorHandler, null, agent);
    }

    private boolean isNeeded() {
        return context.directory().isPresent() && context.checkpoints().isAutomatic();
    }

    void start() {
        if (isNeeded() && context.isStepped()) {
            invoker.start();
        } else if (isNeeded()) {
            thread = AgentRunner.startOnThread(runner, context.threadFactory());
        }
    }

    /** One duty cycle, on the caller's thread. */
    int step() {
        return isNeeded() ? invoker.invoke() : 0;
    }

    /** Whether the caller runs on this thread: inside an error handler. */
    boolean isInside() {
        return Thread.currentThread() == thread;
    }

    /** Lets nothing more begin. */
    void requestStop() {
        agent.requestStop();
    }

    /** Waits for a checkpoint that is being made. */
    @Override
    public void close() {
        requestStop();
        final Thread running = thread;
        while (running != null && running.isAlive()) {
            LockSupport.parkNanos(PARK_NS);
        }
        CloseHelper.closeAll(invoker, runner);
    }
}
