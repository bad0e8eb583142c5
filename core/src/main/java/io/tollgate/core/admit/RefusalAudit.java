package io.tollgate.core.admit;

import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the last refusals, 64 bytes each. Engine thread only. */
public final class RefusalAudit {
    /** The sequence of a refusal that the log does not hold. */
    static final long NOT_LOGGED = 0;

    private static final int SLOT_SHIFT = 6;
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final int capacity;
    private final UnsafeBuffer slots;
    private final RefusalOperation operation = new RefusalOperation();
    private long count;

    /**
     * @param resources that have the memory for them.
     * @param capacity  how many are kept.
     */
    public RefusalAudit(final EngineResources resources, final int capacity) {
        this.capacity = capacity;
        slots = resources.newBuffer(capacity << SLOT_SHIFT);
    }

    /** Keeps a refusal; the oldest goes. */
    void add(final RefusalReason reason, final PointOperation refused, final long sequence) {
        final int slot = (int) (count++ % capacity) << SLOT_SHIFT;
        operation.encode(slots, slot, reason.code(), refused);
        slots.putLong(slot + RefusalOperation.LENGTH, sequence);
    }

    /** Those that are kept, the oldest first. */
    public List<Refusal> list() {
        final List<Refusal> refusals = new ArrayList<>();
        for (long i = Math.max(0, count - capacity); i < count; i++) {
            final int slot = (int) (i % capacity) << SLOT_SHIFT;
            refusals.add(refusal(operation.wrap(slots, slot), slots.getLong(slot + RefusalOperation.LENGTH)));
        }
        return refusals;
    }

    /** The refusal of a record. */
    public static Refusal refusal(final RefusalOperation operation, final long sequence) {
        final int code = operation.reason();
        if (code < 1 || code > REASONS.length) {
            throw new IllegalStateException("refusalReason=" + code + " sequence=" + sequence + ", expected 1 to "
                    + REASONS.length + "; open with the version that wrote it");
        }
        return new Refusal(
                REASONS[code - 1],
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
