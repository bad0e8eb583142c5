package io.tollgate.core;

import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Holds the operations of a batch back in a replay until its end is found, and leaves them out if it is not: the
 * process was killed before it was whole. A batch of several shards counts if the logs of all of them have its end.
 * Where the power failed before the log of one was on disk, that of another may go on behind a batch that does not
 * count: what rests on it there is left out as well.
 *
 * <p>Of a batch of which a part is lost with a part of the log, what is there counts, point by point: the log went on
 * behind it.
 *
 * <p>An operation on a series of another shard ends the replay: the log, or a segment of it, is that of another.
 */
final class BatchReplay implements OperationHandler {
    private static final int NOT_HELD = -1;

    private final Path log;
    private final ShardPlace place;
    private final OperationApplier applier;
    private final SharedBatches shared;
    private final ExpandableArrayBuffer held = new ExpandableArrayBuffer();
    private final LongArrayList sequences = new LongArrayList();
    private int length;
    private int lastOffset;

    private int batchId = OperationDescriptor.NO_BATCH;

    /** Whether a part of the batch is lost, whether behind all that is held, and whether its end was found. */
    private boolean isInPart;

    private boolean isRestLost;
    private boolean isEnded;
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
        if (isBeginning(type, OperationDescriptor.batchId(buffer, offset))) {
            if (type == OperationDescriptor.CLOCK || !isAdvanceHeld(OperationDescriptor.batchId(buffer, offset))) {
                end();
                begin(OperationDescriptor.batchId(buffer, offset), false);
            }
            hold(buffer, offset, length, sequence);
        } else if (OperationDescriptor.isPoint(type) || type == OperationDescriptor.BATCH_COMMIT) {
            onPart(buffer, offset, length, sequence);
        } else {
            if (type == OperationDescriptor.LOSS && batchId != OperationDescriptor.NO_BATCH) {
                isInPart = true;
                isRestLost = true;
            } else {
                end();
            }
            apply(buffer, offset, sequence);
        }
    }

    /** A batch begins with the advance of the clock that it makes, where it has logged one. */
    private static boolean isBeginning(final int type, final int batchId) {
        return type == OperationDescriptor.BATCH_BEGIN
                || type == OperationDescriptor.CLOCK && batchId != OperationDescriptor.NO_BATCH;
    }

    /** Whether nothing but that is held of a batch. */
    private boolean isAdvanceHeld(final int beginning) {
        return beginning == batchId && !isInPart && sequences.size() == 1 && hasAdvance();
    }

    private boolean hasAdvance() {
        return OperationDescriptor.type(held, 0) == OperationDescriptor.CLOCK;
    }

    /** A point, in a batch or by itself, or the end of a batch. */
    private void onPart(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        if (OperationDescriptor.batchId(buffer, offset) != batchId) {
            end();
            begin(OperationDescriptor.batchId(buffer, offset), true);
        }
        if (batchId == OperationDescriptor.NO_BATCH) {
            apply(buffer, offset, sequence);
            return;
        }
        hold(buffer, offset, length, sequence);
        if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.BATCH_COMMIT) {
            isEnded = true;
            end();
        }
    }

    private void begin(final int newBatchId, final boolean isBeginningLost) {
        batchId = newBatchId;
        isInPart = isBeginningLost;
        isRestLost = false;
        isEnded = false;
        length = 0;
        sequences.clear();
    }

    private void hold(final MutableDirectBuffer buffer, final int offset, final int recordLength, final long sequence) {
        held.putBytes(length, buffer, offset, recordLength);
        lastOffset = length;
        length += recordLength;
        sequences.addLong(sequence);
        isRestLost = false;
    }

    /** Nothing comes behind what was replayed. */
    void end() {
        if (batchId == OperationDescriptor.NO_BATCH) {
            return;
        }
        batchId = OperationDescriptor.NO_BATCH;
        if (!isEnded && !isRestLost) {
            return; // The process was killed while it was logged.
        }
        final BatchOrder.Standing standing = standing();
        if (isInPart || standing != BatchOrder.Standing.WHOLE) {
            applier.tolerateLoss(true);
        }
        if (standing == BatchOrder.Standing.LOST) {
            hasLostBatch = true;
        } else if (isInPart) {
            applyPoints();
        } else {
            apply();
        }
    }

    /** Whether it counts, as its beginning or its end says which one it is; where both are lost, nothing does. */
    private BatchOrder.Standing standing() {
        final int beginning = beginning();
        final int at = beginning != NOT_HELD ? beginning : lastOffset;
        return beginning != NOT_HELD || isEnded
                ? shared.standing(BatchOperation.number(held, at), BatchOperation.shards(held, at), isEnded)
                : BatchOrder.Standing.IN_DOUBT;
    }

    /** Where the beginning of the batch is held, if it is. */
    private int beginning() {
        final int first = hasAdvance() && sequences.size() > 1 ? OperationDescriptor.length(held, 0) : 0;
        return !sequences.isEmpty() && OperationDescriptor.type(held, first) == OperationDescriptor.BATCH_BEGIN
                ? first
                : NOT_HELD;
    }

    private void apply() {
        applier.mark(held, 0, length);
        int at = 0;
        for (int i = 0; i < sequences.size(); i++) {
            apply(held, at, sequences.getLong(i));
            at += OperationDescriptor.length(held, at);
        }
    }

    /** What of them is there, and the time before them. */
    private void applyPoints() {
        int at = 0;
        for (int i = 0; i < sequences.size(); i++) {
            final int type = OperationDescriptor.type(held, at);
            if (OperationDescriptor.isPoint(type) || type == OperationDescriptor.CLOCK) {
                apply(held, at, sequences.getLong(i));
            }
            at += OperationDescriptor.length(held, at);
        }
    }

    /** What no engine has logged, whatever its checksum, is refused by its place. */
    private void apply(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        try {
            applier.apply(buffer, offset, sequence);
        } catch (final IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            final int type = OperationDescriptor.type(buffer, offset);
            throw new IllegalStateException(
                    "log=" + log + " sequence=" + sequence + " operationType=" + OperationDescriptor.name(type)
                            + ": cannot be applied: " + e.getMessage()
                            + ", expected what an engine has logged; restore the directory from a backup",
                    e);
        }
    }

    /** Whether a batch did not count that the log of this shard has whole. */
    boolean hasLostBatch() {
        return hasLostBatch;
    }
}
