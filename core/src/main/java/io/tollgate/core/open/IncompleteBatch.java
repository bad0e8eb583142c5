package io.tollgate.core.open;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.MutableDirectBuffer;

/**
 * Finds a batch without a commit record at the end of a log, left by a crash while the batch was logged. The batch was
 * never acknowledged. An opening removes it before it appends.
 */
public final class IncompleteBatch implements OperationHandler {
    /** The batch of the last operation, {@link OperationDescriptor#NO_BATCH} outside a batch and after its end. */
    private int batchId = OperationDescriptor.NO_BATCH;

    private long firstSequence;

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        final boolean isPart = OperationDescriptor.isPoint(type)
                || type == OperationDescriptor.CLOCK
                || type == OperationDescriptor.BATCH_BEGIN;
        final int found = isPart ? OperationDescriptor.batchId(buffer, offset) : OperationDescriptor.NO_BATCH;
        if (found != batchId) {
            batchId = found;
            firstSequence = sequence;
        }
    }

    /**
     * Returns the last operation before the incomplete batch, or the last operation of the log if there is no such
     * batch.
     *
     * @param lastSequence     of the log.
     * @param requiredSequence the last operation that the log must have. An acknowledged batch is never incomplete.
     */
    public long lastBefore(final long lastSequence, final long requiredSequence) {
        return batchId == OperationDescriptor.NO_BATCH || firstSequence <= requiredSequence
                ? lastSequence
                : firstSequence - 1;
    }
}
