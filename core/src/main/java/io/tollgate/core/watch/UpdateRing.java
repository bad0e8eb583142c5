package io.tollgate.core.watch;

import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateHandler;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The queue of one consumer: slots of {@link UpdateDescriptor}, written by the engine's thread and polled by one other
 * thread. If the queue drops its oldest updates, the writer never waits. It stamps each slot; the consumer copies a
 * slot and checks its stamp before and after (acquire, fence), because the writer may overwrite the slot meanwhile.
 * Gaps in the numbers of the updates tell the consumer which ones were lost.
 *
 * <p>The writer of a BLOCK queue waits for a free slot. If it must not wait any longer, the update and all later ones
 * are kept beside the slots until the consumer has taken them. An update is lost only if there is no room there either.
 */
final class UpdateRing {
    private static final int CACHE_LINE = 128;
    private static final int PRODUCER_POSITION_OFFSET = 0;
    private static final int OFFERED_NUMBER_OFFSET = 8;
    private static final int CONSUMER_POSITION_OFFSET = CACHE_LINE;
    private static final int TRAILER_LENGTH = 2 * CACHE_LINE;

    private final boolean isBlocking;
    private final boolean isListened;
    private final int capacity;
    private final UnsafeBuffer slots;
    private final UnsafeBuffer positions;
    private final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(UpdateDescriptor.LENGTH));
    private final UpdateFlyweight update;

    /**
     * Updates that found no free slot. They are later than those in the slots: no slot is filled while this queue has
     * any.
     */
    private final ConcurrentLinkedQueue<byte[]> kept = new ConcurrentLinkedQueue<>();

    private final AtomicInteger keptCount = new AtomicInteger();
    private final int maxKept;
    private final FullQueueWait wait;

    /** Consumer only: the number that the next update should have. */
    private long expectedNumber = 1;

    private long lostCount;
    private volatile boolean isClosed;

    /**
     * Creates the queue of a subscription that has not emitted updates yet.
     *
     * @param options    of the queue.
     * @param isListened true if a listener of the engine drains it.
     * @param maxKept    the largest number of updates beside the slots, 1 at least.
     * @param wait       the wait of the writer for a free slot.
     */
    UpdateRing(final QueueOptions options, final boolean isListened, final int maxKept, final FullQueueWait wait) {
        this.isListened = isListened;
        this.maxKept = maxKept;
        this.wait = wait;
        isBlocking = options.whenFull() == OverflowPolicy.BLOCK;
        capacity = options.capacity();
        slots = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity << UpdateDescriptor.LENGTH_SHIFT));
        positions = new UnsafeBuffer(ByteBuffer.allocateDirect(TRAILER_LENGTH));
        update = new UpdateFlyweight(copy);
    }

    /** Sets the last update of the subscription before this queue. Called before any offer or poll. */
    void begin(final long lastNumber) {
        positions.putLong(OFFERED_NUMBER_OFFSET, lastNumber);
        expectedNumber = lastNumber + 1;
    }

    boolean isBlocking() {
        return isBlocking;
    }

    boolean isListened() {
        return isListened;
    }

    int capacity() {
        return capacity;
    }

    /** Makes the writer discard all further updates. Any thread. */
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Returns the number of updates that the slots can take without a loss or an overflow. Writer only. */
    int room() {
        return isClosed ? Integer.MAX_VALUE : freeSlots();
    }

    private int freeSlots() {
        if (!kept.isEmpty()) {
            return 0;
        }
        final long used =
                positions.getLong(PRODUCER_POSITION_OFFSET) - positions.getLongAcquire(CONSUMER_POSITION_OFFSET);
        return (int) Math.max(0, capacity - used);
    }

    /** Returns the number of updates in the slots and beside them. Any thread. */
    int waitingCount() {
        final long consumer = positions.getLongAcquire(CONSUMER_POSITION_OFFSET);
        final long waiting = positions.getLongAcquire(PRODUCER_POSITION_OFFSET) - consumer;
        return (int) Math.min(capacity, waiting) + keptCount.get();
    }

    /** Waits for a free slot of a BLOCK queue, for as long as the writer may. */
    void awaitSpace() {
        int round = 0;
        boolean isWaiting = isBlocking;
        while (isWaiting && room() == 0) {
            isWaiting = wait.await(round++, isListened);
        }
    }

    /**
     * Adds an update. If the queue is full and may lose updates, the oldest one is dropped.
     *
     * @param source with an update at its start.
     */
    void offer(final DirectBuffer source) {
        if (isClosed) {
            return;
        }
        if (isBlocking && freeSlots() == 0) {
            keep(source);
        } else {
            put(source);
        }
        positions.putLongRelease(OFFERED_NUMBER_OFFSET, source.getLong(UpdateDescriptor.NUMBER_OFFSET));
    }

    private void keep(final DirectBuffer source) {
        if (keptCount.get() < maxKept) {
            final byte[] bytes = new byte[UpdateDescriptor.LENGTH];
            source.getBytes(0, bytes);
            kept.add(bytes);
            keptCount.incrementAndGet();
        }
    }

    private void put(final DirectBuffer source) {
        final long position = positions.getLong(PRODUCER_POSITION_OFFSET);
        final int slot = slot(position);
        slots.putLong(slot + UpdateDescriptor.STAMP_OFFSET, 0);
        VarHandle.storeStoreFence();
        slots.putBytes(slot + Long.BYTES, source, Long.BYTES, UpdateDescriptor.LENGTH - Long.BYTES);
        slots.putLongRelease(slot + UpdateDescriptor.STAMP_OFFSET, position + 1);
        positions.putLongRelease(PRODUCER_POSITION_OFFSET, position + 1);
    }

    private int slot(final long position) {
        return (int) (position & capacity - 1) << UpdateDescriptor.LENGTH_SHIFT;
    }

    /** Passes on the available updates, in order. Consumer only. */
    int poll(final UpdateHandler handler, final int limit) {
        int count = 0;
        while (count < limit) {
            final long offered = positions.getLongAcquire(OFFERED_NUMBER_OFFSET);
            // Checked before the slots: no slot is filled while updates are kept, so slots found empty stay empty.
            final boolean isAnyKept = !kept.isEmpty();
            if (!take() && !(isAnyKept && takeKept())) {
                if (offered >= expectedNumber) {
                    publishGap(handler, offered);
                }
                return count;
            }
            count++;
            final long number = update.number();
            if (number > expectedNumber) {
                publishGap(handler, number - 1);
            }
            expectedNumber = number + 1;
            handler.onUpdate(update);
        }
        return count;
    }

    /** Copies the next update. Returns false if there is none. */
    private boolean take() {
        long position = positions.getLong(CONSUMER_POSITION_OFFSET);
        long producer = positions.getLongAcquire(PRODUCER_POSITION_OFFSET);
        int keep = capacity;
        while (position < producer) {
            position = Math.max(position, producer - keep);
            final int slot = slot(position);
            final long stamp = slots.getLongAcquire(slot + UpdateDescriptor.STAMP_OFFSET);
            copy.putBytes(0, slots, slot, UpdateDescriptor.LENGTH);
            VarHandle.loadLoadFence();
            if (stamp == position + 1 && slots.getLong(slot + UpdateDescriptor.STAMP_OFFSET) == stamp) {
                positions.putLongRelease(CONSUMER_POSITION_OFFSET, position + 1);
                return true;
            }
            // The writer has lapped the consumer: skip half of the slots that it has not overwritten yet.
            keep = Math.max(1, keep >> 1);
            producer = positions.getLongAcquire(PRODUCER_POSITION_OFFSET);
        }
        return false;
    }

    private boolean takeKept() {
        copy.putBytes(0, kept.remove());
        keptCount.decrementAndGet();
        return true;
    }

    private void publishGap(final UpdateHandler handler, final long lastNumber) {
        final long firstNumber = expectedNumber;
        lostCount += lastNumber - firstNumber + 1;
        expectedNumber = lastNumber + 1;
        handler.onGap(firstNumber, lastNumber);
    }

    /** Returns the number of lost updates that the consumer has been notified of. Consumer only. */
    long lostCount() {
        return lostCount;
    }
}
