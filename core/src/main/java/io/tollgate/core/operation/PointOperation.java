package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.MutableDirectBuffer;

/**
 * One point: the record of {@link OperationDescriptor#POINT}, {@link OperationDescriptor#UNKNOWN} and
 * {@link OperationDescriptor#WITHDRAW}, which share this layout.
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
 * <p>The value of an UNKNOWN is {@code Long.MIN_VALUE}, that of a WITHDRAW means nothing; a knowledge time or reference
 * that was not given is {@link OperationDescriptor#MISSING}.
 *
 * <p>A flyweight: it is wrapped over a record and allocates nothing. An instance belongs to one thread.
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

    /** Makes a flyweight that is not wrapped over anything yet. */
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
     * Writes a whole record without a flyweight, so that any number of threads can, each to its own place.
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
     * The type of the record.
     *
     * @return POINT, UNKNOWN or WITHDRAW of {@link OperationDescriptor}.
     */
    public int type() {
        return OperationDescriptor.type(buffer, offset);
    }

    /**
     * The batch the point belongs to.
     *
     * @return the batch id, or {@link OperationDescriptor#NO_BATCH}.
     */
    public int batchId() {
        return OperationDescriptor.batchId(buffer, offset);
    }

    /**
     * Says which batch the point belongs to.
     *
     * @param batchId of the batch.
     * @return this.
     */
    public PointOperation batchId(final int batchId) {
        buffer.putInt(offset + OperationDescriptor.BATCH_ID_OFFSET, batchId);
        return this;
    }

    /**
     * When the value is in force from, or the event happened.
     *
     * @return nanoseconds since the epoch.
     */
    public long validTime() {
        return buffer.getLong(offset + VALID_TIME_OFFSET);
    }

    /**
     * The value.
     *
     * @return the number scaled by the series' scale; {@code Long.MIN_VALUE} for UNKNOWN.
     */
    public long value() {
        return buffer.getLong(offset + VALUE_OFFSET);
    }

    /**
     * When the point became known.
     *
     * @return nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     */
    public long knowledgeTime() {
        return buffer.getLong(offset + KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * The caller's reference. The engine makes none: a log has what was offered, and of a withdrawal the reference of
     * the event that it names.
     *
     * @return the reference, or {@link OperationDescriptor#MISSING}.
     */
    public long reference() {
        return buffer.getLong(offset + REFERENCE_OFFSET);
    }

    /** Copies the fields behind the header, seriesNumber to reference, to another record. */
    void copyFieldsTo(final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, buffer, offset + HEADER_LENGTH, LENGTH - HEADER_LENGTH);
    }

    /**
     * Tells if two values have a sum that a point can have.
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
