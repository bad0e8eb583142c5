package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The registration of windows over all series whose key fits a pattern, those to come included: the record of
 * {@link OperationDescriptor#REGISTER_WINDOWS}.
 *
 * <pre>
 *   0        1        2                 4                 6                 8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |     length      |              batchId              |    0
 *   +--------+--------+-----------------+-----------------+-----------------+
 *   |     moments     |   windowCount   |  patternLength  | reserved: zero  |    8
 *   +========+========+=================+=================+=================+
 *   | window | closed |     moments     |          reserved: zero           |   16   one window,
 *   |  Type  |        |                 |                                   |        24 bytes
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                               lengthNs                                |   24
 *   +-----------------------------------------------------------------------+
 *   |                                anchor                                 |   32
 *   +=======================================================================+
 *   |  pattern: 1 to 128 bytes of UTF-8, zero up to a multiple of 8 bytes   |   16 + 24 x windowCount
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>The first {@code moments} are those that the summaries of the series keep. The fields of a window are those of
 * {@link WindowDefinitionOperation}.
 *
 * <p>A flyweight: it is wrapped over a record; only the pattern allocates. An instance belongs to one thread.
 */
public final class WindowRegistrationOperation {
    /** Offset of the moments that summaries keep: two bytes. */
    public static final int MOMENTS_OFFSET = HEADER_LENGTH;

    /** Offset of the number of windows: two bytes. */
    public static final int WINDOW_COUNT_OFFSET = MOMENTS_OFFSET + Short.BYTES;

    /** Offset of the length of the pattern in bytes: two bytes. */
    public static final int PATTERN_LENGTH_OFFSET = WINDOW_COUNT_OFFSET + Short.BYTES;

    /** Offset of the first window. */
    public static final int WINDOWS_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Offset of the code of the type within a window: one byte. */
    public static final int WINDOW_TYPE_OFFSET = 0;

    /** Offset of the code of the ends included within a window: one byte. */
    public static final int WINDOW_CLOSED_OFFSET = 1;

    /** Offset of the moments that the state keeps within a window: two bytes. */
    public static final int WINDOW_MOMENTS_OFFSET = 2;

    /** Offset of the length within a window: eight bytes. */
    public static final int WINDOW_LENGTH_NS_OFFSET = 8;

    /** Offset of the anchor within a window: eight bytes. */
    public static final int WINDOW_ANCHOR_OFFSET = 16;

    /** Length of a window in bytes. */
    public static final int WINDOW_LENGTH = 24;

    /** The longest pattern, in bytes of UTF-8. */
    public static final int MAX_PATTERN_LENGTH = SeriesDefinitionOperation.MAX_KEY_LENGTH;

    private MutableDirectBuffer buffer;
    private int offset;

    /** Makes a flyweight that is not wrapped over anything yet. */
    public WindowRegistrationOperation() {}

    /**
     * The length of the longest record.
     *
     * @param windowCount number of windows.
     * @return bytes.
     */
    public static int maxLength(final int windowCount) {
        return WINDOWS_OFFSET + windowCount * WINDOW_LENGTH + MAX_PATTERN_LENGTH;
    }

    /**
     * Wraps this flyweight over an existing record. Nothing is checked: the type and length are the caller's to check.
     *
     * @param buffer that holds the record.
     * @param offset of the record in the buffer, in bytes.
     * @return this.
     */
    public WindowRegistrationOperation wrap(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /**
     * Writes a whole record, and wraps this flyweight over it. All windows are zero until they are set.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param moments that summaries keep, 0 to 65535.
     * @param windowCount number of windows, 0 to 2,000.
     * @param pattern of the keys: 1 to {@value #MAX_PATTERN_LENGTH} bytes of UTF-8.
     * @return this.
     * @throws IllegalArgumentException if the pattern is empty or too long.
     */
    public WindowRegistrationOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int moments,
            final int windowCount,
            final String pattern) {
        final byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_PATTERN_LENGTH) {
            throw new IllegalArgumentException("pattern=" + pattern + " has " + bytes.length
                    + " bytes of UTF-8, expected 1 to " + MAX_PATTERN_LENGTH);
        }
        final int patternOffset = WINDOWS_OFFSET + windowCount * WINDOW_LENGTH;
        final int length = BitUtil.align(patternOffset + bytes.length, OperationDescriptor.ALIGNMENT);
        buffer.setMemory(offset, length, (byte) 0);
        OperationDescriptor.putHeader(
                buffer, offset, OperationDescriptor.REGISTER_WINDOWS, length, OperationDescriptor.NO_BATCH);
        buffer.putShort(offset + MOMENTS_OFFSET, (short) moments);
        buffer.putShort(offset + WINDOW_COUNT_OFFSET, (short) windowCount);
        buffer.putShort(offset + PATTERN_LENGTH_OFFSET, (short) bytes.length);
        buffer.putBytes(offset + patternOffset, bytes);
        return wrap(buffer, offset);
    }

    /**
     * Sets a window.
     *
     * @param index of the window, 0 and up.
     * @param windowType code of its type, 0 to 255.
     * @param closed code of the ends it includes, 0 to 255.
     * @param moments its state keeps, 0 to 65535.
     * @param lengthNs as its type understands it.
     * @param anchor as its type understands it.
     * @return this.
     */
    public WindowRegistrationOperation window(
            final int index,
            final int windowType,
            final int closed,
            final int moments,
            final long lengthNs,
            final long anchor) {
        final int window = windowOffset(index);
        buffer.putByte(window + WINDOW_TYPE_OFFSET, (byte) windowType);
        buffer.putByte(window + WINDOW_CLOSED_OFFSET, (byte) closed);
        buffer.putShort(window + WINDOW_MOMENTS_OFFSET, (short) moments);
        buffer.putLong(window + WINDOW_LENGTH_NS_OFFSET, lengthNs);
        buffer.putLong(window + WINDOW_ANCHOR_OFFSET, anchor);
        return this;
    }

    /**
     * The moments that summaries of the series keep.
     *
     * @return 0 to 65535.
     */
    public int moments() {
        return buffer.getShort(offset + MOMENTS_OFFSET) & 0xFFFF;
    }

    /**
     * The number of windows.
     *
     * @return 0 and up.
     */
    public int windowCount() {
        return windowCount(buffer, offset);
    }

    /**
     * The type of a window.
     *
     * @param index of the window.
     * @return the code, 0 to 255.
     */
    public int windowType(final int index) {
        return buffer.getByte(windowOffset(index) + WINDOW_TYPE_OFFSET) & 0xFF;
    }

    /**
     * Which ends a window includes.
     *
     * @param index of the window.
     * @return the code, 0 to 255.
     */
    public int windowClosed(final int index) {
        return buffer.getByte(windowOffset(index) + WINDOW_CLOSED_OFFSET) & 0xFF;
    }

    /**
     * The moments that the state of a window keeps.
     *
     * @param index of the window.
     * @return 0 to 65535.
     */
    public int windowMoments(final int index) {
        return buffer.getShort(windowOffset(index) + WINDOW_MOMENTS_OFFSET) & 0xFFFF;
    }

    /**
     * The length of a window.
     *
     * @param index of the window.
     * @return nanoseconds, or what the window's type makes of it.
     */
    public long windowLengthNs(final int index) {
        return buffer.getLong(windowOffset(index) + WINDOW_LENGTH_NS_OFFSET);
    }

    /**
     * The anchor of a window.
     *
     * @param index of the window.
     * @return an instant in nanoseconds since the epoch, or what the window's type makes of it.
     */
    public long windowAnchor(final int index) {
        return buffer.getLong(windowOffset(index) + WINDOW_ANCHOR_OFFSET);
    }

    /**
     * The pattern of the keys; allocates.
     *
     * @return the pattern.
     */
    public String pattern() {
        final byte[] bytes = new byte[patternLength(buffer, offset)];
        buffer.getBytes(windowOffset(windowCount()), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether a record of a length has room for its windows, and for a pattern as long as it says. */
    static boolean isWhole(final DirectBuffer buffer, final int offset, final int length) {
        return length >= WINDOWS_OFFSET
                && windowCount(buffer, offset) * WINDOW_LENGTH + patternLength(buffer, offset)
                        <= length - WINDOWS_OFFSET;
    }

    private static int windowCount(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + WINDOW_COUNT_OFFSET) & 0xFFFF;
    }

    private static int patternLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + PATTERN_LENGTH_OFFSET) & 0xFFFF;
    }

    private int windowOffset(final int index) {
        return offset + WINDOWS_OFFSET + index * WINDOW_LENGTH;
    }
}
