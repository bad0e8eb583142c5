package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** Finds the losses that were recorded in a log. */
final class RecordedLosses implements OperationHandler {
    private final List<LostRange> ranges = new ArrayList<>();

    @Override
    public void onOperation(
            final MutableDirectBuffer buffer, final int offset, final int length, final long firstSequence) {
        if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.LOSS) {
            ranges.add(new LostRange(firstSequence, LossOperation.lastSequence(buffer, offset)));
        }
    }

    /** What they took, in the order of the log. */
    List<LostRange> ranges() {
        return ranges;
    }
}
