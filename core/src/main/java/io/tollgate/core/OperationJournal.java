package io.tollgate.core;

import io.tollgate.api.SeriesDefinition;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects operations, logs them as one frame, and only then applies them. An engine in memory has no log and just
 * counts the sequence. Engine thread only.
 */
final class OperationJournal {
    /** No operation that comes over the ring is longer, with an advance of the clock before it. */
    private static final int MAX_RING_OPERATION_LENGTH =
            ClockOperation.LENGTH + Math.max(RefusalOperation.LENGTH, PointOperation.LENGTH);

    /** A point in a frame of its own, behind an advance of the clock in another one. */
    private static final int MAX_LOGGED_LENGTH =
            MAX_RING_OPERATION_LENGTH + ClockOperation.LENGTH + 2 * OperationLog.FRAME_OVERHEAD;

    /** A series with all its windows, and one more record for its shapes; a registration by pattern is shorter. */
    private static final int MAX_DEFINITION_LENGTH = Math.max(
            WatchOperation.MAX_LENGTH + ClockOperation.LENGTH,
            SeriesDefinitionOperation.MAX_LENGTH
                    + (SeriesDefinition.MAX_WINDOWS + 1) * WindowDefinitionOperation.LENGTH);

    private final UnsafeBuffer buffer;
    private final Optional<OperationLog> log;
    private final Optional<LogPositions> positions;
    private final OperationApplier applier;
    private long nextSequence;
    private int length;
    private int count;
    private boolean isBroken;
    private volatile long appliedSequence;

    /**
     * @param log       to append to, empty for an engine in memory.
     * @param positions to note in what was applied, empty for an engine in memory.
     * @param applier  that applies what is logged.
     * @param capacity most operations from the ring to collect; a definition with all its windows always fits.
     */
    OperationJournal(
            final Optional<OperationLog> log,
            final Optional<LogPositions> positions,
            final OperationApplier applier,
            final int capacity) {
        this.log = log;
        this.positions = positions;
        this.applier = applier;
        buffer = new UnsafeBuffer(
                ByteBuffer.allocateDirect(Math.max(capacity * MAX_RING_OPERATION_LENGTH, MAX_DEFINITION_LENGTH)));
        nextSequence = log.map(OperationLog::nextSequence).orElse(1L);
        appliedSequence = nextSequence - 1;
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

    /** Whether the disk has room for so many operations from the ring, and what comes with them. */
    boolean hasRoom(final int operationCount) {
        return log.isEmpty() || log.get().hasRoom(operationCount * MAX_LOGGED_LENGTH);
    }

    /** {@return the last operation that is logged and applied; any thread} */
    long appliedSequence() {
        return appliedSequence;
    }

    /** Refuses to go on where the disk has failed under the log, even where there is nothing to append. */
    void requireUsable() {
        if (log.isPresent()) {
            log.get().requireUsable();
        }
    }

    /** Takes the operation in that was encoded at {@link #offset()}. */
    void add() {
        length += OperationDescriptor.length(buffer, length);
        count++;
    }

    /**
     * Logs what was collected, then applies it. If the log refuses, nothing has happened. If applying fails, log and
     * store differ from then on, and {@link #isBroken()}.
     */
    void commit() {
        if (count == 0) {
            return;
        }
        final int appending = count;
        final int appendingLength = length;
        clear();
        if (log.isPresent()) {
            log.get().append(buffer, 0, appendingLength, appending);
        }
        isBroken = true;
        int offset = 0;
        for (int i = 0; i < appending; i++) {
            if (i % PointPrefetch.CAPACITY == 0) {
                applier.prefetch(buffer, offset, Math.min(PointPrefetch.CAPACITY, appending - i));
            }
            applier.apply(buffer, offset, nextSequence + i);
            offset += OperationDescriptor.length(buffer, offset);
        }
        isBroken = false;
        nextSequence += appending;
        appliedSequence = nextSequence - 1;
        if (positions.isPresent()) {
            positions.get().applied(nextSequence - 1);
        }
    }

    /** Forgets what was collected. */
    void clear() {
        length = 0;
        count = 0;
    }

    /** {@return whether something was logged and could not be applied} */
    boolean isBroken() {
        return isBroken;
    }
}
