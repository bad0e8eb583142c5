package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Holds the operations of a batch back in a replay until its end is found, and leaves them out if it is not: the
 * process was killed before it was whole. A batch of several shards counts if the logs of all of them have its end.
 * Where the power failed before the log of one was on disk, that of another may go on behind a batch that does not
 * count: what rests on it there is left out as well.
 *
 * <p>An operation on a series of another shard ends the replay: the log, or a segment of it, is that of another.
 */
final class BatchReplay implements OperationHandler {
    private final Path log;
    private final ShardPlace place;
    private final OperationApplier applier;
    private final SharedBatches shared;
    private final ExpandableArrayBuffer held = new ExpandableArrayBuffer();
    private long firstSequence;
    private int length;
    private int batchId = OperationDescriptor.NO_BATCH;
    private boolean hasLostBatch;

    BatchReplay(final Path log, final ShardPlace place, final OperationApplier applier, final SharedBatches shared) {
        this.log = log;
        this.place = place;
        this.applier = applier;
        this.shared = shared;
    }

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        if (ForeignOperation.isAt(buffer, offset, place)) {
            throw ForeignOperation.exception(log, ForeignOperation.describe(buffer, offset, place, sequence), place);
        }
        if (type == OperationDescriptor.BATCH_BEGIN) {
            batchId = OperationDescriptor.batchId(buffer, offset);
            this.length = 0;
            firstSequence = sequence;
            hold(buffer, offset, length);
        } else if (isHeld(buffer, offset, type)) {
            hold(buffer, offset, length);
            if (type == OperationDescriptor.BATCH_COMMIT) {
                end(BatchOperation.number(buffer, offset), BatchOperation.shards(buffer, offset));
            }
        } else if (type != OperationDescriptor.BATCH_COMMIT) {
            batchId = OperationDescriptor.NO_BATCH;
            applier.onOperation(buffer, offset, length, sequence);
        }
    }

    /** Whether a batch did not count that the log of this shard has whole. */
    boolean hasLostBatch() {
        return hasLostBatch;
    }

    /** Nothing stands between the beginning and the end of a batch but its points. */
    private boolean isHeld(final MutableDirectBuffer buffer, final int offset, final int type) {
        return batchId != OperationDescriptor.NO_BATCH
                && OperationDescriptor.batchId(buffer, offset) == batchId
                && (OperationDescriptor.isPoint(type) || type == OperationDescriptor.BATCH_COMMIT);
    }

    private void hold(final MutableDirectBuffer buffer, final int offset, final int recordLength) {
        held.putBytes(length, buffer, offset, recordLength);
        length += recordLength;
    }

    private void end(final long number, final long shards) {
        batchId = OperationDescriptor.NO_BATCH;
        if (!shared.isWhole(number, shards)) {
            applier.tolerateLoss(true);
            hasLostBatch = true;
            return;
        }
        applier.mark(held, 0, length);
        long sequence = firstSequence;
        for (int at = 0; at < length; at += OperationDescriptor.length(held, at)) {
            applier.apply(held, at, sequence++);
        }
    }
}
