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
 * The queue of one consumer: slots of {@link UpdateDescriptor}, written by the engine's thread and polled by one other.
 * Where the oldest are dropped the writer never waits: it stamps each slot, and the consumer copies a slot and looks at
 * its stamp before and after (acquire, fence), as it may have been written over meanwhile. What was lost the consumer
 * learns from the numbers of the updates.
 *
 * <p>Of a queue that blocks, what the writer cannot wait with until there is room is kept beside the slots, and all
 * that comes behind it, until the consumer has taken it; lost is only what finds no room there either.
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

    /** What found no room. Behind the slots: nothing is put into one as long as there is anything here. */
    private final ConcurrentLinkedQueue<byte[]> kept = new ConcurrentLinkedQueue<>();

    private final AtomicInteger keptCount = new AtomicInteger();
    private final int maxKept;
    private final FullQueueWait wait;

    /** Of the consumer: the number that the next update should have. */
    private long expectedNumber = 1;

    private long lostCount;
    private volatile boolean isClosed;

    /**
     * One of a subscription that has told nothing yet.
     *
     * @param options    of the queue.
     * @param isListened whether a listener of the engine takes from it.
     * @param maxKept    most updates beside the slots, 1 at least.
     * @param wait       of the writer, for room.
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

    /** Takes what comes behind the last update of its subscription; before anybody offers or polls. */
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

    /** Lets the writer take no more notice of what finds no room; any thread. */
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** How many updates can be offered before one is lost, or kept beside the slots; the writer asks. */
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

    /** Lets the writer wait until there is room, as long as it may, if nothing is to be lost. */
    void awaitSpace() {
        int round = 0;
        boolean isWaiting = isBlocking;
        while (isWaiting && room() == 0) {
            isWaiting = wait.await(round++, isListened);
        }
    }

    /**
     * Adds an update; the oldest one goes where the queue is full and may lose it.
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

    /** Hands over what there is, in order; the consumer's thread. */
    int poll(final UpdateHandler handler, final int limit) {
        int count = 0;
        while (count < limit) {
            final long offered = positions.getLongAcquire(OFFERED_NUMBER_OFFSET);
            // Before the slots: as long as there is anything none is put into them, so that empty ones stay empty.
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

    /** Copies the next update; false if there is none. */
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
            // The writer has come round: give up half of what it has not written over yet.
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

    /** How many were lost, as far as the consumer was told; its thread. */
    long lostCount() {
        return lostCount;
    }
}
