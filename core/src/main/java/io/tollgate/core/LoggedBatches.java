package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.MutableDirectBuffer;

/**
 * What a log has of batches of several shards, in its order: their ends, and what was left of one before its end was
 * lost. Filled by one thread.
 */
final class LoggedBatches implements OperationHandler {
    /** Is told what a log has. */
    interface Findings {
        /** The end of a batch. */
        void end(int shard, long number, long shards, long sequence);

        /** A batch up to an operation, behind which something was lost, the end of the batch with it. */
        void part(int shard, long number, long shards, long sequence);

        /** Operations that were lost. */
        void lose(int shard, long firstSequence, long lastSequence);
    }

    private final int shard;
    private final Findings findings;
    private long lastSequence;

    /** The batch that has begun and not ended, no shards if there is none. */
    private long number;

    private long shards;
    private int batchId;

    /** The last operation of it before the first loss behind its beginning, 0 if there is none. */
    private long partSequence;

    /** Whether nothing of it came behind the last loss. */
    private boolean isRestLost;

    LoggedBatches(final int shard, final Findings findings) {
        this.shard = shard;
        this.findings = findings;
    }

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        final int type = OperationDescriptor.type(buffer, offset);
        final boolean isLoss = type == OperationDescriptor.LOSS;
        if (isLoss || sequence > lastSequence + 1) {
            lose();
        }
        lastSequence = isLoss ? LossOperation.lastSequence(buffer, offset) : sequence;
        if (isLoss) {
            findings.lose(shard, sequence, lastSequence);
            return;
        }
        final boolean isPart = OperationDescriptor.isPoint(type) || type == OperationDescriptor.BATCH_COMMIT;
        if (!isPart || OperationDescriptor.batchId(buffer, offset) != batchId) {
            end();
        }
        isRestLost = false;
        if (type == OperationDescriptor.BATCH_BEGIN) {
            number = BatchOperation.number(buffer, offset);
            shards = BatchOperation.shards(buffer, offset);
            batchId = OperationDescriptor.batchId(buffer, offset);
            partSequence = 0;
        } else if (type == OperationDescriptor.BATCH_COMMIT) {
            onEnd(buffer, offset, sequence);
        }
    }

    private void onEnd(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        end();
        final long endedShards = BatchOperation.shards(buffer, offset);
        if (Long.bitCount(endedShards) > 1) {
            findings.end(shard, BatchOperation.number(buffer, offset), endedShards, sequence);
        }
    }

    private void lose() {
        partSequence = partSequence == 0 ? lastSequence : partSequence;
        isRestLost = true;
    }

    /** What comes behind is of none of it, or nothing does. */
    void end() {
        if (isRestLost && Long.bitCount(shards) > 1) {
            findings.part(shard, number, shards, partSequence);
        }
        shards = 0;
        batchId = OperationDescriptor.NO_BATCH;
        isRestLost = false;
    }
}
