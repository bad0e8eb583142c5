package io.tollgate.core;

import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;

/** Finds the losses that were recorded in a log. */
final class RecordedLosses implements OperationHandler {
    private final List<LostRange> ranges = new ArrayList<>();
    private boolean hasSeries;

    @Override
    public void onOperation(
            final MutableDirectBuffer buffer, final int offset, final int length, final long firstSequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        if (type == OperationDescriptor.LOSS) {
            ranges.add(new LostRange(firstSequence, LossOperation.lastSequence(buffer, offset)));
        }
        hasSeries |= type == OperationDescriptor.DEFINE_SERIES;
    }

    /** What they took, in the order of the log. */
    List<LostRange> ranges() {
        return ranges;
    }

    /** Whether the log was made anew, as that of a shard that was missing: it begins with a loss, and has no series. */
    boolean isLogMadeAnew() {
        return !hasSeries && !ranges.isEmpty() && ranges.get(0).firstSequence() == 1;
    }

    /**
     * Of what they took that which a store must include, or may have to where nothing says that.
     *
     * @param begin of the log that has recorded them.
     */
    Stream<LostRange> needed(final LogBegin begin) {
        return begin.isRepaired()
                ? ranges.stream().flatMap(range -> range.upTo(begin.neededSequence()))
                : ranges.stream();
    }
}
