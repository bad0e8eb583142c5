package io.tollgate.core.ingest;

import io.tollgate.api.Batch;
import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Series;

/** Collects the points of a batch in a slot until they are committed. One thread at a time. */
final class StagedBatch extends PointIntake implements Batch {
    private final RingPublisher publisher;
    private final BatchSlots slots;
    private final ReusablePoint point = new ReusablePoint();
    private BatchSlot slot;
    private boolean isTooLarge;

    StagedBatch(final RingPublisher publisher, final BatchSlots slots) {
        this.publisher = publisher;
        this.slots = slots;
    }

    @Override
    public long begin() {
        if (slot != null && slot.isOpen()) {
            throw new IllegalStateException("batch=open, expected none: commit or abort it first");
        }
        if (publisher.isClosed()) {
            return Publisher.CLOSED;
        }
        isTooLarge = false;
        slot = slots.open();
        return slot == null ? Publisher.TOO_MANY_BATCHES : 0;
    }

    @Override
    public PointEncoder point(final Series series) {
        return point.begin(this, series);
    }

    @Override
    long put(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        requireBegun();
        final long code = publisher.refusalOf(seriesNumber, validTimeNs, knowledgeTimeNs);
        if (code < 0) {
            return code;
        }
        if (!slot.isOpen()) {
            return Publisher.BATCH_ABORTED;
        }
        if (slot.isFull()) {
            isTooLarge = true;
            return Publisher.BATCH_TOO_LARGE;
        }
        return slot.put(type, seriesNumber, validTimeNs, value, knowledgeTimeNs, reference);
    }

    @Override
    Outcome apply(
            final int type,
            final Series series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        throw new IllegalStateException("sink=batch, expected a publisher: offer the point, and commit the batch");
    }

    @Override
    long numberOf(final Series series) {
        return publisher.numberOf(series);
    }

    private void requireBegun() {
        if (slot == null) {
            throw new IllegalStateException("batch=not open, expected open: call begin() and look at its code");
        }
    }

    @Override
    public long commit() {
        requireBegun();
        final BatchSlot committed = slot;
        if (isTooLarge) {
            abort();
            return Publisher.BATCH_TOO_LARGE;
        }
        if (!committed.close(BatchSlot.COMMITTED)) {
            slot = null;
            return Publisher.BATCH_ABORTED;
        }
        final long ticket;
        try {
            ticket = publisher.commit(committed, slots.nextNumber());
        } catch (final RuntimeException | Error e) {
            // The commit record was not written: the batch is still open.
            committed.reopen();
            throw e;
        }
        if (ticket < 0) {
            committed.reopen();
            if (ticket != Publisher.BACK_PRESSURED) {
                abort();
            }
        } else {
            slot = null;
        }
        return ticket;
    }

    @Override
    public void abort() {
        if (slot != null) {
            slots.abort(slot);
            slot = null;
        }
    }

    @Override
    public int pointCount() {
        return slot == null || !slot.isOpen() ? 0 : slot.pointCount();
    }
}
