package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.MutableDirectBuffer;

/**
 * A refused point and the reason: the record of {@link OperationDescriptor#REFUSAL}.
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
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
 */
public final class RefusalOperation extends OperationFlyweight<RefusalOperation> {
    /** Offset of the reason code: four bytes. */
    public static final int REASON_OFFSET = HEADER_LENGTH;

    /** Offset of the type of the refused record: one byte. */
    public static final int REFUSED_TYPE_OFFSET = REASON_OFFSET + Integer.BYTES;

    /** Offset of the fields of the point, in order: eight bytes each. */
    public static final int POINT_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = POINT_OFFSET + PointOperation.LENGTH - HEADER_LENGTH;

    private final PointOperation point = new PointOperation();

    /** Creates a flyweight; wrap it before use. */
    public RefusalOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param reason code of the refusal.
     * @param refused the offered point; its record must not overlap the one written here.
     * @return this.
     */
    public RefusalOperation encode(
            final MutableDirectBuffer buffer, final int offset, final int reason, final PointOperation refused) {
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.REFUSAL, LENGTH, refused.batchId());
        buffer.putInt(offset + REASON_OFFSET, reason);
        buffer.putInt(offset + REFUSED_TYPE_OFFSET, refused.type());
        refused.putFields(buffer, offset + POINT_OFFSET - HEADER_LENGTH);
        return wrap(buffer, offset);
    }

    /**
     * Returns the reason of the refusal.
     *
     * @return the code of the reason.
     */
    public int reason() {
        return buffer.getInt(offset + REASON_OFFSET);
    }

    /**
     * Returns the type of the refused record.
     *
     * @return POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     */
    public int refusedType() {
        return buffer.getByte(offset + REFUSED_TYPE_OFFSET) & 0xFF;
    }

    /**
     * Returns the refused point.
     *
     * @return its fields, valid until this flyweight is wrapped again; the header is not valid.
     */
    public PointOperation point() {
        return point.wrap(buffer, offset + POINT_OFFSET - HEADER_LENGTH);
    }
}
