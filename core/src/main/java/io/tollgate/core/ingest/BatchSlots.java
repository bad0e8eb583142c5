package io.tollgate.core.ingest;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The slots of all batches of an engine, at most as many as may be open or on their way through the engine. A slot is
 * made when one more is needed for the first time, and used over and over. Any thread.
 */
public final class BatchSlots {
    private final AtomicReferenceArray<BatchSlot> slots;
    private final int maxPointCount;
    private final long timeoutNs;
    private final AtomicLong nextNumber = new AtomicLong(UUID.randomUUID().getMostSignificantBits());
    private final LongAdder appliedCount = new LongAdder();
    private final LongAdder refusedCount = new LongAdder();
    private final LongAdder abortedCount = new LongAdder();
    private final LongAdder timedOutCount = new LongAdder();

    /**
     * No slot yet.
     *
     * @param maxSlotCount  most slots.
     * @param maxPointCount most points of a batch.
     * @param timeoutNs     for how long a batch may be open.
     */
    public BatchSlots(final int maxSlotCount, final int maxPointCount, final long timeoutNs) {
        slots = new AtomicReferenceArray<>(maxSlotCount);
        this.maxPointCount = maxPointCount;
        this.timeoutNs = timeoutNs;
    }

    /** Opens a slot; null if there is none. */
    BatchSlot open() {
        for (int i = 0; i < slots.length(); i++) {
            final BatchSlot slot = slots.get(i);
            if (slot != null && slot.tryTake()) {
                slot.open(System.nanoTime());
                return slot;
            }
        }
        return openNew();
    }

    private BatchSlot openNew() {
        for (int i = 0; i < slots.length(); i++) {
            if (slots.get(i) == null) {
                final BatchSlot slot = new BatchSlot(i, maxPointCount);
                if (slots.compareAndSet(i, null, slot)) {
                    slot.open(System.nanoTime());
                    return slot;
                }
            }
        }
        return null;
    }

    /** A number that no other batch of the data directory has. */
    long nextNumber() {
        return nextNumber.getAndIncrement();
    }

    /**
     * The slot of a batch that was committed.
     *
     * @param index     of the slot, as it stood on the ring.
     * @param ringIndex where on the ring it stood.
     * @return the slot; null if it has no batch that was committed there.
     */
    public BatchSlot committed(final int index, final int ringIndex) {
        final BatchSlot slot = index >= 0 && index < slots.length() ? slots.get(index) : null;
        return slot != null && slot.isCommittedAt(ringIndex) ? slot : null;
    }

    /** Ends a batch that is open, unless it was open for too long. */
    void abort(final BatchSlot slot) {
        if (slot.close(BatchSlot.FREE)) {
            abortedCount.increment();
        }
    }

    /**
     * Ends a batch that the engine has applied or refused.
     *
     * @param slot      of the batch.
     * @param isRefused whether it was refused.
     */
    public void end(final BatchSlot slot, final boolean isRefused) {
        slot.free();
        (isRefused ? refusedCount : appliedCount).increment();
    }

    /**
     * Aborts batches that have been open for too long. Their slots are left to the producers.
     *
     * @return how many.
     */
    public int abortOverdue() {
        int count = 0;
        final long nowNs = System.nanoTime();
        for (int i = 0; i < slots.length(); i++) {
            final BatchSlot slot = slots.get(i);
            if (slot != null && slot.abandon(timeoutNs, nowNs)) {
                slots.set(i, null);
                timedOutCount.increment();
                count++;
            }
        }
        return count;
    }

    /** {@return batches that were applied} */
    public long appliedCount() {
        return appliedCount.sum();
    }

    /** {@return batches that were refused} */
    public long refusedCount() {
        return refusedCount.sum();
    }

    /** {@return batches that their producers aborted} */
    public long abortedCount() {
        return abortedCount.sum();
    }

    /** {@return batches that were open for too long} */
    public long timedOutCount() {
        return timedOutCount.sum();
    }
}
