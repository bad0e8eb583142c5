package io.tollgate.core;

import io.tollgate.api.Refusal;
import io.tollgate.api.RefusalReason;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the last refusals of a shard, 64 bytes each. Engine thread only. */
final class RefusalAudit {
    /** The sequence of a refusal that the log does not hold. */
    static final long NOT_LOGGED = 0;

    private static final int SLOT_SHIFT = 6;
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final int shard;
    private final int capacity;
    private final UnsafeBuffer slots;
    private final RefusalOperation operation = new RefusalOperation();
    private long count;

    /**
     * @param shard    whose refusals these are, and which has the memory for them.
     * @param capacity how many are kept.
     */
    RefusalAudit(final EngineShard shard, final int capacity) {
        this.shard = shard.store().place().index();
        this.capacity = capacity;
        slots = shard.newBuffer(capacity << SLOT_SHIFT);
    }

    /** Keeps a refusal; the oldest goes. */
    void add(final RefusalReason reason, final PointOperation refused, final long sequence) {
        final int slot = (int) (count++ % capacity) << SLOT_SHIFT;
        operation.encode(slots, slot, reason.code(), refused);
        slots.putLong(slot + RefusalOperation.LENGTH, sequence);
    }

    /** Adds those that are kept to a list, the oldest first. */
    void addTo(final List<Refusal> refusals) {
        for (long i = Math.max(0, count - capacity); i < count; i++) {
            final int slot = (int) (i % capacity) << SLOT_SHIFT;
            refusals.add(refusal(operation.wrap(slots, slot), shard, slots.getLong(slot + RefusalOperation.LENGTH)));
        }
    }

    /** The refusal of a record of the log. */
    static Refusal refusal(
            final RefusalOperation operation,
            final MutableDirectBuffer buffer,
            final int offset,
            final int shard,
            final long sequence) {
        return refusal(operation.wrap(buffer, offset), shard, sequence);
    }

    private static Refusal refusal(final RefusalOperation operation, final int shard, final long sequence) {
        final int code = operation.reason();
        if (code < 1 || code > REASONS.length) {
            throw new IllegalStateException("refusalReason=" + code + " sequence=" + sequence + ", expected 1 to "
                    + REASONS.length + "; open with the version that wrote it");
        }
        return new Refusal(
                REASONS[code - 1],
                shard,
                sequence,
                operation.refusedType() == OperationDescriptor.WITHDRAW,
                operation.seriesNumber(),
                operation.validTime(),
                operation.refusedType() == OperationDescriptor.WITHDRAW
                        ? OperationDescriptor.MISSING
                        : operation.value(),
                operation.knowledgeTime(),
                operation.reference());
    }
}
