package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

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
 * <p>{@code windowType}, {@code closed} and {@code moments} are codes; {@code lengthNs} and {@code anchor} mean what
 * the window's type makes of them. A {@code windowType} of 0 is no window: it says which moments the summaries of the
 * series keep.
 *
 * <p>A flyweight: it is wrapped over a record and allocates nothing. An instance belongs to one thread.
 */
public final class WindowDefinitionOperation {
    /** Offset of the series number: eight bytes. */
    public static final int SERIES_NUMBER_OFFSET = HEADER_LENGTH;

    /** Offset of the code of the window's type: one byte. */
    public static final int WINDOW_TYPE_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the code of the ends the window includes: one byte. */
    public static final int CLOSED_OFFSET = WINDOW_TYPE_OFFSET + Byte.BYTES;

    /** Offset of the moments the window keeps: two bytes. */
    public static final int MOMENTS_OFFSET = CLOSED_OFFSET + Byte.BYTES;

    /** Offset of the window's length, in nanoseconds: eight bytes. */
    public static final int LENGTH_NS_OFFSET = WINDOW_TYPE_OFFSET + Long.BYTES;

    /** Offset of the window's anchor: eight bytes. */
    public static final int ANCHOR_OFFSET = LENGTH_NS_OFFSET + Long.BYTES;

    /** Length of the record in bytes. */
    public static final int LENGTH = ANCHOR_OFFSET + Long.BYTES;

    private MutableDirectBuffer buffer;
    private int offset;

    /** Makes a flyweight that is not wrapped over anything yet. */
    public WindowDefinitionOperation() {}

    /**
     * Wraps this flyweight over an existing record. Nothing is checked: the type and length are the caller's to check.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return this.
     */
    public WindowDefinitionOperation wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param seriesNumber of the series the window is over.
     * @param windowType code of the window's type, 0 to 255.
     * @param closed code of the ends the window includes, 0 to 255.
     * @param moments the window keeps, 0 to 65535.
     * @param lengthNs of the window, as its type understands it.
     * @param anchor of the window, as its type understands it.
     * @return this.
     */
    public WindowDefinitionOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final long seriesNumber,
            final int windowType,
            final int closed,
            final int moments,
            final long lengthNs,
            final long anchor) {
        OperationDescriptor.putHeader(
                buffer, offset, OperationDescriptor.DEFINE_WINDOW, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putLong(offset + WINDOW_TYPE_OFFSET, 0L);
        buffer.putByte(offset + WINDOW_TYPE_OFFSET, (byte) windowType);
        buffer.putByte(offset + CLOSED_OFFSET, (byte) closed);
        buffer.putShort(offset + MOMENTS_OFFSET, (short) moments);
        buffer.putLong(offset + LENGTH_NS_OFFSET, lengthNs);
        buffer.putLong(offset + ANCHOR_OFFSET, anchor);
        return wrap(buffer, offset);
    }

    /**
     * The series the window is over.
     *
     * @return the series number.
     */
    public long seriesNumber() {
        return buffer.getLong(offset + SERIES_NUMBER_OFFSET);
    }

    /**
     * The type of the window.
     *
     * @return the code, 0 to 255.
     */
    public int windowType() {
        return buffer.getByte(offset + WINDOW_TYPE_OFFSET) & 0xFF;
    }

    /**
     * Which ends the window includes.
     *
     * @return the code, 0 to 255.
     */
    public int closed() {
        return buffer.getByte(offset + CLOSED_OFFSET) & 0xFF;
    }

    /**
     * The moments the window keeps.
     *
     * @return 0 to 65535.
     */
    public int moments() {
        return buffer.getShort(offset + MOMENTS_OFFSET) & 0xFFFF;
    }

    /**
     * The length of the window.
     *
     * @return nanoseconds, or what the window's type makes of it.
     */
    public long lengthNs() {
        return buffer.getLong(offset + LENGTH_NS_OFFSET);
    }

    /**
     * The anchor of the window.
     *
     * @return an instant in nanoseconds since the epoch, or what the window's type makes of it.
     */
    public long anchor() {
        return buffer.getLong(offset + ANCHOR_OFFSET);
    }
}
