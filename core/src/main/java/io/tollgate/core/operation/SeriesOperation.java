package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

/**
 * A flyweight for a record about one series. The series number is its first field.
 *
 * @param <T> its own type.
 */
public abstract class SeriesOperation<T extends SeriesOperation<T>> extends OperationFlyweight<T> {
    /** Offset of the series number: eight bytes. */
    public static final int SERIES_NUMBER_OFFSET = HEADER_LENGTH;

    SeriesOperation() {}

    /**
     * Returns the number of the series.
     *
     * @return the number, which is not checked.
     */
    public long seriesNumber() {
        return buffer.getLong(offset + SERIES_NUMBER_OFFSET);
    }

    /**
     * Returns true if the knowledge time of the record was stamped by the engine clock.
     *
     * @return false if it was given, or is missing.
     */
    public boolean isStamped() {
        return buffer.getByte(offset + OperationDescriptor.FLAGS_OFFSET) == OperationDescriptor.STAMPED;
    }
}
