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
public final class RefusalOperation {
    /** Offset of the reason code: four bytes. */
    public static final int REASON_OFFSET = HEADER_LENGTH;

    /** Offset of the type of the refused record: one byte. */
    public static final int REFUSED_TYPE_OFFSET = REASON_OFFSET + Integer.BYTES;

    /** Offset of the series number: eight bytes; the other fields of the point follow in their order. */
    public static final int SERIES_NUMBER_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Offset of the valid time, in nanoseconds since the epoch: eight bytes. */
    public static final int VALID_TIME_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the value, scaled by the series' scale: eight bytes. */
    public static final int VALUE_OFFSET = VALID_TIME_OFFSET + Long.BYTES;

    /** Offset of the knowledge time, in nanoseconds since the epoch: eight bytes. */
    public static final int KNOWLEDGE_TIME_OFFSET = VALUE_OFFSET + Long.BYTES;

    /** Offset of the reference: eight bytes. */
    public static final int REFERENCE_OFFSET = KNOWLEDGE_TIME_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = REFERENCE_OFFSET + Long.BYTES;

    private MutableDirectBuffer buffer;
    private int offset;

    /** Makes a flyweight that is not wrapped over anything yet. */
    public RefusalOperation() {}

    /**
     * Wraps this flyweight over an existing record. Nothing is checked: the type and length are the caller's to check.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return this.
     */
    public RefusalOperation wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

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
        refused.copyFieldsTo(buffer, offset + SERIES_NUMBER_OFFSET);
        return wrap(buffer, offset);
    }

    /**
     * The batch the refused point belonged to.
     *
     * @return the batch id, or {@link OperationDescriptor#NO_BATCH}.
     */
    public int batchId() {
        return OperationDescriptor.batchId(buffer, offset);
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
     * The series the refused point names.
     *
     * @return the series number.
     */
    public long seriesNumber() {
        return buffer.getLong(offset + SERIES_NUMBER_OFFSET);
    }

    /**
     * The valid time of the refused point.
     *
     * @return nanoseconds since the epoch.
     */
    public long validTime() {
        return buffer.getLong(offset + VALID_TIME_OFFSET);
    }

    /**
     * The value of the refused point.
     *
     * @return the number scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     */
    public long value() {
        return buffer.getLong(offset + VALUE_OFFSET);
    }

    /**
     * The knowledge time of the refused point.
     *
     * @return nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     */
    public long knowledgeTime() {
        return buffer.getLong(offset + KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * The reference of the refused point.
     *
     * @return the reference, or {@link OperationDescriptor#MISSING}.
     */
    public long reference() {
        return buffer.getLong(offset + REFERENCE_OFFSET);
    }
}
