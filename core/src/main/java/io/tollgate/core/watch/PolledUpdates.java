package io.tollgate.core.watch;

import io.tollgate.api.QueueOptions;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.UpdateQueue;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A queue of the updates of one subscription on all shards: a ring for each, polled in turn. It has the memory of all
 * rings from the beginning, but for what they keep beside their slots: where there is none, who asks for the queue is
 * told, and no shard. One thread at a time polls; each shard's thread attaches and detaches its ring.
 */
public final class PolledUpdates implements UpdateQueue {
    private final String subscription;
    private final Consumer<PolledUpdates> onClose;
    private final UpdateRing[] rings;
    private int nextShard;
    private boolean isGivenUp;
    private volatile boolean isClosed;

    /**
     * A queue that takes nothing yet.
     *
     * @param subscription its name.
     * @param options      of the queue.
     * @param shardCount   number of shards.
     * @param isListened   whether a listener of the engine takes from it.
     * @param maxKept      most updates that each ring keeps beside its slots where it blocks, 1 at least.
     * @param onClose      detaches it from all of them, if the engine is still open.
     * @throws OutOfMemoryError if there is no memory outside the heap for it.
     */
    public PolledUpdates(
            final String subscription,
            final QueueOptions options,
            final int shardCount,
            final boolean isListened,
            final int maxKept,
            final Consumer<PolledUpdates> onClose) {
        this.subscription = subscription;
        this.onClose = onClose;
        rings = new UpdateRing[shardCount];
        Arrays.setAll(rings, shard -> new UpdateRing(shard, options, isListened, maxKept));
    }

    /**
     * Takes the updates of a shard from now on; before the queue is handed out. One that was given up takes none.
     *
     * @param shard   its index.
     * @param updates of the shard.
     */
    public synchronized void attach(final int shard, final ShardUpdates updates) {
        if (isGivenUp) {
            return;
        }
        rings[shard].begin(updates.lastNumber(subscription));
        updates.attach(subscription, rings[shard]);
    }

    /**
     * Takes the events of watches on panels from now on; before the queue is handed out. One that was given up takes
     * none.
     *
     * @param updates of all panels.
     */
    public synchronized void attach(final PanelUpdates updates) {
        if (isGivenUp) {
            return;
        }
        rings[0].begin(updates.lastNumber(subscription));
        updates.attach(subscription, rings[0]);
    }

    /**
     * Takes no more events of watches on panels.
     *
     * @param updates of all panels.
     */
    public void detach(final PanelUpdates updates) {
        updates.detach(subscription, rings[0]);
    }

    /**
     * Takes no more updates of a shard.
     *
     * @param shard   its index.
     * @param updates of the shard.
     */
    public void detach(final int shard, final ShardUpdates updates) {
        updates.detach(subscription, rings[shard]);
    }

    @Override
    public int poll(final UpdateHandler handler, final int limit) {
        int count = 0;
        for (int i = 0; i < rings.length && count < limit; i++) {
            final int shard = nextShard;
            nextShard = shard + 1 == rings.length ? 0 : shard + 1;
            count += rings[shard].poll(handler, limit - count);
        }
        return count;
    }

    @Override
    public long lostCount() {
        long count = 0;
        for (final UpdateRing ring : rings) {
            count += ring.lostCount();
        }
        return count;
    }

    /** Takes nothing more, as nobody polls it any more; the engine is not asked, which might wait for just that. */
    public synchronized void giveUp() {
        for (final UpdateRing ring : rings) {
            ring.close();
        }
        isGivenUp = true;
    }

    @Override
    public void close() {
        giveUp();
        if (!isClosed) {
            onClose.accept(this);
            isClosed = true;
        }
    }
}
