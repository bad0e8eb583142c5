package io.tollgate.core.control;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.core.agent.ListenerThread;
import io.tollgate.core.watch.FullQueueWait;
import io.tollgate.core.watch.OpenQueues;
import io.tollgate.core.watch.PolledUpdates;
import java.util.function.Consumer;

/**
 * Creates the update queues of an engine, and attaches listeners to them. Control threads.
 *
 * @param maxKept       the limit of updates that a queue keeps beyond its slots.
 * @param fullQueueWait waits on the engine's thread for room in a queue.
 * @param listeners     the thread of the listeners.
 * @param open          the open queues, to be counted.
 */
public record UpdateQueues(int maxKept, FullQueueWait fullQueueWait, ListenerThread listeners, OpenQueues open) {
    /** Creates a queue to be polled or listened to. It receives no updates yet. */
    PolledUpdates newQueue(
            final String subscription,
            final QueueOptions options,
            final boolean isListened,
            final Consumer<PolledUpdates> onClose) {
        final PolledUpdates queue =
                new PolledUpdates(subscription, options, isListened, maxKept, fullQueueWait, onClose);
        open.add(queue);
        return queue;
    }

    /** Delivers the later updates of a queue to a listener. */
    Registration attach(final PolledUpdates queue, final UpdateHandler listener) {
        return listeners.attach(queue, listener);
    }
}
