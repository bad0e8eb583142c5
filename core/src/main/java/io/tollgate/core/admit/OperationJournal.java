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
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects operations, logs them, as one frame but for a batch, and only then applies them. An engine in memory has no
 * log and just counts the sequence. Engine thread only.
 */
public final class OperationJournal implements StagedPoints {
    /** No operation that comes over the ring is longer, with an advance of the clock before it. */
    private static final int MAX_RING_OPERATION_LENGTH =
            ClockOperation.LENGTH + Math.max(RefusalOperation.LENGTH, PointOperation.LENGTH);

    /** As if each stood in a frame of its own: some may begin one. */
    private static final int MAX_LOGGED_LENGTH = MAX_RING_OPERATION_LENGTH + OperationLog.FRAME_OVERHEAD;

    /** A series with all its windows, and one more record for its shapes; a registration by pattern is shorter. */
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
    /** Whether something was logged and could not be applied. */
    private boolean isBroken;

    private final TicketOutcomes outcomes;
    /** Those of the points collected one by one, in their order. */
    private final long[] tickets;

    private int ticketCount;

    /** One thread writes it; a release tells it without a fence that waits for all stores before it. */
    private final AtomicLong appliedSequence = new AtomicLong();

    /**
     * @param resources to log and apply on, and to keep what is collected in.
     * @param outcomes to note the outcomes of tickets in.
     * @param capacity most operations from the ring to collect; a definition with all its windows always fits.
     * @param batchCapacity most points and withdrawals of a batch.
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

    /** {@return where the next operation is to be encoded} */
    public MutableDirectBuffer buffer() {
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

    /** Whether the disk has room for so many operations from the ring, and what comes with them. */
    public boolean hasSpace(final int operationCount) {
        return hasSpace(operationCount * MAX_LOGGED_LENGTH, 0, 0);
    }

    /** Whether the disk has room for a batch of so many points, or for their refusals. */
    public boolean hasSpaceForBatch(final int pointCount) {
        return hasSpace(0, frameLength(pointCount), longFrameCount(pointCount));
    }

    /**
     * What comes from the ring is logged at once; a batch, and what is kept for a command, in any order behind it: all
     * in one segment, or each perhaps in one of its own.
     *
     * @param longCount how many long frames the batch takes, which then has no length.
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

    /** The length of the frame of a batch, 0 where it takes several. */
    private int frameLength(final int pointCount) {
        final int batchLength = batchLength(pointCount);
        return batchLength <= maxAppendLength ? batchLength + OperationLog.FRAME_OVERHEAD : 0;
    }

    /** How many frames a batch takes, none of which is short but the last; 0 where it is a single one. */
    private int longFrameCount(final int pointCount) {
        final int batchLength = batchLength(pointCount);
        return batchLength <= maxAppendLength ? 0 : 1 + batchLength / (maxAppendLength - RefusalOperation.LENGTH);
    }

    /**
     * Keeps room for an operation of so many bytes that a command is about to log, with an advance of the clock before
     * it, beside all that is asked for from now on; 0 for none. False where the disk has no room.
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

    /** Keeps room like {@link #reserveForCommand}, or refuses the command of what is named. */
    public void requireForCommand(final String named, final int operationLength) {
        if (!reserveForCommand(operationLength)) {
            throw new DiskFullException(named, "expected room in the log; make some, and call again");
        }
    }

    /** {@return how many points and withdrawals have changed their series} */
    public long changeCount() {
        return applier.changeCount();
    }

    /** {@return the last operation that is logged and applied; any thread} */
    public long appliedSequence() {
        return appliedSequence.get();
    }

    /** Whether the disk has failed under the log. */
    public boolean isLogFailed() {
        return log.isPresent() && log.get().isFailed();
    }

    /**
     * Refuses to go on where log and store differ, or the disk has failed under the log, even where there is nothing to
     * append.
     */
    public void requireUsable() {
        if (isBroken) {
            throw new IllegalStateException("journal=broken, expected whole: an operation was logged that could not be"
                    + " applied; close the engine and open it again");
        }
        if (log.isPresent()) {
            log.get().requireUsable();
        }
    }

    /** Takes the operation in that was encoded at {@link #offset()}. */
    public void add() {
        length += OperationDescriptor.length(buffer, length);
        count++;
    }

    /** Takes the point or withdrawal of a ticket in that was encoded at {@link #offset()}. */
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
     * Logs what was collected, then applies it. If the log refuses, nothing has happened. If applying fails, log and
     * store differ from then on, and it is not usable.
     */
    public void commit() {
        if (count > 0) {
            log();
            apply();
        }
    }

    /** Logs what was collected, which is to be applied next: as one frame, or as many as it takes. */
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

    /** Applies what was collected and logged. */
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
            if (applying == 1) {
                applier.applyAlone(buffer, offset, nextSequence);
            } else {
                applier.apply(buffer, offset, nextSequence + i);
            }
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

    /** Applies the batch of a ticket that was collected and logged. */
    void applyBatch(final long ticket) {
        final long changesBefore = applier.changeCount();
        apply();
        outcomes.applied(ticket, applier.changeCount() != changesBefore);
    }

    /** Marks all series of the points that were collected, so that no reader reads them before all are applied. */
    void mark() {
        applier.mark(buffer, 0, length);
    }

    /** Forgets what was collected. */
    public void clear() {
        length = 0;
        count = 0;
        ticketCount = 0;
    }
}
