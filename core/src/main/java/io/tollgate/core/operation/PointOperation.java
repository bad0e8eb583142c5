package io.tollgate.core.operation;

import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * A point: the record of {@link OperationDescriptor#POINT}, {@link OperationDescriptor#UNKNOWN} and {@link
 * OperationDescriptor#WITHDRAW}, which share this layout.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 48   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                             seriesNumber                              |    8
 *   +-----------------------------------------------------------------------+
 *   |                              validTime                                |   16
 *   +-----------------------------------------------------------------------+
 *   |                                value                                  |   24
 *   +-----------------------------------------------------------------------+
 *   |                            knowledgeTime                              |   32
 *   +-----------------------------------------------------------------------+
 *   |                              reference                                |   40
 *   +-----------------------------------------------------------------------+   48
 * </pre>
 *
 * <p>The value of an UNKNOWN is {@code Long.MIN_VALUE}; the value of a WITHDRAW is ignored. A knowledge time or
 * reference that was not given is {@link OperationDescriptor#MISSING}.
 *
 * <p>It decodes all fields when it wraps a record, because the compiler would otherwise load the address of the buffer
 * again for each of them. A later change of the record is not visible. It does not allocate. An instance belongs to one
 * thread.
 */
public final class PointOperation extends SeriesOperation<PointOperation> {
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

    private int type;
    private boolean isStamped;
    private int batchId;
    private long seriesNumber;
    private long validTime;
    private long value;
    private long knowledgeTime;
    private long reference;

    /** Creates a flyweight; wrap or set it before use. */
    public PointOperation() {}

    @Override
    public PointOperation wrap(final MutableDirectBuffer record, final int at) {
        super.wrap(record, at);
        isStamped = record.getByte(at + OperationDescriptor.FLAGS_OFFSET) == OperationDescriptor.STAMPED;
        batchId = OperationDescriptor.batchId(record, at);
        setFields(
                OperationDescriptor.type(record, at),
                record.getLong(at + SERIES_NUMBER_OFFSET),
                record.getLong(at + VALID_TIME_OFFSET),
                record.getLong(at + VALUE_OFFSET),
                record.getLong(at + KNOWLEDGE_TIME_OFFSET),
                record.getLong(at + REFERENCE_OFFSET));
        return this;
    }

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param type POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     * @param batchId the point belongs to, or {@link OperationDescriptor#NO_BATCH}.
     * @param seriesNumber of the series.
     * @param validTime in nanoseconds since the epoch.
     * @param value scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     * @param knowledgeTime in nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     * @param reference of the caller, or {@link OperationDescriptor#MISSING}.
     * @return this.
     */
    public PointOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int type,
            final int batchId,
            final long seriesNumber,
            final long validTime,
            final long value,
            final long knowledgeTime,
            final long reference) {
        put(buffer, offset, type, batchId, seriesNumber, validTime, value, knowledgeTime, reference);
        return wrap(buffer, offset);
    }

    /**
     * Writes a whole record without a flyweight, so that several threads can write to different places at the same
     * time. It checks the bounds once, and loads the address of the buffer once: a buffer does both for each field.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param type POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     * @param batchId the point belongs to, or {@link OperationDescriptor#NO_BATCH}.
     * @param seriesNumber of the series.
     * @param validTime in nanoseconds since the epoch.
     * @param value scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     * @param knowledgeTime in nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     * @param reference of the caller, or {@link OperationDescriptor#MISSING}.
     */
    public static void put(
            final MutableDirectBuffer buffer,
            final int offset,
            final int type,
            final int batchId,
            final long seriesNumber,
            final long validTime,
            final long value,
            final long knowledgeTime,
            final long reference) {
        buffer.boundsCheck(offset, LENGTH);
        final byte[] array = buffer.byteArray();
        final long at = buffer.addressOffset() + offset;
        UnsafeApi.putByte(array, at + OperationDescriptor.TYPE_OFFSET, (byte) type);
        UnsafeApi.putByte(array, at + OperationDescriptor.FLAGS_OFFSET, (byte) 0);
        UnsafeApi.putShort(array, at + OperationDescriptor.LENGTH_OFFSET, (short) LENGTH);
        UnsafeApi.putInt(array, at + OperationDescriptor.BATCH_ID_OFFSET, batchId);
        UnsafeApi.putLong(array, at + SERIES_NUMBER_OFFSET, seriesNumber);
        UnsafeApi.putLong(array, at + VALID_TIME_OFFSET, validTime);
        UnsafeApi.putLong(array, at + VALUE_OFFSET, value);
        UnsafeApi.putLong(array, at + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        UnsafeApi.putLong(array, at + REFERENCE_OFFSET, reference);
    }

    /** Writes the fields from seriesNumber to reference of another record; its header is unchanged. */
    void putFields(final MutableDirectBuffer target, final int recordOffset) {
        target.putLong(recordOffset + SERIES_NUMBER_OFFSET, seriesNumber);
        target.putLong(recordOffset + VALID_TIME_OFFSET, validTime);
        target.putLong(recordOffset + VALUE_OFFSET, value);
        target.putLong(recordOffset + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        target.putLong(recordOffset + REFERENCE_OFFSET, reference);
    }

    /**
     * Sets the fields of a point that has no record. The point belongs to no batch.
     *
     * @param type POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     * @param seriesNumber of the series.
     * @param validTime in nanoseconds since the epoch.
     * @param value scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     * @param knowledgeTime in nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     * @param reference of the caller, or {@link OperationDescriptor#MISSING}.
     * @return this.
     */
    public PointOperation set(
            final int type,
            final long seriesNumber,
            final long validTime,
            final long value,
            final long knowledgeTime,
            final long reference) {
        batchId = OperationDescriptor.NO_BATCH;
        isStamped = false;
        setFields(type, seriesNumber, validTime, value, knowledgeTime, reference);
        return this;
    }

    private void setFields(
            final int newType,
            final long newSeriesNumber,
            final long newValidTime,
            final long newValue,
            final long newKnowledgeTime,
            final long newReference) {
        type = newType;
        seriesNumber = newSeriesNumber;
        validTime = newValidTime;
        value = newValue;
        knowledgeTime = newKnowledgeTime;
        reference = newReference;
    }

    /**
     * Returns the type of the record.
     *
     * @return POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     */
    public int type() {
        return type;
    }

    /**
     * Returns the batch of the point.
     *
     * @return the batch id, or {@link OperationDescriptor#NO_BATCH}.
     */
    public int batchId() {
        return batchId;
    }

    /**
     * Sets the batch of the point, also in its record.
     *
     * @param newBatchId of the batch.
     * @return this.
     */
    public PointOperation batchId(final int newBatchId) {
        batchId = newBatchId;
        buffer.putInt(offset + OperationDescriptor.BATCH_ID_OFFSET, newBatchId);
        return this;
    }

    @Override
    public long seriesNumber() {
        return seriesNumber;
    }

    @Override
    public boolean isStamped() {
        return isStamped;
    }

    /**
     * Returns the valid time: the time of the event, or the time from which the value is in force.
     *
     * @return nanoseconds since the epoch.
     */
    public long validTime() {
        return validTime;
    }

    /**
     * Returns the value.
     *
     * @return the number scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     */
    public long value() {
        return value;
    }

    /**
     * Returns the knowledge time.
     *
     * @return nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     */
    public long knowledgeTime() {
        return knowledgeTime;
    }

    /**
     * Returns the reference of the caller. The engine creates no references: a logged point has the offered one, and a
     * logged withdrawal has that of the withdrawn event.
     *
     * @return the reference, or {@link OperationDescriptor#MISSING}.
     */
    public long reference() {
        return reference;
    }

    /**
     * Returns true if the sum of two values is a valid value.
     *
     * @param value a scaled value.
     * @param added the scaled value to add to it.
     * @return false if the sum overflows, or is {@link OperationDescriptor#MISSING}.
     */
    public static boolean isSumInRange(final long value, final long added) {
        final long sum = value + added;
        final boolean overflows = ((value ^ sum) & (added ^ sum)) < 0;
        return !overflows && sum != OperationDescriptor.MISSING;
    }
}
