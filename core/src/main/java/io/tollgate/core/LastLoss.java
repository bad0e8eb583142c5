package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.MutableDirectBuffer;

/** Finds the last of the losses that were recorded in a log. */
final class LastLoss implements OperationHandler {
    private long sequence;

    @Override
    public void onOperation(
            final MutableDirectBuffer buffer, final int offset, final int length, final long firstSequence) {
        if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.LOSS) {
            sequence = LossOperation.lastSequence(buffer, offset);
        }
    }

    /** The last operation that it took, 0 where there was none. */
    long sequence() {
        return sequence;
    }
}
