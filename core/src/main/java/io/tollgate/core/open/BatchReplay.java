package io.tollgate.core.open;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.apply.OperationApplier;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.OperationDescriptor;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Applies the operations of a replay. It holds the operations of a batch until the commit record. Without one it drops
 * them, because the process was killed while it logged the batch.
 *
 * <p>If a recorded loss contains a part of a batch, the remaining points are applied one by one.
 */
final class BatchReplay implements OperationHandler {
    private final Path log;
    private final OperationApplier applier;
    private final ExpandableArrayBuffer held = new ExpandableArrayBuffer();
    private final LongArrayList sequences = new LongArrayList();
    private int heldLength;
    private int batchId = OperationDescriptor.NO_BATCH;
    /** True if a loss contains the beginning of the batch, or operations inside it. */
    private boolean isInPart;
    /** True if a loss follows the last held operation. */
    private boolean isRemainderLost;

    BatchReplay(final Path log, final OperationApplier applier) {
        this.log = log;
        this.applier = applier;
    }

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        if (type == OperationDescriptor.LOSS && batchId != OperationDescriptor.NO_BATCH) {
            isInPart = true;
            isRemainderLost = true;
            apply(buffer, offset, sequence);
            return;
        }
        final boolean isPart = OperationDescriptor.isPoint(type)
                || type == OperationDescriptor.CLOCK
                || type == OperationDescriptor.BATCH_BEGIN
                || type == OperationDescriptor.BATCH_COMMIT;
        final int found = isPart ? OperationDescriptor.batchId(buffer, offset) : OperationDescriptor.NO_BATCH;
        if (found != batchId) {
            end();
            begin(found, type);
        }
        if (found == OperationDescriptor.NO_BATCH) {
            apply(buffer, offset, sequence);
            return;
        }
        held.putBytes(heldLength, buffer, offset, length);
        heldLength += length;
        sequences.addLong(sequence);
        isRemainderLost = false;
        if (type == OperationDescriptor.BATCH_COMMIT) {
            commit();
        }
    }

    /** A batch begins with an optional clock operation, followed by a begin record. */
    private void begin(final int newBatchId, final int type) {
        batchId = newBatchId;
        isInPart = type != OperationDescriptor.CLOCK && type != OperationDescriptor.BATCH_BEGIN;
        isRemainderLost = false;
        heldLength = 0;
        sequences.clear();
    }

    /** Ends the replay, or a batch without a commit record. The batch is applied only if a loss contains the record. */
    void end() {
        if (batchId != OperationDescriptor.NO_BATCH && isRemainderLost) {
            commit();
        }
        batchId = OperationDescriptor.NO_BATCH;
    }

    private void commit() {
        batchId = OperationDescriptor.NO_BATCH;
        if (isInPart) {
            applier.tolerateLoss(true);
        } else {
            applier.mark(held, 0, heldLength);
        }
        int at = 0;
        for (int i = 0; i < sequences.size(); i++) {
            final int type = OperationDescriptor.type(held, at);
            if (!isInPart || OperationDescriptor.isPoint(type) || type == OperationDescriptor.CLOCK) {
                apply(held, at, sequences.getLong(i));
            }
            at += OperationDescriptor.length(held, at);
        }
    }

    /** Refuses an operation that no engine logs, although its checksum is valid. */
    private void apply(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        try {
            applier.apply(buffer, offset, sequence);
        } catch (final IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            final int type = OperationDescriptor.type(buffer, offset);
            throw new DirectoryDamagedException(
                    "log=" + log + " sequence=" + sequence + " operationType=" + OperationDescriptor.name(type)
                            + ": cannot be applied: " + e.getMessage()
                            + ", expected an operation that an engine logged; restore the directory from a backup",
                    log,
                    e);
        }
    }
}
