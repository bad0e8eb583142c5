package io.tollgate.core.admit;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.core.apply.OperationApplier;
import io.tollgate.core.apply.PointPrefetch;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.manifest.LogPositions;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stages operations, logs them, and only then applies them. They are logged as one frame, except for large batches. An
 * engine in memory has no log and only counts the sequence. Engine thread only.
 */
public final class OperationJournal implements StagedPoints {
    /** The longest operation from the ring, with a clock advance before it. */
    private static final int MAX_RING_OPERATION_LENGTH =
            ClockOperation.LENGTH + Math.max(RefusalOperation.LENGTH, PointOperation.LENGTH);

    /** Assumes a separate frame for each operation, because any of them may begin a frame. */
    private static final int MAX_LOGGED_LENGTH = MAX_RING_OPERATION_LENGTH + OperationLog.FRAME_OVERHEAD;

    /** A series with all its windows, and one more record for its shapes. A registration by pattern is shorter. */
    private static final int MAX_DEFINITION_LENGTH = Math.max(
            WatchOperation.MAX_LENGTH + ClockOperation.LENGTH,
            SeriesDefinitionOperation.MAX_LENGTH
                    + (SeriesDefinition.MAX_WINDOWS + 1) * WindowDefinitionOperation.LENGTH);

    private final UnsafeBuffer buffer;
    private final Optional<OperationLog> log;
    private final Optional<LogPositions> positions;
    private final OperationApplier applier;
    private final int maxAppendLength;
    private long nextSequence;
    private int length;
    private int count;
    private int commandLength;
    /** True if a logged operation could not be applied. */
    private boolean isBroken;

    private final TicketOutcomes outcomes;
    /** The tickets of the points staged one by one, in order. */
    private final long[] tickets;

    private int ticketCount;

    /** One thread writes it. A release store suffices, and needs no full fence. */
    private final AtomicLong appliedSequence = new AtomicLong();

    /**
     * @param resources with the log and the applier, and the memory for staged operations.
     * @param outcomes receives the outcomes of tickets.
     * @param capacity the limit of operations staged from the ring; a definition with all its windows always fits.
     * @param batchCapacity the limit of points and withdrawals in a batch.
     */
    public OperationJournal(
            final EngineResources resources,
            final TicketOutcomes outcomes,
            final int capacity,
            final int batchCapacity) {
        this.outcomes = outcomes;
        tickets = new long[capacity];
        log = resources.log();
        positions = resources.positions();
        applier = resources.applier();
        final int frameLength = Math.max(capacity * MAX_RING_OPERATION_LENGTH, MAX_DEFINITION_LENGTH);
        buffer = resources.newBuffer(Math.max(frameLength, batchLength(batchCapacity)));
        maxAppendLength = log.map(OperationLog::maxAppendLength).orElse(Integer.MAX_VALUE);
        nextSequence = log.map(OperationLog::nextSequence).orElse(1L);
        appliedSequence.set(nextSequence - 1);
    }

    /** {@return the buffer for the next operation} */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** {@return the offset of the next operation} */
    public int offset() {
        return length;
    }

    /** {@return the sequence that the next operation will have} */
    public long sequence() {
        return nextSequence + count;
    }

    /** Returns true if the disk has room for a number of operations from the ring, and their overhead. */
    public boolean hasSpace(final int operationCount) {
        return hasSpace(operationCount * MAX_LOGGED_LENGTH, 0, 0);
    }

    /** Returns true if the disk has room for a batch of a number of points, or for their refusals. */
    public boolean hasSpaceForBatch(final int pointCount) {
        return hasSpace(0, frameLength(pointCount), longFrameCount(pointCount));
    }

    /**
     * Returns true if the log has room. Operations from the ring are logged first; the batch and the command follow in
     * any order. They share one segment, or each may need its own.
     *
     * @param longCount the number of long frames of the batch; the batch length is then 0.
     */
    private boolean hasSpace(final int ringLength, final int batchLength, final int longCount) {
        if (log.isEmpty()) {
            return true;
        }
        final int all = ringLength + batchLength + commandLength;
        if (longCount == 0 && log.get().isWithinSegment(all)) {
            return log.get().hasSpace(all, 0);
        }
        return log.get().hasSpace(ringLength, longCount + Integer.signum(batchLength) + Integer.signum(commandLength));
    }

    private static int batchLength(final int pointCount) {
        return ClockOperation.LENGTH + 2 * BatchOperation.LENGTH + pointCount * RefusalOperation.LENGTH;
    }

    /** Returns the length of the frame of a batch, 0 if it needs several frames. */
    private int frameLength(final int pointCount) {
        final int batchLength = batchLength(pointCount);
        return batchLength <= maxAppendLength ? batchLength + OperationLog.FRAME_OVERHEAD : 0;
    }

    /** Returns the number of frames of a batch, 0 if one is enough. All frames except the last are long. */
    private int longFrameCount(final int pointCount) {
        final int batchLength = batchLength(pointCount);
        return batchLength <= maxAppendLength ? 0 : 1 + batchLength / (maxAppendLength - RefusalOperation.LENGTH);
    }

    /**
     * Reserves log space for an operation that a command will log, with a clock advance before it. Later room tests
     * include the reservation; 0 ends it. Returns false if the disk has no room.
     */
    public boolean reserveForCommand(final int operationLength) {
        final int needed =
                operationLength == 0 ? 0 : ClockOperation.LENGTH + operationLength + 2 * OperationLog.FRAME_OVERHEAD;
        commandLength = 0;
        if (needed > 0 && !hasSpace(needed, 0, 0)) {
            return false;
        }
        commandLength = needed;
        return true;
    }

    /** Reserves log space like {@link #reserveForCommand}, or refuses the command with the given name. */
    public void requireForCommand(final String named, final int operationLength) {
        if (!reserveForCommand(operationLength)) {
            throw new DiskFullException(named, "expected room in the log; make some, and call again");
        }
    }

    /** {@return the number of points and withdrawals that changed their series} */
    public long changeCount() {
        return applier.changeCount();
    }

    /** {@return the last logged and applied operation; any thread} */
    public long appliedSequence() {
        return appliedSequence.get();
    }

    /** Returns true if a disk failure has made the log unusable. */
    public boolean isLogFailed() {
        return log.isPresent() && log.get().isFailed();
    }

    /**
     * Throws if log and store differ, or a disk failure has made the log unusable. The check is needed even if there is
     * no operation to append.
     */
    public void requireUsable() {
        if (isBroken) {
            throw new IllegalStateException(
                    "journal=broken: a logged operation could not be applied; close the engine and open it again");
        }
        if (log.isPresent()) {
            log.get().requireUsable();
        }
    }

    /** Stages the operation encoded at {@link #offset()}. */
    public void add() {
        length += OperationDescriptor.length(buffer, length);
        count++;
    }

    /** Stages the point or withdrawal of a ticket, encoded at {@link #offset()}. */
    void add(final long ticket) {
        tickets[ticketCount++] = ticket;
        add();
    }

    @Override
    public int first(final long seriesNumber) {
        return length == 0 ? NONE : 0;
    }

    @Override
    public int next(final int offset) {
        final int next = offset + OperationDescriptor.length(buffer, offset);
        return next < length ? next : NONE;
    }

    /**
     * Logs the staged operations, then applies them. If the log fails, there is no effect. If applying fails, log and
     * store differ, and the journal is unusable.
     */
    public void commit() {
        if (count > 0) {
            log();
            apply();
        }
    }

    /** Logs the staged operations in one or several frames. They must be applied next. */
    void log() {
        if (log.isEmpty()) {
            return;
        }
        try {
            if (length <= maxAppendLength) {
                log.get().append(buffer, 0, length, count);
            } else {
                appendFrames(log.get());
            }
        } catch (final RuntimeException e) {
            clear();
            throw e;
        }
    }

    private void appendFrames(final OperationLog target) {
        int from = 0;
        int to = 0;
        int records = 0;
        while (to < length) {
            final int recordLength = OperationDescriptor.length(buffer, to);
            if (to + recordLength - from > maxAppendLength) {
                target.append(buffer, from, to - from, records);
                from = to;
                records = 0;
            }
            to += recordLength;
            records++;
        }
        target.append(buffer, from, to - from, records);
    }

    /** Applies the staged and logged operations. */
    void apply() {
        final int applying = count;
        final int ticketed = ticketCount;
        clear();
        isBroken = true;
        int offset = 0;
        int ticket = 0;
        for (int i = 0; i < applying; i++) {
            if (i % PointPrefetch.CAPACITY == 0 && applying > 1) {
                applier.prefetch(buffer, offset, Math.min(PointPrefetch.CAPACITY, applying - i));
            }
            final long changesBefore = applier.changeCount();
            applier.apply(buffer, offset, nextSequence + i);
            if (ticket < ticketed && OperationDescriptor.isPoint(OperationDescriptor.type(buffer, offset))) {
                outcomes.applied(tickets[ticket++], applier.changeCount() != changesBefore);
            }
            offset += OperationDescriptor.length(buffer, offset);
        }
        isBroken = false;
        nextSequence += applying;
        appliedSequence.setRelease(nextSequence - 1);
        if (positions.isPresent()) {
            positions.get().applied(nextSequence - 1);
        }
    }

    /** Applies the staged and logged batch of a ticket. */
    void applyBatch(final long ticket) {
        final long changesBefore = applier.changeCount();
        apply();
        outcomes.applied(ticket, applier.changeCount() != changesBefore);
    }

    /** Marks the series of all staged points, so that their readers retry until the batch is applied. */
    void mark() {
        applier.mark(buffer, 0, length);
    }

    /** Discards the staged operations. */
    public void clear() {
        length = 0;
        count = 0;
        ticketCount = 0;
    }
}
