package io.tollgate.core.log;

import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies what a survey of a damaged log finds into a new one, with the same sequences; a stretch that is lost becomes a
 * record of its loss. One thread.
 */
public final class LogRewrite implements OperationHandler {
    private static final int MAX_GATHERED_LENGTH = 1 << 14;

    private final OperationLog target;
    private final UnsafeBuffer gathered;
    private int length;
    private int count;

    /**
     * Begins a copy.
     *
     * @param target a new, empty log.
     */
    public LogRewrite(final OperationLog target) {
        this.target = target;
        gathered = new UnsafeBuffer(new byte[Math.min(MAX_GATHERED_LENGTH, target.maxAppendLength())]);
    }

    @Override
    public void onOperation(
            final MutableDirectBuffer buffer, final int offset, final int recordLength, final long sequence) {
        if (sequence > target.nextSequence() + count) {
            flush();
            target.appendLoss(sequence - 1);
        }
        if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.LOSS) {
            flush();
            target.appendLoss(LossOperation.lastSequence(buffer, offset));
        } else if (recordLength > gathered.capacity()) {
            flush();
            target.append(buffer, offset, recordLength, 1);
        } else {
            if (length + recordLength > gathered.capacity()) {
                flush();
            }
            gathered.putBytes(length, buffer, offset, recordLength);
            length += recordLength;
            count++;
        }
    }

    /**
     * Ends the copy, and forces it to the disk.
     *
     * @param promisedSequence the sequence up to which the log should have gone: what is missing is lost.
     */
    public void end(final long promisedSequence) {
        flush();
        if (promisedSequence >= target.nextSequence()) {
            target.appendLoss(promisedSequence);
        }
        target.force();
    }

    private void flush() {
        if (count > 0) {
            target.append(gathered, 0, length, count);
            length = 0;
            count = 0;
        }
    }
}
