package io.tollgate.core.agent;

import io.tollgate.core.file.Uninterruptibles;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Runs an agent until it throws {@link AgentTermination}. An interrupt ends Agrona's AgentRunner and AgentInvoker, but
 * must not end an agent of the engine. A handler of the program may set the interrupt status, and the caller of a step
 * may already be interrupted.
 *
 * <p>The agent runs on its own thread, or on the thread of a caller that steps the engine. Exceptions of the agent go
 * to the error handler, and the agent continues. In a step, an error goes to the caller. On its own thread, an error,
 * or an exception of the error handler or idle strategy, ends the thread and fails the engine.
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
    /** Null before the start, and if the caller steps. */
    private Thread own;

    private volatile boolean isSteppable;

    /** True while a thread runs inside the agent. Set after {@link #inside}, with release. */
    private final AtomicBoolean isEntered = new AtomicBoolean();

    /**
     * The last thread that ran inside the agent. Each thread compares only itself. The field is set only if it changes:
     * a garbage collector may follow each change of a reference with a memory barrier.
     */
    private Thread inside;

    /**
     * @param isStepped     true if the caller runs the agent, without a separate thread.
     * @param threadFactory creates the separate thread.
     * @param state         of the engine, which fails if the thread ends without a request.
     * @param agent         to run; not used before the start.
     * @param idleStrategy  of the separate thread.
     * @param errorHandler  receives the exceptions of the agent.
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

    /** Starts the agent once. The call can be repeated if the thread could not be started. */
    public synchronized void start() {
        if (isStarted) {
            return;
        }
        if (!isStepped) {
            final IdleStrategy idle = Objects.requireNonNull(
                    idleStrategy.get(), "idleStrategy=null, expected a strategy from idleStrategySupplier");
            final Thread made = Objects.requireNonNull(
                    threadFactory.newThread(() -> run(idle)), "thread=null, expected a thread from threadFactory");
            made.setName(agent.roleName());
            made.start();
            own = made;
        }
        isStarted = true;
        isSteppable = isStepped;
    }

    private void run(final IdleStrategy idle) {
        enter();
        try {
            while (true) {
                idle.idle(work());
                Thread.interrupted();
            }
        } catch (final AgentTermination e) {
            // The end was requested.
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

    /** Runs one duty cycle on the thread of the caller, if the agent was started for stepping. */
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
     * Marks the start of work inside the agent that is not a step, on the thread of the caller. {@link #leave} must
     * follow.
     *
     * @return true if the caller was interrupted, to be passed to {@link #leave}.
     */
    public boolean enter() {
        if (inside != Thread.currentThread()) {
            inside = Thread.currentThread();
        }
        isEntered.lazySet(true);
        return Thread.interrupted();
    }

    /** Marks the end of the work. */
    public void leave(final boolean isInterrupted) {
        isEntered.lazySet(false);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns true if a step would run the agent. */
    public boolean isSteppable() {
        return isSteppable;
    }

    /** Returns true if the caller runs inside the agent: in a handler or a listener. */
    public boolean isInside() {
        return isEntered.get() && Thread.currentThread() == inside;
    }

    /**
     * Waits until the agent has ended; its end must have been requested. A stepped agent is run until then. It cannot
     * be started again.
     */
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
