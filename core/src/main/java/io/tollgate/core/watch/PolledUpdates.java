package io.tollgate.core.watch;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A queue of the updates of one subscription. The constructor allocates the slots of its ring. If there is no memory,
 * the caller that asks for the queue fails, and the engine does not. Only updates kept beside the slots are allocated
 * later. One thread at a time polls; the engine's thread attaches and detaches the ring.
 */
public final class PolledUpdates implements UpdateQueue {
    private final String subscription;
    private final Consumer<PolledUpdates> onClose;
    private final UpdateRing ring;
    private boolean isAbandoned;
    private volatile boolean isClosed;

    /**
     * Creates a queue that is not attached yet.
     *
     * @param subscription its name.
     * @param options      of the queue.
     * @param isListened   true if a listener of the engine drains it.
     * @param maxKept      the largest number of updates that a BLOCK ring keeps beside its slots, 1 at least.
     * @param wait         the wait of the engine's thread for space in the ring.
     * @param onClose      detaches it, if the engine is still open.
     * @throws OutOfMemoryError if there is no memory outside the heap for it.
     */
    public PolledUpdates(
            final String subscription,
            final QueueOptions options,
            final boolean isListened,
            final int maxKept,
            final FullQueueWait wait,
            final Consumer<PolledUpdates> onClose) {
        this.subscription = subscription;
        this.onClose = onClose;
        ring = new UpdateRing(options, isListened, maxKept, wait);
    }

    /**
     * Starts to receive updates. Called before the queue is handed out. Has no effect after {@link #abandon}.
     *
     * @param updates of the engine.
     */
    public synchronized void attach(final EngineUpdates updates) {
        if (!isAbandoned) {
            ring.begin(updates.lastNumber(subscription));
            updates.attach(subscription, ring);
        }
    }

    /**
     * Starts to receive the events of watches on panels. Called before the queue is handed out. Has no effect after
     * {@link #abandon}.
     *
     * @param updates of all panels.
     */
    public synchronized void attach(final PanelUpdates updates) {
        if (!isAbandoned) {
            ring.begin(updates.lastNumber(subscription));
            updates.attach(subscription, ring);
        }
    }

    /**
     * Stops receiving the events of watches on panels.
     *
     * @param updates of all panels.
     */
    public void detach(final PanelUpdates updates) {
        updates.detach(subscription, ring);
    }

    /**
     * Stops receiving updates.
     *
     * @param updates of the engine.
     */
    public void detach(final EngineUpdates updates) {
        updates.detach(subscription, ring);
    }

    /** {@return the name of the subscription} */
    public String subscription() {
        return subscription;
    }

    /** {@return the number of updates that wait to be polled; any thread} */
    public int waitingCount() {
        return ring.waitingCount();
    }

    /** {@return the number of updates that the queue holds before its overflow policy applies} */
    public int capacity() {
        return ring.capacity();
    }

    /** {@return false after the queue was closed; any thread} */
    public boolean isOpen() {
        return !ring.isClosed();
    }

    @Override
    public int poll(final UpdateHandler handler, final int limit) {
        Objects.requireNonNull(handler, "handler=null, expected an update handler");
        return ring.poll(handler, limit);
    }

    @Override
    public long lostCount() {
        return ring.lostCount();
    }

    /**
     * Stops receiving updates, because no thread polls any more. Does not involve the engine, which may be waiting for
     * space in this queue.
     */
    public synchronized void abandon() {
        ring.close();
        isAbandoned = true;
    }

    @Override
    public void close() {
        abandon();
        if (!isClosed) {
            onClose.accept(this);
            isClosed = true;
        }
    }
}
