package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A stretch of operations that were lost, and whose loss was accepted: the record of {@link OperationDescriptor#LOSS}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 16   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                            lastSequence                               |    8
 *   +-----------------------------------------------------------------------+   16
 * </pre>
 *
 * <p>It stands alone in its frame and has the sequence of the first operation that is lost; the next record has the
 * sequence behind {@code lastSequence}. All methods are static and allocate nothing.
 */
public final class LossOperation {
    /** Offset of the last sequence that is lost: eight bytes. */
    public static final int LAST_SEQUENCE_OFFSET = HEADER_LENGTH;

    /** Length of the record in bytes. */
    public static final int LENGTH = LAST_SEQUENCE_OFFSET + Long.BYTES;

    private LossOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param lastSequence the last operation that is lost.
     */
    public static void put(final MutableDirectBuffer buffer, final int offset, final long lastSequence) {
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.LOSS, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + LAST_SEQUENCE_OFFSET, lastSequence);
    }

    /**
     * The last operation that is lost.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return its sequence.
     */
    public static long lastSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + LAST_SEQUENCE_OFFSET);
    }

    /**
     * Whether a record is no loss, or one that a log can have.
     *
     * @param buffer   that holds the record.
     * @param offset   of the record in the buffer, in bytes.
     * @param sequence of the record.
     * @return false of a loss of another length, or up to a sequence before its own, or that no operation can have.
     */
    public static boolean isPossible(final DirectBuffer buffer, final int offset, final long sequence) {
        return OperationDescriptor.type(buffer, offset) != OperationDescriptor.LOSS
                || OperationDescriptor.length(buffer, offset) == LENGTH
                        && lastSequence(buffer, offset) >= sequence
                        && OperationDescriptor.isSequence(lastSequence(buffer, offset));
    }

    /**
     * The last sequence that an operation stands for: its own, or, of a loss, that of the last one that is lost.
     *
     * @param buffer   that holds the operation.
     * @param offset   of it.
     * @param sequence of the operation.
     * @return the sequence.
     */
    public static long lastSequence(final DirectBuffer buffer, final int offset, final long sequence) {
        return OperationDescriptor.type(buffer, offset) == OperationDescriptor.LOSS
                ? lastSequence(buffer, offset)
                : sequence;
    }
}
