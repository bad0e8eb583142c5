package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.MutableDirectBuffer;

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
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
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

    /** Creates a flyweight; wrap it before use. */
    public PointOperation() {}

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
     * time.
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
        OperationDescriptor.putHeader(buffer, offset, type, LENGTH, batchId);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putLong(offset + VALID_TIME_OFFSET, validTime);
        buffer.putLong(offset + VALUE_OFFSET, value);
        buffer.putLong(offset + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        buffer.putLong(offset + REFERENCE_OFFSET, reference);
    }

    /**
     * Returns the type of the record.
     *
     * @return POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     */
    public int type() {
        return OperationDescriptor.type(buffer, offset);
    }

    /**
     * Returns the batch of the point.
     *
     * @return the batch id, or {@link OperationDescriptor#NO_BATCH}.
     */
    public int batchId() {
        return OperationDescriptor.batchId(buffer, offset);
    }

    /**
     * Sets the batch of the point.
     *
     * @param batchId of the batch.
     * @return this.
     */
    public PointOperation batchId(final int batchId) {
        buffer.putInt(offset + OperationDescriptor.BATCH_ID_OFFSET, batchId);
        return this;
    }

    /**
     * Returns the valid time: the time of the event, or the time from which the value is in force.
     *
     * @return nanoseconds since the epoch.
     */
    public long validTime() {
        return buffer.getLong(offset + VALID_TIME_OFFSET);
    }

    /**
     * Returns the value.
     *
     * @return the number scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     */
    public long value() {
        return buffer.getLong(offset + VALUE_OFFSET);
    }

    /**
     * Returns the knowledge time.
     *
     * @return nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     */
    public long knowledgeTime() {
        return buffer.getLong(offset + KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * Returns the reference of the caller. The engine creates no references: a logged point has the offered one, and a
     * logged withdrawal has that of the withdrawn event.
     *
     * @return the reference, or {@link OperationDescriptor#MISSING}.
     */
    public long reference() {
        return buffer.getLong(offset + REFERENCE_OFFSET);
    }

    /** Copies the fields from seriesNumber to reference to another record. */
    void copyFieldsTo(final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, buffer, offset + HEADER_LENGTH, LENGTH - HEADER_LENGTH);
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
