package io.tollgate.core.writer;

import io.tollgate.core.agent.EngineState;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/**
 * The queue of commands from control threads. Each command is run, or refused after the queue is closed. The engine's
 * thread takes commands; any thread adds them and may test if the queue is closed.
 */
final class CommandQueue {
    private final ManyToOneConcurrentLinkedQueue<EngineCommand<?>> commands = new ManyToOneConcurrentLinkedQueue<>();
    private final EngineState state;
    private volatile boolean isClosed;

    CommandQueue(final EngineState state) {
        this.state = state;
    }

    /** Adds a command; any thread. */
    void submit(final EngineCommand<?> command) {
        commands.offer(command);
        // Either the closing thread sees the added command, or this thread sees that the queue is closed.
        VarHandle.fullFence();
        if (isClosed) {
            refuseAll();
        }
    }

    /** Returns the next command, null if there is none. */
    EngineCommand<?> peek() {
        return commands.peek();
    }

    /** Removes the next command. */
    void poll() {
        commands.poll();
    }

    /** Refuses all present and future commands. */
    void close() {
        isClosed = true;
        VarHandle.fullFence();
        refuseAll();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Refuses all present commands. Called by the engine's thread, or by any thread after the close. */
    synchronized void refuseAll() {
        EngineCommand<?> command = commands.peek();
        while (command != null) {
            command.refuse(state.stoppedException());
            commands.poll();
            command = commands.peek();
        }
    }
}
