package io.tollgate.core.log;

import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
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
    private LogRewrite(final OperationLog target) {
        this.target = target;
        gathered = new UnsafeBuffer(new byte[Math.min(MAX_GATHERED_LENGTH, target.maxAppendLength())]);
    }

    /**
     * Writes a new log.
     *
     * @param target           the log, of which there is no segment yet.
     * @param segmentLength    the longest of its segments in bytes.
     * @param firstSequence    of the log.
     * @param requiredSequence the last one that was promised: those missing up to it are lost; 0 for none.
     * @param operations       gives the operations.
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
     * Ends the copy, and forces it to the disk.
     *
     * @param requiredSequence the sequence up to which the log should have gone: what is missing is lost.
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
