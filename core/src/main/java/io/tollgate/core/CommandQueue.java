package io.tollgate.core;

import java.lang.invoke.VarHandle;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/**
 * The commands that control threads have handed to a shard. Each is run, or refused once the shard takes none any more.
 * The shard's thread takes from it; any thread adds, and asks whether it is closed.
 */
final class CommandQueue {
    /** For where there is no memory to say why: one for all engines. Whoever waits is told by another one. */
    static final RuntimeException STOPPED =
            new IllegalStateException("engine=stopped, expected open; close it and open it again");

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

    /** Refuses what it has, by the shard's thread; and by any once it is closed. */
    synchronized void refuseAll() {
        EngineCommand<?> command = commands.peek();
        while (command != null) {
            command.refuse(reason());
            // Only now: whatever is thrown before, it is refused by the next call.
            commands.poll();
            command = commands.peek();
        }
    }

    private RuntimeException reason() {
        try {
            return state.stoppedException();
        } catch (final VirtualMachineError e) {
            return STOPPED;
        }
    }
}
