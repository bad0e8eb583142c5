package io.tollgate.core;

import io.tollgate.api.Listening;
import io.tollgate.api.UpdateHandler;
import io.tollgate.core.file.Closing;
import io.tollgate.core.watch.PolledUpdates;
import java.util.List;

/** Works the listeners, from the first one on. */
final class ListenerThread implements AutoCloseable {
    private final ListenerAgent agent;
    private final AgentThread thread;
    private final List<AutoCloseable> ends;

    ListenerThread(final EngineContext context, final EngineState state) {
        agent = new ListenerAgent(context.errorHandler());
        thread = new AgentThread(
                context.isStepped(),
                context.threadFactory(),
                state,
                agent,
                context.idleStrategySupplier(),
                context.errorHandler());
        ends = List.of(thread::stepToItsEnd, thread);
    }

    /** Begins to hand over what comes into a queue; closes it where it cannot be worked, whatever the reason is. */
    Listening attach(final PolledUpdates queue, final UpdateHandler listener) {
        try {
            final Listening listening = agent.attach(queue, listener);
            thread.start();
            return listening;
        } catch (final Throwable e) {
            detachAfter(e, queue);
            throw e;
        }
    }

    private void detachAfter(final Throwable cause, final PolledUpdates queue) {
        try {
            // First: the engine would wait for room in it.
            queue.giveUp();
            agent.detach(queue);
        } catch (final RuntimeException | Error e) {
            Closing.both(cause, e);
        }
    }

    /** One duty cycle on the thread of the caller who steps the engine. */
    int step() {
        return thread.step();
    }

    /** One duty cycle there at the close of the engine, see {@link AgentThread#stepToEnd}. */
    Throwable stepToEnd() {
        return thread.stepToEnd();
    }

    boolean hasEnded() {
        return thread.hasEnded();
    }

    /** Whether the caller is a listener. */
    boolean isInside() {
        return thread.isInside();
    }

    /** Hands over what is left, and ends; the engine's thread has ended. */
    @Override
    public void close() {
        agent.requestStop();
        Closing.each(ends);
    }
}
