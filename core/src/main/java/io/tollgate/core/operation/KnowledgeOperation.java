package io.tollgate.core.operation;

import org.agrona.MutableDirectBuffer;

/**
 * Raises the last knowledge time of a series, as a point does that changes nothing: the record of
 * {@link OperationDescriptor#KNOWLEDGE}. A loaded image ends with it if no operation before has the last knowledge time
 * of the image.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 24   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                            seriesNumber                               |    8
 *   +-----------------------------------------------------------------------+
 *   |                           knowledgeTime                               |   16
 *   +-----------------------------------------------------------------------+   24
 * </pre>
 *
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
 */
public final class KnowledgeOperation extends SeriesOperation<KnowledgeOperation> {
    /** Offset of the knowledge time: eight bytes. */
    public static final int KNOWLEDGE_TIME_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = KNOWLEDGE_TIME_OFFSET + Long.BYTES;

    /** Creates a flyweight; wrap it before use. */
    public KnowledgeOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer        to write to.
     * @param offset        of the record in the buffer, in bytes.
     * @param seriesNumber  of the series.
     * @param knowledgeTime in nanoseconds since the epoch.
     * @return this.
     */
    public KnowledgeOperation encode(
            final MutableDirectBuffer buffer, final int offset, final long seriesNumber, final long knowledgeTime) {
        OperationDescriptor.putHeader(
                buffer, offset, OperationDescriptor.KNOWLEDGE, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putLong(offset + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        return wrap(buffer, offset);
    }

    /**
     * Returns the knowledge time.
     *
     * @return nanoseconds since the epoch; not checked.
     */
    public long knowledgeTime() {
        return buffer.getLong(offset + KNOWLEDGE_TIME_OFFSET);
    }
}
