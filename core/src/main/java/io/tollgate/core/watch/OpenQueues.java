package io.tollgate.core.watch;

import java.util.Arrays;

/** The open queues of an engine, to be counted. Thread-safe. */
public final class OpenQueues {
    private static final PolledUpdates[] NONE = {};

    private volatile PolledUpdates[] queues = NONE;

    /** Adds a queue. It leaves by itself when it is closed. */
    public synchronized void add(final PolledUpdates queue) {
        final PolledUpdates[] more = Arrays.copyOf(queues, queues.length + 1);
        more[queues.length] = queue;
        queues = more;
    }

    /** {@return the open queues, in the order of their creation; not to be changed} */
    public PolledUpdates[] list() {
        for (final PolledUpdates queue : queues) {
            if (!queue.isOpen()) {
                return withoutClosed();
            }
        }
        return queues;
    }

    private synchronized PolledUpdates[] withoutClosed() {
        queues = Arrays.stream(queues).filter(PolledUpdates::isOpen).toArray(PolledUpdates[]::new);
        return queues;
    }
}
