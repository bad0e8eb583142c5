package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The begin and commit records of a batch: {@link OperationDescriptor#BATCH_BEGIN} and {@link
 * OperationDescriptor#BATCH_COMMIT}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 24   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                                number                                 |    8
 *   +-----------------------------------------------------------------------+
 *   |             pointCount            |          reserved: zero           |   16
 *   +-----------------------------------+-----------------------------------+   24
 * </pre>
 *
 * <p>{@code number} is unique among the batches of a data directory. {@code batchId} is derived from it, and is in the
 * header of each point between the two records. Consecutive batches have different ids. A batch is valid only if the
 * log contains its commit record.
 *
 * <p>All methods are static and access only the given buffer; the caller is responsible for thread safety.
 */
public final class BatchOperation {
    /** Offset of the number: eight bytes. */
    public static final int NUMBER_OFFSET = HEADER_LENGTH;

    /** Offset of the count of points: four bytes. */
    public static final int POINT_COUNT_OFFSET = NUMBER_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = POINT_COUNT_OFFSET + 2 * Integer.BYTES;

    private BatchOperation() {}

    /**
     * Writes a whole record.
     *
     * @param buffer     to write to.
     * @param offset     of the record in the buffer, in bytes.
     * @param type       BATCH_BEGIN or BATCH_COMMIT of {@link OperationDescriptor}.
     * @param number     of the batch.
     * @param pointCount points and withdrawals in it.
     */
    public static void put(
            final MutableDirectBuffer buffer,
            final int offset,
            final int type,
            final long number,
            final int pointCount) {
        OperationDescriptor.putHeader(buffer, offset, type, LENGTH, batchId(number));
        buffer.putLong(offset + NUMBER_OFFSET, number);
        buffer.putInt(offset + POINT_COUNT_OFFSET, pointCount);
        buffer.putInt(offset + POINT_COUNT_OFFSET + Integer.BYTES, 0);
    }

    /**
     * Returns the id in the headers of the records of a batch.
     *
     * @param number of the batch.
     * @return an id other than {@link OperationDescriptor#NO_BATCH}; the next number has another id.
     */
    public static int batchId(final long number) {
        return (int) (number << 1) | 1;
    }

    /**
     * Returns the number of the batch.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return any number.
     */
    public static long number(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + NUMBER_OFFSET);
    }
}
