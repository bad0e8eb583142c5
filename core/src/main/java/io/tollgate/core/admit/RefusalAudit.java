package io.tollgate.core.admit;

import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the last refusals, 72 bytes each. Engine thread only. */
public final class RefusalAudit {
    /** The sequence of a refusal that is not in the log. */
    static final long NOT_LOGGED = 0;

    /** The ticket of a refusal read from the log. */
    public static final long NO_TICKET = 0;

    private static final int SEQUENCE_OFFSET = RefusalOperation.LENGTH;
    private static final int TICKET_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    private static final int SLOT_LENGTH = TICKET_OFFSET + Long.BYTES;
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final int capacity;
    private final UnsafeBuffer slots;
    private final RefusalOperation operation = new RefusalOperation();
    private long count;

    /**
     * @param resources provide the memory.
     * @param capacity  the number of refusals kept.
     */
    public RefusalAudit(final EngineResources resources, final int capacity) {
        this.capacity = capacity;
        slots = resources.newBuffer(capacity * SLOT_LENGTH);
    }

    /** Stores a refusal; it replaces the oldest. */
    void add(final RefusalReason reason, final PointOperation refused, final long ticket, final long sequence) {
        final int slot = slot(count++);
        operation.encode(slots, slot, reason.code(), refused);
        slots.putLong(slot + SEQUENCE_OFFSET, sequence);
        slots.putLong(slot + TICKET_OFFSET, ticket);
    }

    private int slot(final long position) {
        return (int) (position % capacity) * SLOT_LENGTH;
    }

    /** {@return the last refusal added} */
    Refusal last() {
        return at(count - 1);
    }

    /** Returns the stored refusals, the oldest first. */
    List<Refusal> list() {
        final List<Refusal> refusals = new ArrayList<>();
        for (long i = Math.max(0, count - capacity); i < count; i++) {
            refusals.add(at(i));
        }
        return refusals;
    }

    private Refusal at(final long position) {
        final int slot = slot(position);
        return refusal(
                operation.wrap(slots, slot),
                slots.getLong(slot + TICKET_OFFSET),
                slots.getLong(slot + SEQUENCE_OFFSET));
    }

    /** Decodes a logged refusal. */
    public static Refusal refusal(final RefusalOperation operation, final long ticket, final long sequence) {
        final int code = operation.reason();
        if (code < 1 || code > REASONS.length) {
            throw new UnsupportedVersionException(
                    "refusalReason=" + code + " sequence=" + sequence + ", expected 1 to " + REASONS.length
                            + "; open with the version that wrote it",
                    Optional.empty(),
                    code,
                    REASONS.length);
        }
        final boolean isWithdrawal = operation.refusedType() == OperationDescriptor.WITHDRAW;
        final PointOperation point = operation.point();
        return new Refusal(
                REASONS[code - 1],
                ticket,
                sequence,
                isWithdrawal,
                point.seriesNumber(),
                point.validTime(),
                isWithdrawal ? OperationDescriptor.MISSING : point.value(),
                point.knowledgeTime(),
                point.reference());
    }
}
