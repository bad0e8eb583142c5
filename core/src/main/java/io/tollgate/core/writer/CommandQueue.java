package io.tollgate.core.writer;

import io.tollgate.core.agent.EngineState;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/**
 * The commands that control threads have handed to the engine. Each is run, or refused once the engine takes none any
 * more. The engine's thread takes from it; any thread adds, and asks whether it is closed.
 */
final class CommandQueue {
    private final ManyToOneConcurrentLinkedQueue<EngineCommand<?>> commands = new ManyToOneConcurrentLinkedQueue<>();
    private final EngineState state;
    private volatile boolean isClosed;

    CommandQueue(final EngineState state) {
        this.state = state;
    }

    /** Hands a command over; any thread. */
    void submit(final EngineCommand<?> command) {
        commands.offer(command);
        // What was added is seen by who closes the queue, or the queue is seen to be closed here.
        VarHandle.fullFence();
        if (isClosed) {
            refuseAll();
        }
    }

    /** The command whose turn it is, null if there is none. */
    EngineCommand<?> peek() {
        return commands.peek();
    }

    /** Takes the command whose turn it is. */
    void poll() {
        commands.poll();
    }

    /** Refuses what it has and all that comes. */
    void close() {
        isClosed = true;
        VarHandle.fullFence();
        refuseAll();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Refuses what it has, by the engine's thread; and by any once it is closed. */
    synchronized void refuseAll() {
        EngineCommand<?> command = commands.peek();
        while (command != null) {
            command.refuse(state.stoppedException());
            commands.poll();
            command = commands.peek();
        }
    }
}
