package io.tollgate.core;

import io.tollgate.core.file.Closing;
import io.tollgate.core.watch.FullQueueWait;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Works the agents of an engine: on threads of their own, or on that of the caller who steps them. */
final class AgentThreads implements AutoCloseable {
    private static final int CHECKPOINT_IDLE_MS = 10;

    private final EngineContext context;
    private final EngineState state;
    private final MaintenanceAgent maintenanceAgent;
    private final CheckpointAgent checkpointAgent;
    private final List<AgentThread> shards = new ArrayList<>();
    private final AgentThread maintenance;
    private final DurabilityThread durability;
    private final AgentThread checkpoints;
    private final ListenerThread listeners;
    /** What a close does, in this order; made ahead, as there may be no memory left then. */
    private final List<AutoCloseable> ends = new ArrayList<>();

    /** Whether a listener has left an interrupt behind in the middle of a step; the stepping thread. */
    private boolean isInterrupted;

    AgentThreads(
            final EngineContext context,
            final EngineState state,
            final List<ShardWorker> workers,
            final MaintenanceAgent maintenanceAgent,
            final DurabilityThread durability,
            final EngineCopies copies) {
        this.context = context;
        this.state = state;
        this.maintenanceAgent = maintenanceAgent;
        this.durability = durability;
        for (final ShardWorker worker : workers) {
            shards.add(thread(context.isStepped(), worker.agent(), context.idleStrategySupplier()));
        }
        maintenance = thread(!context.hasMaintenanceThread(), maintenanceAgent, () -> new RestingIdleStrategy());
        checkpointAgent = new CheckpointAgent(context, workers, copies);
        checkpoints =
                thread(context.isStepped(), checkpointAgent, () -> new SleepingMillisIdleStrategy(CHECKPOINT_IDLE_MS));
        listeners = new ListenerThread(context, state);
        ends.add(this::stepToTheirEnd);
        ends.addAll(shards);
        ends.add(this::closeMaintenance);
        ends.addAll(List.of(listeners, checkpoints, durability));
    }

    private AgentThread thread(final boolean isStepped, final Agent agent, final Supplier<IdleStrategy> idleStrategy) {
        return new AgentThread(isStepped, context.threadFactory(), state, agent, idleStrategy, durability::onError);
    }

    /** Starts all; none runs where one cannot be started. */
    void start() {
        try {
            startAll();
        } catch (final RuntimeException | Error e) {
            leaveOutThoseThatDoNotRun();
            Closing.after(e, this);
            throw e;
        }
    }

    /** The others do not wait for them with their end. */
    private void leaveOutThoseThatDoNotRun() {
        for (int i = 0; i < shards.size(); i++) {
            if (!shards.get(i).isRunning()) {
                state.shardEnded(i);
            }
        }
    }

    private void startAll() {
        durability.start();
        maintenance.start();
        shards.forEach(AgentThread::start);
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
        try {
            return stepShards() + maintenance.step() + durability.step() + checkpoints.step() + listeners.step();
        } finally {
            restoreInterrupt();
        }
    }

    private int stepShards() {
        int work = 0;
        for (int i = 0; i < shards.size(); i++) {
            work += shards.get(i).step();
        }
        return work;
    }

    /**
     * Lets listeners make room on the thread of the caller who steps the engine; true if they did. An interrupt that
     * one leaves behind is the caller's, and not for the shard that is being worked.
     */
    private boolean stepListeners(final int round, final boolean isListened) {
        final boolean isRoomMade = isListened && listeners.step() > 0;
        isInterrupted |= Thread.interrupted();
        return isRoomMade;
    }

    private void restoreInterrupt() {
        if (isInterrupted) {
            isInterrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    /** What an agent does while a queue that must not lose anything is full. */
    FullQueueWait fullQueueWait(final EngineAgent agent) {
        return context.isStepped() ? this::stepListeners : agent::awaitRoom;
    }

    ListenerThread listeners() {
        return listeners;
    }

    /** Whether the caller runs on the thread of a shard: inside a handler. */
    boolean isInside() {
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).isInside()) {
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
                || maintenance.isInside()) {
            throw new IllegalStateException("call=" + call + " thread="
                    + Thread.currentThread().getName()
                    + ", expected another thread than the engine's: a handler must not wait for the engine");
        }
    }

    /**
     * Lets the agents of the shards apply what was offered, and all agents end by themselves: none is interrupted, and
     * an interrupt of the caller is put off.
     */
    @Override
    public void close() {
        isInterrupted |= Thread.interrupted();
        try {
            endAll();
        } finally {
            restoreInterrupt();
        }
    }

    private void endAll() {
        checkpointAgent.requestStop();
        state.requestStop();
        Closing.each(ends);
    }

    /** The shards wait for each other, and for listeners; who throws has ended, and the others go on. */
    private void stepToTheirEnd() {
        Throwable failure = null;
        while (context.isStepped() && isAnyRunning()) {
            for (int i = 0; i < shards.size(); i++) {
                failure = Closing.both(failure, shards.get(i).stepToEnd());
            }
            failure = Closing.both(failure, listeners.stepToEnd());
            isInterrupted |= Thread.interrupted();
        }
        Closing.rethrow(failure);
    }

    private boolean isAnyRunning() {
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).isRunning()) {
                return true;
            }
        }
        return false;
    }

    private void closeMaintenance() {
        maintenanceAgent.requestStop();
        maintenance.close();
    }

    /** Takes down nothing more for other processes; all have ended. */
    void closeCounters() {
        durability.closeCounters();
    }

    /** Whether no agent is worked any more, whatever its end has thrown. */
    boolean haveEnded() {
        boolean haveEnded = maintenance.hasEnded() && listeners.hasEnded();
        for (int i = 0; i < shards.size(); i++) {
            haveEnded &= shards.get(i).hasEnded();
        }
        return haveEnded && checkpoints.hasEnded() && durability.hasEnded();
    }
}
