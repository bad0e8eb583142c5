package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.MutableDirectBuffer;

/**
 * Finds a batch at the end of a log that is not all there: the process was killed while it was logged, or the power
 * failed, before anybody was told of it. It counts nowhere, and goes before anything is logged behind it: what is lost
 * there later could not be told from its missing part.
 */
final class HalfBatch implements OperationHandler {
    /** Of the batch that the operations read so far end with, if they do. */
    private int batchId = OperationDescriptor.NO_BATCH;

    private long firstSequence;

    /** The last advance of the clock, of a batch or of none. */
    private long advanceSequence = -1;

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        final int found = OperationDescriptor.batchId(buffer, offset);
        if (type == OperationDescriptor.CLOCK) {
            begin(found, sequence);
            advanceSequence = sequence;
        } else if (type == OperationDescriptor.BATCH_BEGIN) {
            if (advanceSequence != sequence - 1 || found != batchId) {
                batchId = found;
                firstSequence = sequence;
            }
        } else if (!OperationDescriptor.isPoint(type)) {
            batchId = OperationDescriptor.NO_BATCH;
        } else if (found != batchId) {
            begin(found, sequence);
        }
    }

    private void begin(final int newBatchId, final long sequence) {
        batchId = newBatchId;
        firstSequence = sequence;
    }

    /**
     * The last operation of the log before it, or of all of the log where it ends with none.
     *
     * @param lastSequence     of the log.
     * @param promisedSequence that the log must have: a batch that was told of is not one.
     */
    long lastBefore(final long lastSequence, final long promisedSequence) {
        return batchId == OperationDescriptor.NO_BATCH || firstSequence <= promisedSequence
                ? lastSequence
                : firstSequence - 1;
    }
}
