package io.tollgate.core.control;

import io.tollgate.api.Outcome;
import io.tollgate.core.agent.AgentThread;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.agent.ListenerThread;
import io.tollgate.core.agent.RestingIdleStrategy;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.watch.FullQueueWait;
import io.tollgate.core.writer.DurabilityThread;
import io.tollgate.core.writer.EngineAgent;
import io.tollgate.core.writer.EngineWriter;
import io.tollgate.core.writer.MaintenanceAgent;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Runs the agents of an engine on their own threads, or on the thread of a caller that steps them. */
public final class AgentThreads implements AutoCloseable {
    private static final int CHECKPOINT_IDLE_MS = 10;
    private static final int APPLIED_PER_STEP = 255;

    private final EngineOptions context;
    private final EngineState state;
    private final MaintenanceAgent maintenanceAgent;
    private final CheckpointAgent checkpointAgent;
    private final EngineAgent engineAgent;
    private final AgentThread engine;
    private final AgentThread maintenance;
    private final DurabilityThread durability;
    private final AgentThread checkpoints;
    private final ListenerThread listeners;
    private final UpdateQueues queues;

    /** True if a listener set the interrupt status during a step. Only the stepping thread uses it. */
    private boolean isInterrupted;

    private int untilStep = APPLIED_PER_STEP;

    public AgentThreads(
            final EngineOptions context,
            final EngineState state,
            final EngineWriter writer,
            final MaintenanceAgent maintenanceAgent,
            final DurabilityThread durability,
            final CheckpointService copies) {
        this.context = context;
        this.state = state;
        this.maintenanceAgent = maintenanceAgent;
        this.durability = durability;
        engineAgent = writer.agent();
        engine = thread(context.threadingMode().isStepped(), writer.agent(), context.idleStrategySupplier());
        maintenance = thread(
                !context.threadingMode().hasMaintenanceThread(), maintenanceAgent, () -> new RestingIdleStrategy());
        checkpointAgent = new CheckpointAgent(context, writer, copies);
        checkpoints = thread(
                context.threadingMode().isStepped(),
                checkpointAgent,
                () -> new SleepingMillisIdleStrategy(CHECKPOINT_IDLE_MS));
        listeners = new ListenerThread(context, state);
        final FullQueueWait wait =
                context.threadingMode().isStepped() ? this::stepListeners : writer.agent()::awaitSpace;
        queues = new UpdateQueues(context.limits().maxUpdatesKept(), wait, listeners, writer.openQueues());
    }

    private AgentThread thread(final boolean isStepped, final Agent agent, final Supplier<IdleStrategy> idleStrategy) {
        return new AgentThread(isStepped, context.threadFactory(), state, agent, idleStrategy, durability::onError);
    }

    /** Starts all agents. If one cannot be started, the engine must be closed. */
    public void start() {
        durability.start();
        maintenance.start();
        engine.start();
        if (checkpointAgent.isNeeded()) {
            checkpoints.start();
        }
    }

    /** Runs one duty cycle of each agent on the thread of the caller. */
    int step() {
        if (!context.threadingMode().isStepped()) {
            throw new IllegalStateException(
                    "stepped=false: this engine has its own threads; open it with ThreadingMode.STEPPED");
        }
        requireOutside("step");
        try {
            return engine.step() + maintenance.step() + durability.step() + checkpoints.step() + listeners.step();
        } finally {
            restoreInterrupt();
        }
    }

    /**
     * Applies one point on the thread of the caller; see {@link EngineAgent#apply}. At intervals all agents are
     * stepped, because a program that only applies never steps them.
     */
    Outcome apply(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        if (--untilStep < 0) {
            untilStep = APPLIED_PER_STEP;
            step();
        }
        final boolean wasInterrupted = engine.enter();
        try {
            return engineAgent.apply(type, seriesNumber, validTimeNs, value, knowledgeTimeNs, reference);
        } finally {
            engine.leave(wasInterrupted);
        }
    }

    /**
     * Runs the listeners on the stepping thread to make room. Returns true if they made room. The interrupt status set
     * by a listener is kept for the caller, and hidden from the engine.
     */
    private boolean stepListeners(final int round, final boolean isListened) {
        final boolean isSpaceMade = isListened && listeners.step() > 0;
        isInterrupted |= Thread.interrupted();
        return isSpaceMade;
    }

    private void restoreInterrupt() {
        if (isInterrupted) {
            isInterrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the factory of update queues} */
    public UpdateQueues queues() {
        return queues;
    }

    /** Returns true if the caller runs on the engine's thread: inside a handler. */
    boolean isInside() {
        return engine.isInside();
    }

    /** Refuses a call that would wait for its own thread. */
    public void requireOutside(final String call) {
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
     * Closes the engine after it has applied all offered points. The agents end by themselves without an interrupt; an
     * interrupt of the caller is deferred.
     */
    @Override
    public void close() {
        isInterrupted |= Thread.interrupted();
        try {
            checkpointAgent.requestStop();
            state.requestStop();
            CloseHelper.closeAll(
                    this::stepToTheirEnd, engine, this::closeMaintenance, listeners, checkpoints, durability);
        } finally {
            restoreInterrupt();
        }
    }

    /**
     * The engine may wait for room in queues of listeners. After an exception of a listener it would wait forever, so
     * the engine fails.
     */
    private void stepToTheirEnd() {
        try {
            while (engine.isSteppable()) {
                engine.step();
                listeners.step();
                isInterrupted |= Thread.interrupted();
            }
        } catch (final RuntimeException | Error e) {
            state.fail(e);
            throw e;
        }
    }

    private void closeMaintenance() {
        maintenanceAgent.requestStop();
        maintenance.close();
    }

    /** Ends the updates of the counters, before their sources are freed. */
    void stopCounters() {
        durability.stopCounters();
    }

    /** Counts all applied operations as durable, after a clean close. */
    void countClosed() {
        durability.countClosed();
    }

    /** Closes the counters; all agents have ended. */
    void closeCounters() {
        durability.closeCounters();
    }
}
