package io.tollgate.core.operation;

import org.agrona.MutableDirectBuffer;

/**
 * The life of a series ends, and perhaps another one follows it: the record of {@link OperationDescriptor#END_SERIES},
 * in the log of the series that ends, and of {@link OperationDescriptor#FOLLOW_SERIES}, before that, in the log of the
 * one that follows.
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
 * <p>{@code linkedNumber} is that of the other series, {@link OperationDescriptor#MISSING} for none. The link holds
 * once the END_SERIES that names it is logged.
 *
 * <p>A flyweight: it is wrapped over a record and allocates nothing. An instance belongs to one thread.
 */
public final class LifeEndOperation extends SeriesOperation<LifeEndOperation> {
    /** Offset of the end of life, in nanoseconds since the epoch: eight bytes. */
    public static final int LIFE_END_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the time at which it became known: eight bytes. */
    public static final int KNOWLEDGE_TIME_OFFSET = LIFE_END_OFFSET + Long.BYTES;

    /** Offset of the number of the other series: eight bytes. */
    public static final int LINKED_NUMBER_OFFSET = KNOWLEDGE_TIME_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = LINKED_NUMBER_OFFSET + Long.BYTES;

    /** Makes a flyweight that is not wrapped over anything yet. */
    public LifeEndOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer        to write to.
     * @param offset        of the record in the buffer, in bytes.
     * @param type          {@link OperationDescriptor#END_SERIES} or {@link OperationDescriptor#FOLLOW_SERIES}.
     * @param seriesNumber  of the series that ends, or follows.
     * @param lifeEnd       the first instant behind the life of the one that ends.
     * @param knowledgeTime when that became known.
     * @param linkedNumber  of the series that follows, or ends; MISSING for none.
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
     * Says that the knowledge time was not given, but is that of the engine clock.
     *
     * @return this.
     */
    public LifeEndOperation stamped() {
        OperationDescriptor.putStamped(buffer, offset);
        return this;
    }

    /**
     * Whether the life of the series ends; else it follows another one.
     *
     * @return true for END_SERIES.
     */
    public boolean isEnd() {
        return OperationDescriptor.type(buffer, offset) == OperationDescriptor.END_SERIES;
    }

    /**
     * The end of life.
     *
     * @return the first instant behind it.
     */
    public long lifeEnd() {
        return buffer.getLong(offset + LIFE_END_OFFSET);
    }

    /**
     * When the end became known.
     *
     * @return the knowledge time.
     */
    public long knowledgeTime() {
        return buffer.getLong(offset + KNOWLEDGE_TIME_OFFSET);
    }

    /**
     * The number of the other series.
     *
     * @return the number, MISSING for none.
     */
    public long linkedNumber() {
        return buffer.getLong(offset + LINKED_NUMBER_OFFSET);
    }
}
