package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The registration of windows for all present and future series whose key matches a pattern: the record of {@link
 * OperationDescriptor#REGISTER_WINDOWS}.
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
 * <p>The first {@code moments} field contains the moments kept in the summaries of the series. The fields of a window
 * are those of {@link WindowDefinitionOperation}.
 *
 * <p>A flyweight; only the pattern allocates. An instance belongs to one thread.
 */
public final class WindowRegistrationOperation extends OperationFlyweight<WindowRegistrationOperation> {
    /** Offset of the moments in summaries: two bytes. */
    public static final int MOMENTS_OFFSET = HEADER_LENGTH;

    /** Offset of the number of windows: two bytes. */
    public static final int WINDOW_COUNT_OFFSET = MOMENTS_OFFSET + Short.BYTES;

    /** Offset of the length of the pattern in bytes: two bytes. */
    public static final int PATTERN_LENGTH_OFFSET = WINDOW_COUNT_OFFSET + Short.BYTES;

    /** Offset of the first window. */
    public static final int WINDOWS_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Length of the codes of a window in bytes. */
    public static final int WINDOW_LENGTH = 24;

    /** The longest pattern, in bytes of UTF-8. */
    public static final int MAX_PATTERN_LENGTH = SeriesDefinitionOperation.MAX_KEY_LENGTH;

    /** Creates a flyweight; wrap it before use. */
    public WindowRegistrationOperation() {}

    /**
     * Returns the length of the longest record.
     *
     * @param windowCount number of windows.
     * @return bytes.
     */
    public static int maxLength(final int windowCount) {
        return WINDOWS_OFFSET + windowCount * WINDOW_LENGTH + MAX_PATTERN_LENGTH;
    }

    /**
     * Writes a whole record, and wraps this flyweight over it. The codes of the windows are zero; the caller puts them
     * afterwards.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param moments kept in summaries, 0 to 65535.
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
     * Returns the moments in the summaries of the series.
     *
     * @return 0 to 65535.
     */
    public int moments() {
        return buffer.getShort(offset + MOMENTS_OFFSET) & 0xFFFF;
    }

    /**
     * Returns the number of windows.
     *
     * @return 0 and up.
     */
    public int windowCount() {
        return windowCount(buffer, offset);
    }

    /**
     * Returns the pattern of the keys; allocates.
     *
     * @return the pattern.
     */
    public String pattern() {
        return text(windowOffset(windowCount()) - offset, patternLength(buffer, offset));
    }

    /** Returns true if the windows and the pattern fit into a record of this length. */
    static boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
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

    /**
     * Returns the offset of the codes of a window.
     *
     * @param index of the window, 0 and up.
     * @return the offset in the buffer.
     */
    public int windowOffset(final int index) {
        return offset + WINDOWS_OFFSET + index * WINDOW_LENGTH;
    }
}
