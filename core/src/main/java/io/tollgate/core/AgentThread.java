package io.tollgate.core;

import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Uninterrupted;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Works an agent of an engine: on a thread of its own, or on that of the caller who steps the engine. An agent that is
 * asked to end throws {@link AgentEnd}. What else it throws is told, and does not end it. Where its thread ends all the
 * same, as what tells of errors or waits for work throws, the engine has failed.
 *
 * <p>An interrupt ends no agent, as it would with the runner and the invoker of Agrona: foreign code that the agent
 * calls may leave one behind, and the caller of a step may have come with one. On a thread of its own it is dropped;
 * that of a caller is put off while the agent works.
 *
 * <p>Control threads start and close it; the stepping thread steps it.
 */
final class AgentThread implements AutoCloseable {
    private static final long PARK_NS = 20_000;

    private final boolean isStepped;
    private final ThreadFactory threadFactory;
    private final EngineState state;
    private final Agent agent;
    private final Supplier<IdleStrategy> idleStrategy;
    private final ErrorHandler errorHandler;
    /** Made ahead: when it is needed there may be no memory left. */
    private final IllegalStateException ended;

    private boolean hasThread;
    private volatile boolean isRunning;
    private volatile boolean isEnded;
    private volatile boolean isClosed;
    private volatile Thread thread;

    /**
     * @param isStepped     whether the caller works it, without a thread of its own.
     * @param threadFactory makes that thread.
     * @param state         of the engine that fails where the thread ends unasked.
     * @param agent         to work; not before the start.
     * @param idleStrategy  of a thread of its own.
     * @param errorHandler  is told what the agent throws, but for its end.
     */
    AgentThread(
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
        ended = new IllegalStateException("thread=" + agent.roleName()
                + " ended, expected it to run until the engine is closed; close it and open it again");
    }

    /** Starts it, if it does not run yet; where its thread cannot be started, it can be tried again. */
    synchronized void start() {
        if (isRunning || isEnded) {
            return;
        }
        if (isStepped) {
            agent.onStart();
            isRunning = true;
        } else {
            final IdleStrategy idle = Objects.requireNonNull(
                    idleStrategy.get(), "idleStrategy=null, expected one; give it in idleStrategySupplier");
            final Thread own = Objects.requireNonNull(
                    threadFactory.newThread(() -> run(idle)), "thread=null, expected one; give it in threadFactory");
            own.setName(agent.roleName());
            thread = own;
            isRunning = true;
            try {
                own.start();
                hasThread = true;
            } finally {
                if (!hasThread) {
                    isRunning = false;
                    thread = null;
                }
            }
        }
    }

    private void run(final IdleStrategy idle) {
        try {
            agent.onStart();
            while (isRunning) {
                final int work = work();
                if (isRunning) {
                    idle.idle(work);
                }
                Thread.interrupted();
            }
        } catch (final Exception | Error e) {
            state.fail(ended, e);
            throw e;
        } finally {
            end();
        }
    }

    /** One duty cycle; what it throws is told, and it is worked again. An error is the caller's, too. */
    private int work() {
        try {
            return agent.doWork();
        } catch (final AgentEnd e) {
            isRunning = false;
        } catch (final Exception e) {
            errorHandler.onError(e);
        } catch (final Error e) {
            errorHandler.onError(e);
            if (isStepped) {
                throw e;
            }
        }
        return 0;
    }

    private void end() {
        isRunning = false;
        isEnded = true;
        try {
            agent.onClose();
        } catch (final RuntimeException e) {
            errorHandler.onError(e);
        }
        isClosed = true;
    }

    /** One duty cycle on the caller's thread, if it was started there. */
    int step() {
        if (!isStepped || !isRunning) {
            return 0;
        }
        final Thread before = thread;
        final Thread caller = Thread.currentThread();
        final boolean isInterrupted = Thread.interrupted();
        try {
            // Not before: a stack that has no room for a call would leave the caller inside for good.
            thread = caller;
            final int work = work();
            if (!isRunning) {
                end();
            }
            return work;
        } finally {
            thread = before;
            Uninterrupted.restore(isInterrupted);
        }
    }

    /** Whether it was started, and has not ended. */
    boolean isRunning() {
        return isRunning;
    }

    /** Whether the caller runs inside the agent: in a handler or a listener. */
    boolean isInside() {
        return Thread.currentThread() == thread;
    }

    /**
     * One duty cycle of an agent that is stepped and was asked to end. Where that throws it has ended, and the engine
     * failed, as on a thread of its own.
     *
     * @return what it has thrown, null if nothing.
     */
    Throwable stepToEnd() {
        try {
            step();
            return null;
        } catch (final Throwable e) {
            isRunning = false;
            state.fail(ended, e);
            return e;
        }
    }

    /** Works an agent that is stepped until it ends; it was asked to. */
    void stepToItsEnd() {
        Throwable failure = null;
        while (isStepped && isRunning) {
            failure = Closing.both(failure, stepToEnd());
        }
        Closing.rethrow(failure);
    }

    /** Whether nobody works it, nor will. */
    synchronized boolean hasEnded() {
        return !isRunning && !(hasThread && thread.isAlive());
    }

    /**
     * Ends it: one with a thread of its own was asked to, and is waited for. Where something was thrown as that ended,
     * what it has left undone is done now.
     */
    @Override
    public synchronized void close() {
        if (hasThread) {
            final Thread ending = thread;
            boolean isInterrupted = false;
            while (ending.isAlive()) {
                LockSupport.parkNanos(PARK_NS);
                isInterrupted |= Thread.interrupted(); // Else it would park no more.
            }
            Uninterrupted.restore(isInterrupted);
        }
        if (!isClosed) {
            end();
        }
    }
}
