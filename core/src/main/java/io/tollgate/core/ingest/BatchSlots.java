package io.tollgate.core.ingest;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The slots of all batches of an engine: at most as many as may be open or in flight. A slot is created at its first
 * use and then reused. Any thread.
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
     * Creates an empty set of slots.
     *
     * @param maxSlotCount  maximum number of slots.
     * @param maxPointCount maximum number of points of a batch.
     * @param timeoutNs     for how long a batch may be open.
     */
    public BatchSlots(final int maxSlotCount, final int maxPointCount, final long timeoutNs) {
        slots = new AtomicReferenceArray<>(maxSlotCount);
        this.maxPointCount = maxPointCount;
        this.timeoutNs = timeoutNs;
    }

    /** Opens a slot; returns null if there is none. */
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

    /** Returns a number that is unique among the batches of the data directory. */
    long nextNumber() {
        return nextNumber.getAndIncrement();
    }

    /**
     * Returns the slot of a committed batch.
     *
     * @param index     of the slot, as read from the ring.
     * @param ringIndex index of the commit record on the ring.
     * @return the slot; null if it has no batch that was committed there.
     */
    public BatchSlot committed(final int index, final int ringIndex) {
        final BatchSlot slot = index >= 0 && index < slots.length() ? slots.get(index) : null;
        return slot != null && slot.isCommittedAt(ringIndex) ? slot : null;
    }

    /** Ends an open batch, unless it was open for too long. */
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
     * @return the number of aborted batches.
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

    /** {@return batches that timed out: they were open for too long} */
    public long timedOutCount() {
        return timedOutCount.sum();
    }
}
