package io.tollgate.core.agent;

import io.tollgate.core.file.Uninterruptibles;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Works an agent until it throws {@link AgentTermination}. An interrupt ends Agrona's AgentRunner and AgentInvoker, but
 * must not end an agent of the engine: a handler of the program may leave one, and the caller of a step may come with
 * one.
 *
 * <p>The agent works on a thread of its own, or on that of the caller who steps the engine. The error handler is told
 * other exceptions of the agent, and the agent goes on. An error goes to the caller of a step. On a thread of its own
 * an error, or an exception of the error handler or of the idle strategy, ends the thread and fails the engine.
 *
 * <p>Control threads start and close it; the stepping thread steps it.
 */
public final class AgentThread implements AutoCloseable {
    private static final long PARK_NS = 20_000;

    private final boolean isStepped;
    private final ThreadFactory threadFactory;
    private final EngineState state;
    private final Agent agent;
    private final Supplier<IdleStrategy> idleStrategy;
    private final ErrorHandler errorHandler;

    private boolean isStarted;
    /** Null until it is started, and if the caller steps. */
    private Thread own;

    private volatile boolean isSteppable;

    /** The thread that runs inside the agent. Each thread looks for itself only, so a plain field serves. */
    private Thread inside;

    /**
     * @param isStepped     whether the caller works the agent, without a thread of its own.
     * @param threadFactory makes that thread.
     * @param state         of the engine, which fails if the thread ends unasked.
     * @param agent         to work; not before the start.
     * @param idleStrategy  of a thread of its own.
     * @param errorHandler  is told what the agent throws.
     */
    public AgentThread(
            final boolean isStepped,
            final ThreadFactory threadFactory,
            final EngineState state,
            final Agent agent,
            final Supplier<IdleStrategy> idleStrategy,
            final ErrorHandler errorHandler) {
        this.isStepped = isStepped;
        this.threadFactory = threadFactory;
        this.state = state;
        this.agent = agent;
        this.idleStrategy = idleStrategy;
        this.errorHandler = errorHandler;
    }

    /** Starts the agent once. If its thread cannot be started, this can be called again. */
    public synchronized void start() {
        if (isStarted) {
            return;
        }
        if (!isStepped) {
            final IdleStrategy idle = Objects.requireNonNull(
                    idleStrategy.get(), "idleStrategy=null, expected one; give it in idleStrategySupplier");
            final Thread made = Objects.requireNonNull(
                    threadFactory.newThread(() -> run(idle)), "thread=null, expected one; give it in threadFactory");
            made.setName(agent.roleName());
            made.start();
            own = made;
        }
        isStarted = true;
        isSteppable = isStepped;
    }

    private void run(final IdleStrategy idle) {
        inside = Thread.currentThread();
        try {
            while (true) {
                idle.idle(work());
                Thread.interrupted();
            }
        } catch (final AgentTermination e) {
            // It was asked to end.
        } catch (final Throwable e) {
            state.fail(e);
            errorHandler.onError(e);
        } finally {
            end();
        }
    }

    private int work() {
        try {
            return agent.doWork();
        } catch (final AgentTermination e) {
            throw e;
        } catch (final Exception e) {
            errorHandler.onError(e);
            return 0;
        }
    }

    private void end() {
        isSteppable = false;
        try {
            agent.onClose();
        } catch (final RuntimeException e) {
            errorHandler.onError(e);
        }
    }

    /** One duty cycle on the caller's thread, if the agent was started there. */
    public int step() {
        if (!isSteppable) {
            return 0;
        }
        final boolean isInterrupted = enter();
        try {
            return work();
        } catch (final AgentTermination e) {
            end();
            return 0;
        } finally {
            leave(isInterrupted);
        }
    }

    /**
     * Begins to work the agent in another way than by a step, on the caller's thread. {@link #leave} must follow.
     *
     * @return whether the caller was interrupted, which {@link #leave} restores.
     */
    public boolean enter() {
        inside = Thread.currentThread();
        return Thread.interrupted();
    }

    /** Ends what {@link #enter} began. */
    public void leave(final boolean isInterrupted) {
        inside = null;
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns true if a step would work the agent. */
    public boolean isSteppable() {
        return isSteppable;
    }

    /** Whether the caller runs inside the agent: in a handler or a listener. */
    public boolean isInside() {
        return Thread.currentThread() == inside;
    }

    /** Waits until the agent, which was asked to end, has ended; works it if it is stepped. It never starts again. */
    @Override
    public synchronized void close() {
        isStarted = true;
        boolean isInterrupted = false;
        while (own != null && own.isAlive()) {
            LockSupport.parkNanos(PARK_NS);
            isInterrupted |= Thread.interrupted(); // Else it would park no more.
        }
        Uninterruptibles.restore(isInterrupted);
        try {
            while (isSteppable) {
                step();
            }
        } catch (final RuntimeException | Error e) {
            end();
            throw e;
        }
    }
}
