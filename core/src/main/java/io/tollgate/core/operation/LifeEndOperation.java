package io.tollgate.core.operation;

import org.agrona.MutableDirectBuffer;

/**
 * The end of the life of a series, with or without a successor. {@link OperationDescriptor#END_SERIES} ends a series.
 * {@link OperationDescriptor#FOLLOW_SERIES} comes before it, and links the successor to its predecessor.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 40   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                            seriesNumber                               |    8
 *   +-----------------------------------------------------------------------+
 *   |                               lifeEnd                                 |   16
 *   +-----------------------------------------------------------------------+
 *   |                           knowledgeTime                               |   24
 *   +-----------------------------------------------------------------------+
 *   |                           linkedNumber                                |   32
 *   +-----------------------------------------------------------------------+   40
 * </pre>
 *
 * <p>{@code linkedNumber} is the number of the other series, {@link OperationDescriptor#MISSING} for none. The link is
 * valid once the END_SERIES record with it is logged.
 *
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
 */
public final class LifeEndOperation extends SeriesOperation<LifeEndOperation> {
    /** Offset of the end of life, in nanoseconds since the epoch: eight bytes. */
    public static final int LIFE_END_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the knowledge time of the end: eight bytes. */
    public static final int KNOWLEDGE_TIME_OFFSET = LIFE_END_OFFSET + Long.BYTES;

    /** Offset of the number of the other series: eight bytes. */
    public static final int LINKED_NUMBER_OFFSET = KNOWLEDGE_TIME_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = LINKED_NUMBER_OFFSET + Long.BYTES;

    /** Creates a flyweight; wrap it before use. */
    public LifeEndOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer        to write to.
     * @param offset        of the record in the buffer, in bytes.
     * @param type          {@link OperationDescriptor#END_SERIES} or {@link OperationDescriptor#FOLLOW_SERIES}.
     * @param seriesNumber  of the series that ends, or of the successor.
     * @param lifeEnd       the first instant after the life of the ending series.
     * @param knowledgeTime of the end.
     * @param linkedNumber  of the successor, or of the ending series; MISSING for none.
     * @return this.
     */
    public LifeEndOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int type,
            final long seriesNumber,
            final long lifeEnd,
            final long knowledgeTime,
            final long linkedNumber) {
        OperationDescriptor.putHeader(buffer, offset, type, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putLong(offset + LIFE_END_OFFSET, lifeEnd);
        buffer.putLong(offset + KNOWLEDGE_TIME_OFFSET, knowledgeTime);
        buffer.putLong(offset + LINKED_NUMBER_OFFSET, linkedNumber);
        return wrap(buffer, offset);
    }

    /**
     * Sets the flag that the knowledge time was stamped by the engine clock.
     *
     * @return this.
     */
    public LifeEndOperation stamped() {
        OperationDescriptor.putStamped(buffer, offset);
        return this;
    }

    /**
     * Returns true if the series ends; false if it follows another one.
     *
     * @return true for END_SERIES.
     */
    public boolean isEnd() {
        return OperationDescriptor.type(buffer, offset) == OperationDescriptor.END_SERIES;
    }

    /**
     * Returns the end of life.
     *
     * @return the first instant after the life.
     */
    public long lifeEnd() {
        return buffer.getLong(offset + LIFE_END_OFFSET);
    }

    /**
     * Returns the knowledge time of the end.
     *
     * @return the knowledge time.
     */
    public long knowledgeTime() {
        return buffer.getLong(offset + KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * Returns the number of the other series.
     *
     * @return the number, MISSING for none.
     */
    public long linkedNumber() {
        return buffer.getLong(offset + LINKED_NUMBER_OFFSET);
    }
}
