package io.tollgate.core.writer;

import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.watch.OpenQueues;
import io.tollgate.core.watch.PolledUpdates;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * Two counters for each subscription with an open queue: the updates that wait in its fullest queue, and the capacity
 * of that queue. Single-threaded.
 */
final class QueueCounters {
    /** The file has room for more counters than these need. */
    private static final int MAX_SUBSCRIPTIONS = 256;

    private final CountersManager manager;
    private final OpenQueues queues;
    private final Map<String, Fill> fills = new HashMap<>();

    QueueCounters(final CountersManager manager, final OpenQueues queues) {
        this.manager = manager;
        this.queues = queues;
    }

    /** The counters of one subscription. */
    private static final class Fill {
        private final AtomicCounter used;
        private final AtomicCounter capacity;
        private PolledUpdates fullest;
        private long fullestUsed;

        Fill(final CountersManager manager, final String name) {
            used = manager.newCounter(CountersFile.QUEUE_USED + name);
            capacity = manager.newCounter(CountersFile.QUEUE_CAPACITY + name);
        }

        void include(final PolledUpdates queue) {
            final long queueUsed = queue.waitingCount();
            if (fullest == null || queueUsed * fullest.capacity() > fullestUsed * queue.capacity()) {
                fullest = queue;
                fullestUsed = queueUsed;
            }
        }

        /** Sets the counters, or frees them and returns true if no queue is open any longer. */
        boolean end() {
            if (fullest == null) {
                used.close();
                capacity.close();
                return true;
            }
            used.setRelease(fullestUsed);
            capacity.setRelease(fullest.capacity());
            fullest = null;
            return false;
        }
    }

    void update() {
        for (final PolledUpdates queue : queues.list()) {
            Fill fill = fills.get(queue.subscription());
            if (fill == null && fills.size() < MAX_SUBSCRIPTIONS) {
                fill = new Fill(manager, queue.subscription());
                fills.put(queue.subscription(), fill);
            }
            if (fill != null) {
                fill.include(queue);
            }
        }
        if (!fills.isEmpty()) {
            fills.values().removeIf(Fill::end);
        }
    }
}
