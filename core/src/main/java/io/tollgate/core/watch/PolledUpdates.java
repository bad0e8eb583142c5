package io.tollgate.core.watch;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A queue of the updates of one subscription. It has the memory of its ring from the beginning, but for what that keeps
 * beside its slots: where there is none, who asks for the queue is told, and the engine is not. One thread at a time
 * polls; the engine's thread attaches and detaches the ring.
 */
public final class PolledUpdates implements UpdateQueue {
    private final String subscription;
    private final Consumer<PolledUpdates> onClose;
    private final UpdateRing ring;
    private boolean isAbandoned;
    private volatile boolean isClosed;

    /**
     * A queue that takes nothing yet.
     *
     * @param subscription its name.
     * @param options      of the queue.
     * @param isListened   whether a listener of the engine takes from it.
     * @param maxKept      most updates that the ring keeps beside its slots where it blocks, 1 at least.
     * @param wait         of the engine's thread, for room in the ring.
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
     * Takes updates from now on; before the queue is handed out. One that was given up takes none.
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
     * Takes the events of watches on panels from now on; before the queue is handed out. One that was given up takes
     * none.
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
     * Takes no more events of watches on panels.
     *
     * @param updates of all panels.
     */
    public void detach(final PanelUpdates updates) {
        updates.detach(subscription, ring);
    }

    /**
     * Takes no more updates.
     *
     * @param updates of the engine.
     */
    public void detach(final EngineUpdates updates) {
        updates.detach(subscription, ring);
    }

    @Override
    public int poll(final UpdateHandler handler, final int limit) {
        Objects.requireNonNull(handler, "handler=null, expected one of updates");
        return ring.poll(handler, limit);
    }

    @Override
    public long lostCount() {
        return ring.lostCount();
    }

    /** Takes nothing more, as nobody polls it any more; the engine is not asked, which might wait for just that. */
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
