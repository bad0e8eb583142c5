package io.tollgate.core;

import io.tollgate.core.log.OperationLog;
import io.tollgate.core.operation.OperationDescriptor;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects operations, logs them as one frame, and only then applies them. An engine in memory has no log and just
 * counts the sequence. Engine thread only.
 */
final class OperationJournal {
    private static final int MAX_OPERATION_LENGTH = 256;

    private final UnsafeBuffer buffer;
    private final Optional<OperationLog> log;
    private final OperationApplier applier;
    private long nextSequence;
    private int length;
    private int count;

    /**
     * @param log      to append to, empty for an engine in memory.
     * @param applier  that applies what is logged.
     * @param capacity most operations to collect.
     */
    OperationJournal(final Optional<OperationLog> log, final OperationApplier applier, final int capacity) {
        this.log = log;
        this.applier = applier;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * MAX_OPERATION_LENGTH));
        nextSequence = log.map(OperationLog::nextSequence).orElse(1L);
    }

    /** {@return where the next operation is to be encoded} */
    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** {@return the offset of the next operation} */
    int offset() {
        return length;
    }

    /** {@return the sequence that the next operation will have} */
    long sequence() {
        return nextSequence + count;
    }

    /** Takes the operation in that was encoded at {@link #offset()}. */
    void add() {
        length += OperationDescriptor.length(buffer, length);
        count++;
    }

    /** Logs what was collected, then applies it. */
    void commit() {
        if (count == 0) {
            return;
        }
        if (log.isPresent()) {
            log.get().append(buffer, 0, length, count);
        }
        int offset = 0;
        for (int i = 0; i < count; i++) {
            applier.apply(buffer, offset, nextSequence + i);
            offset += OperationDescriptor.length(buffer, offset);
        }
        nextSequence += count;
        length = 0;
        count = 0;
    }
}
