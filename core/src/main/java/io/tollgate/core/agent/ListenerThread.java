package io.tollgate.core.agent;

import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.watch.PolledUpdates;
import org.agrona.CloseHelper;

/** Runs the listeners, beginning with the first one attached. */
public final class ListenerThread implements AutoCloseable {
    private final ListenerAgent agent;
    private final AgentThread thread;

    public ListenerThread(final EngineOptions context, final EngineState state) {
        agent = new ListenerAgent(context.errorHandler());
        thread = new AgentThread(
                context.threadingMode().isStepped(),
                context.threadFactory(),
                state,
                agent,
                context.idleStrategySupplier(),
                context.errorHandler());
    }

    /**
     * Starts to deliver the updates of a queue. If the thread of the listeners cannot be started, the queue is closed.
     */
    public Registration attach(final PolledUpdates queue, final UpdateHandler listener) {
        try {
            final Registration listening = agent.attach(queue, listener);
            thread.start();
            return listening;
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, () -> agent.detach(queue));
            throw e;
        }
    }

    /** Runs one duty cycle on the thread that steps the engine. */
    public int step() {
        return thread.step();
    }

    /** Returns true if the caller is a listener. */
    public boolean isInside() {
        return thread.isInside();
    }

    /** Delivers the remaining updates, and ends; the engine's thread has ended. */
    @Override
    public void close() {
        agent.requestStop();
        thread.close();
    }
}
