package io.tollgate.core;

import io.tollgate.core.watch.FullQueueWait;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Works the agents of an engine: on threads of their own, or on that of the caller who steps them. */
final class AgentThreads implements AutoCloseable {
    private static final long PARK_NS = 20_000;
    private static final int CHECKPOINT_IDLE_MS = 10;
    private static final VarHandle SHARD_THREAD = MethodHandles.arrayElementVarHandle(Thread[].class);

    private final EngineContext context;
    private final EngineState state;
    private final MaintenanceAgent maintenance;
    private final List<AgentInvoker> shardInvokers = new ArrayList<>();
    private final AgentInvoker maintenanceInvoker;
    private final List<AgentRunner> shardRunners = new ArrayList<>();
    private final AgentRunner maintenanceRunner;
    private final ListenerThread listeners;
    private final DurabilityThread durability;
    private final CheckpointAgent checkpointAgent;
    private final BackgroundDuty checkpoints;
    private final Thread[] shardThreads;
    private volatile Thread steppingThread;
    private volatile Thread maintenanceThread;

    AgentThreads(
            final EngineContext context,
            final EngineState state,
            final List<ShardWorker> workers,
            final MaintenanceAgent maintenance,
            final DurabilityThread durability,
            final EngineCopies copies) {
        this.context = context;
        this.durability = durability;
        checkpointAgent = new CheckpointAgent(context, workers, copies);
        checkpoints = new BackgroundDuty(
                context, checkpointAgent, () -> new SleepingMillisIdleStrategy(CHECKPOINT_IDLE_MS), this::onError);
        listeners = new ListenerThread(context);
        this.state = state;
        this.maintenance = maintenance;
        for (final ShardWorker worker : workers) {
            final EngineAgent agent = worker.agent();
            shardInvokers.add(new AgentInvoker(this::onError, null, agent));
            shardRunners.add(new AgentRunner(context.idleStrategySupplier().get(), this::onError, null, agent));
        }
        maintenanceInvoker = new AgentInvoker(this::onError, null, maintenance);
        maintenanceRunner = new AgentRunner(new SleepingMillisIdleStrategy(1), this::onError, null, maintenance);
        shardThreads = new Thread[workers.size()];
    }

    void start() {
        durability.start();
        if (context.hasMaintenanceThread()) {
            maintenanceThread = AgentRunner.startOnThread(maintenanceRunner, context.threadFactory());
        } else {
            maintenanceInvoker.start();
        }
        if (context.isStepped()) {
            shardInvokers.forEach(AgentInvoker::start);
        } else {
            for (int i = 0; i < shardThreads.length; i++) {
                SHARD_THREAD.setVolatile(
                        shardThreads, i, AgentRunner.startOnThread(shardRunners.get(i), context.threadFactory()));
            }
        }
        if (checkpointAgent.isNeeded()) {
            checkpoints.start();
        }
    }

    /** One duty cycle of each agent, on the caller's thread. */
    int step() {
        if (!context.isStepped()) {
            throw new IllegalStateException("stepped=false, expected true: this engine has threads of its own");
        }
        requireOutside("step");
        final int work;
        steppingThread = Thread.currentThread();
        try {
            work = invokeShards() + maintain() + durability.step() + checkpoints.step();
        } finally {
            steppingThread = null;
        }
        return work + listeners.step();
    }

    /** Lets listeners make room on the thread of the caller who steps the engine; true if they did. */
    private boolean stepListeners(final int round, final boolean isListened) {
        return isListened && listeners.step() > 0;
    }

    /** What an agent does while a queue that must not lose anything is full. */
    FullQueueWait fullQueueWait(final EngineAgent agent) {
        return context.isStepped() ? this::stepListeners : agent::awaitRoom;
    }

    ListenerThread listeners() {
        return listeners;
    }

    private int maintain() {
        return context.hasMaintenanceThread() ? 0 : maintenanceInvoker.invoke();
    }

    private int invokeShards() {
        int work = 0;
        for (int i = 0; i < shardInvokers.size(); i++) {
            work += shardInvokers.get(i).invoke();
        }
        return work;
    }

    /** Whether the caller runs on one of the engine's threads: inside a handler. */
    boolean isInside() {
        final Thread current = Thread.currentThread();
        if (current == steppingThread) {
            return true;
        }
        for (int i = 0; i < shardThreads.length; i++) {
            if (current == SHARD_THREAD.getVolatile(shardThreads, i)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses a call that would wait for the very thread that makes it. */
    void requireOutside(final String call) {
        if (isInside()
                || listeners.isInside()
                || durability.isInside()
                || checkpoints.isInside()
                || Thread.currentThread() == maintenanceThread) {
            throw new IllegalStateException("call=" + call + " thread="
                    + Thread.currentThread().getName()
                    + ", expected another thread than the engine's: a handler must not wait for the engine");
        }
    }

    /** Lets the agents of the shards apply what was offered, and all agents end by themselves: none is interrupted. */
    @Override
    public void close() {
        checkpointAgent.requestStop();
        state.requestStop();
        if (context.isStepped()) {
            steppingThread = Thread.currentThread();
            try {
                while (shardInvokers.stream().anyMatch(AgentInvoker::isRunning)) {
                    invokeShards();
                    listeners.step();
                }
                CloseHelper.closeAll(shardInvokers);
            } finally {
                steppingThread = null;
            }
        } else {
            for (int i = 0; i < shardThreads.length; i++) {
                awaitEnd((Thread) SHARD_THREAD.getVolatile(shardThreads, i));
            }
            CloseHelper.closeAll(shardRunners);
        }
        maintenance.requestStop();
        awaitEnd(maintenanceThread);
        CloseHelper.closeAll(maintenanceInvoker, maintenanceRunner);
        listeners.close();
        checkpoints.close();
        durability.close();
    }

    /** Waits for a thread that was asked to end, even where the waiting thread is interrupted. */
    private static void awaitEnd(final Thread thread) {
        while (thread != null && thread.isAlive()) {
            LockSupport.parkNanos(PARK_NS);
        }
    }

    private void onError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            durability.note(error);
            context.errorHandler().onError(error);
        }
    }
}
