package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * An accepted loss of a range of operations: the record of {@link OperationDescriptor#LOSS}.
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
 * <p>The record is alone in its frame and has the sequence of the first lost operation. The next record has the
 * sequence {@code lastSequence + 1}. All methods are static and do not allocate.
 */
public final class LossOperation {
    /** Offset of the last lost sequence: eight bytes. */
    public static final int LAST_SEQUENCE_OFFSET = HEADER_LENGTH;

    /** Length of the record in bytes. */
    public static final int LENGTH = LAST_SEQUENCE_OFFSET + Long.BYTES;

    private LossOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param lastSequence the last lost operation.
     */
    public static void put(final MutableDirectBuffer buffer, final int offset, final long lastSequence) {
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.LOSS, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + LAST_SEQUENCE_OFFSET, lastSequence);
    }

    /**
     * Returns the last lost operation.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return its sequence.
     */
    public static long lastSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + LAST_SEQUENCE_OFFSET);
    }

    /**
     * Returns true if a record is not a loss, or is a valid loss.
     *
     * @param buffer   that holds the record.
     * @param offset   of the record in the buffer, in bytes.
     * @param sequence of the record.
     * @return false for a loss of another length, or if its last sequence is before its own sequence or out of range.
     */
    public static boolean isPossible(final DirectBuffer buffer, final int offset, final long sequence) {
        return OperationDescriptor.type(buffer, offset) != OperationDescriptor.LOSS
                || OperationDescriptor.length(buffer, offset) == LENGTH
                        && lastSequence(buffer, offset) >= sequence
                        && OperationDescriptor.isSequence(lastSequence(buffer, offset));
    }

    /**
     * Returns the last sequence of an operation: its own, or the last lost one of a loss.
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
