package io.tollgate.core.operation;

import org.agrona.MutableDirectBuffer;

/**
 * Moves the retention horizon of a series and forgets the history before it: the record of {@link
 * OperationDescriptor#RETENTION}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 32   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                            seriesNumber                               |    8
 *   +-----------------------------------------------------------------------+
 *   |                              horizon                                  |   16
 *   +-----------------------------------------------------------------------+
 *   |                           knowledgeTime                               |   24
 *   +-----------------------------------------------------------------------+   32
 * </pre>
 *
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
 */
public final class RetentionOperation extends SeriesOperation<RetentionOperation> {
    /** Offset of the horizon, in nanoseconds since the epoch: eight bytes. */
    public static final int HORIZON_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the engine clock at the time of the request: eight bytes. */
    public static final int KNOWLEDGE_TIME_OFFSET = HORIZON_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = KNOWLEDGE_TIME_OFFSET + Long.BYTES;

    /** Creates a flyweight; wrap it before use. */
    public RetentionOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer        to write to.
     * @param offset        of the record in the buffer, in bytes.
     * @param seriesNumber  of the series.
     * @param horizon       versions that ended at or before it are forgotten.
     * @param knowledgeTime of the engine clock.
     * @return this.
     */
    public RetentionOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final long seriesNumber,
            final long horizon,
            final long knowledgeTime) {
        OperationDescriptor.putHeader(
                buffer, offset, OperationDescriptor.RETENTION, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putLong(offset + HORIZON_OFFSET, horizon);
        buffer.putLong(offset + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        return wrap(buffer, offset);
    }

    /**
     * Returns the horizon.
     *
     * @return the knowledge time: versions that ended at or before it are forgotten.
     */
    public long horizon() {
        return buffer.getLong(offset + HORIZON_OFFSET);
    }
}
