package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.MutableDirectBuffer;

/**
 * A point the engine refused, and why: the record of {@link OperationDescriptor#REFUSAL}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 56   |              batchId              |    0
 *   +--------+--------+-----------------+--------+--------------------------+
 *   |              reason               |refused |      reserved: zero      |    8
 *   |                                   |  Type  |                          |
 *   +-----------------------------------+--------+--------------------------+
 *   |  seriesNumber, validTime, value, knowledgeTime, reference as in the   |   16
 *   |  refused point, 8 bytes each                                          |
 *   +-----------------------------------------------------------------------+   56
 * </pre>
 *
 * <p>{@code batchId} and {@code refusedType} are the batch and type of the refused record, a {@link PointOperation}.
 *
 * <p>A flyweight: it is wrapped over a record and allocates nothing. An instance belongs to one thread.
 */
public final class RefusalOperation extends OperationFlyweight<RefusalOperation> {
    /** Offset of the reason code: four bytes. */
    public static final int REASON_OFFSET = HEADER_LENGTH;

    /** Offset of the type of the refused record: one byte. */
    public static final int REFUSED_TYPE_OFFSET = REASON_OFFSET + Integer.BYTES;

    /** Offset of the fields of the point, in their order: eight bytes each. */
    public static final int POINT_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = POINT_OFFSET + PointOperation.LENGTH - HEADER_LENGTH;

    private final PointOperation point = new PointOperation();

    /** Makes a flyweight that is not wrapped over anything yet. */
    public RefusalOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param reason code of the refusal.
     * @param refused the point as it was offered; its record must not overlap the one written here.
     * @return this.
     */
    public RefusalOperation encode(
            final MutableDirectBuffer buffer, final int offset, final int reason, final PointOperation refused) {
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.REFUSAL, LENGTH, refused.batchId());
        buffer.putInt(offset + REASON_OFFSET, reason);
        buffer.putInt(offset + REFUSED_TYPE_OFFSET, refused.type());
        refused.copyFieldsTo(buffer, offset + POINT_OFFSET);
        return wrap(buffer, offset);
    }

    /**
     * Why the point was refused.
     *
     * @return the code of the reason.
     */
    public int reason() {
        return buffer.getInt(offset + REASON_OFFSET);
    }

    /**
     * The type of the refused record.
     *
     * @return POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     */
    public int refusedType() {
        return buffer.getByte(offset + REFUSED_TYPE_OFFSET) & 0xFF;
    }

    /**
     * The refused point.
     *
     * @return its fields, valid as long as this is wrapped; it has no header of its own.
     */
    public PointOperation point() {
        return point.wrap(buffer, offset + POINT_OFFSET - HEADER_LENGTH);
    }
}
