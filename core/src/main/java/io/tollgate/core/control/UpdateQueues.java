package io.tollgate.core.control;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.core.agent.ListenerThread;
import io.tollgate.core.watch.FullQueueWait;
import io.tollgate.core.watch.PolledUpdates;
import java.util.function.Consumer;

/**
 * Makes the queues of updates of an engine, and attaches listeners to them. Control threads.
 *
 * @param maxKept       most updates that a queue keeps beside its slots.
 * @param fullQueueWait of the engine's thread, for room in a queue.
 * @param listeners     the thread that calls them.
 */
public record UpdateQueues(int maxKept, FullQueueWait fullQueueWait, ListenerThread listeners) {
    /** A queue that takes nothing yet, to be polled, or listened to. */
    PolledUpdates newQueue(
            final String subscription,
            final QueueOptions options,
            final boolean isListened,
            final Consumer<PolledUpdates> onClose) {
        return new PolledUpdates(subscription, options, isListened, maxKept, fullQueueWait, onClose);
    }

    /** Hands the updates of a queue to a listener from now on. */
    Registration attach(final PolledUpdates queue, final UpdateHandler listener) {
        return listeners.attach(queue, listener);
    }
}
