package io.tollgate.core.open;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.MutableDirectBuffer;

/**
 * Finds a batch at the end of a log that has no commit record, because the process was killed or the power failed while
 * the batch was logged. Nobody was told of it; an opening removes it before anything is appended.
 */
public final class IncompleteBatch implements OperationHandler {
    /** The batch of the last operation, {@link OperationDescriptor#NO_BATCH} if it is in none or ends one. */
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
     * The last operation before the half batch, or the last operation of the log if it ends with none.
     *
     * @param lastSequence     of the log.
     * @param requiredSequence that the log must have: a batch that was acknowledged is never half.
     */
    public long lastBefore(final long lastSequence, final long requiredSequence) {
        return batchId == OperationDescriptor.NO_BATCH || firstSequence <= requiredSequence
                ? lastSequence
                : firstSequence - 1;
    }
}
