package io.tollgate.core.log;

import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies the records found by a survey of a damaged log to a new log, with the same sequences. A lost range becomes a
 * loss record. One thread.
 */
public final class LogRewrite implements OperationHandler {
    private static final int MAX_GATHERED_LENGTH = 1 << 14;

    private final OperationLog target;
    private final UnsafeBuffer gathered;
    private int length;
    private int count;

    /**
     * Starts a copy.
     *
     * @param target a new, empty log.
     */
    private LogRewrite(final OperationLog target) {
        this.target = target;
        gathered = new UnsafeBuffer(new byte[Math.min(MAX_GATHERED_LENGTH, target.maxAppendLength())]);
    }

    /**
     * Writes a new log.
     *
     * @param target           the log; it has no segments yet.
     * @param segmentLength    the length of its longest segment in bytes.
     * @param firstSequence    of the log.
     * @param requiredSequence the last sequence acknowledged as durable: missing operations up to it become losses; 0
     *     for none.
     * @param operations       passes the operations to the copy.
     * @throws UncheckedIOException if it cannot be written.
     */
    public static void make(
            final LogFiles target,
            final int segmentLength,
            final long firstSequence,
            final long requiredSequence,
            final Consumer<LogRewrite> operations) {
        final ReplayResult nothing = LogReader.replay(target, firstSequence, (buffer, offset, length, sequence) -> {});
        try (OperationLog log = OperationLog.open(target, segmentLength, nothing)) {
            final LogRewrite rewrite = new LogRewrite(log);
            operations.accept(rewrite);
            rewrite.end(requiredSequence);
            target.files().forceDirectory(target.directory());
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "log=" + target.directory() + ": cannot be made; check the disk and its free space", e);
        }
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
     * Completes the copy and forces it to disk.
     *
     * @param requiredSequence the sequence up to which the log should reach; missing operations up to it become losses.
     */
    private void end(final long requiredSequence) {
        flush();
        if (requiredSequence >= target.nextSequence()) {
            target.appendLoss(requiredSequence);
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
