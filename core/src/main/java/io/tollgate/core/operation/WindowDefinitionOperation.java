package io.tollgate.core.operation;

import org.agrona.MutableDirectBuffer;

/**
 * The registration of a window over a series: the record of {@link OperationDescriptor#DEFINE_WINDOW}.
 *
 * <pre>
 *   0        1        2                 4                                   8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |   length = 40   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                             seriesNumber                              |    8
 *   +--------+--------+-----------------+-----------------------------------+
 *   | window | closed |     moments     |          reserved: zero           |   16
 *   |  Type  |        |                 |                                   |
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                              lengthNs                                 |   24
 *   +-----------------------------------------------------------------------+
 *   |                               anchor                                  |   32
 *   +-----------------------------------------------------------------------+   40
 * </pre>
 *
 * <p>{@code windowType}, {@code closed} and {@code moments} are codes. The meaning of {@code lengthNs} and {@code
 * anchor} depends on the window type. A {@code windowType} of 0 is not a window: the record then sets the moments in
 * the summaries of the series.
 *
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
 */
public final class WindowDefinitionOperation extends SeriesOperation<WindowDefinitionOperation> {
    /** Offset of the codes of the window: 24 bytes. */
    public static final int WINDOW_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the moments in summaries, within the codes of a window: two bytes. */
    private static final int MOMENTS_OFFSET = 2;

    /** Length of the record in bytes. */
    public static final int LENGTH = WINDOW_OFFSET + WindowRegistrationOperation.WINDOW_LENGTH;

    /** Creates a flyweight; wrap it before use. */
    public WindowDefinitionOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it. The record sets the moments
     * in the summaries of the series, unless the codes of a window are put in their place.
     *
     * @param buffer       to write to.
     * @param offset       of the record in the buffer, in bytes.
     * @param seriesNumber of the series the window is over.
     * @param moments      kept in summaries, 0 to 65535.
     * @return this.
     */
    public WindowDefinitionOperation encode(
            final MutableDirectBuffer buffer, final int offset, final long seriesNumber, final int moments) {
        OperationDescriptor.putHeader(
                buffer, offset, OperationDescriptor.DEFINE_WINDOW, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.setMemory(offset + WINDOW_OFFSET, LENGTH - WINDOW_OFFSET, (byte) 0);
        buffer.putShort(offset + WINDOW_OFFSET + MOMENTS_OFFSET, (short) moments);
        return wrap(buffer, offset);
    }

    /** {@return true if the record is a window; false if it sets the moments in the summaries of the series} */
    public boolean isOfWindow() {
        return buffer.getByte(windowOffset()) != 0;
    }

    /** {@return the offset in the buffer of the codes of the window} */
    public int windowOffset() {
        return offset + WINDOW_OFFSET;
    }
}
