package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A subscription begins or ends: the record of {@link OperationDescriptor#WATCH}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |     length      |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   | action |version |   textLength    |          reserved: zero           |    8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  text: UTF-8, zero up to a multiple of 8 bytes                        |   16
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>The text of {@link #BEGIN} is the whole subscription, line by line; the text of {@link #END} is its name.
 *
 * <p>A flyweight; only the text allocates. An instance belongs to one thread.
 */
public final class WatchOperation extends OperationFlyweight<WatchOperation> {
    /** A subscription begins. */
    public static final int BEGIN = 1;

    /** A subscription ends. */
    public static final int END = 2;

    /** The version of the text that this code writes. */
    public static final int TEXT_VERSION = 1;

    /** Offset of the action: one byte. */
    public static final int ACTION_OFFSET = HEADER_LENGTH;

    /** Offset of the version of the text: one byte. */
    public static final int VERSION_OFFSET = ACTION_OFFSET + 1;

    /** Offset of the length of the text in bytes: two bytes. */
    public static final int TEXT_LENGTH_OFFSET = VERSION_OFFSET + 1;

    /** Offset of the text. */
    public static final int TEXT_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** The longest text, in bytes of UTF-8. */
    public static final int MAX_TEXT_LENGTH = 1 << 15;

    /** The longest record, in bytes. */
    public static final int MAX_LENGTH = TEXT_OFFSET + MAX_TEXT_LENGTH;

    /** Creates a flyweight; wrap it before use. */
    public WatchOperation() {}

    /**
     * Returns the length of a record.
     *
     * @param text of the subscription.
     * @return bytes; more than {@link #MAX_LENGTH} if the text is too long.
     */
    public static int lengthOf(final String text) {
        return lengthOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int lengthOf(final byte[] text) {
        return BitUtil.align(TEXT_OFFSET + text.length, OperationDescriptor.ALIGNMENT);
    }

    /**
     * Writes a whole record, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param action {@link #BEGIN} or {@link #END}.
     * @param text   of the subscription.
     * @return this.
     * @throws IllegalArgumentException if the text is too long.
     */
    public WatchOperation encode(
            final MutableDirectBuffer buffer, final int offset, final int action, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("subscription has " + bytes.length + " bytes of UTF-8, expected at most "
                    + MAX_TEXT_LENGTH + ": follow fewer metrics");
        }
        final int length = lengthOf(bytes);
        buffer.setMemory(offset, length, (byte) 0);
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.WATCH, length, OperationDescriptor.NO_BATCH);
        buffer.putByte(offset + ACTION_OFFSET, (byte) action);
        buffer.putByte(offset + VERSION_OFFSET, (byte) TEXT_VERSION);
        buffer.putShort(offset + TEXT_LENGTH_OFFSET, (short) bytes.length);
        buffer.putBytes(offset + TEXT_OFFSET, bytes);
        return wrap(buffer, offset);
    }

    /**
     * Returns the action.
     *
     * @return {@link #BEGIN} or {@link #END}.
     */
    public int action() {
        return buffer.getByte(offset + ACTION_OFFSET);
    }

    /** Returns true if the text fits into a record of this length. Other text versions are not checked. */
    static boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        return length >= TEXT_OFFSET
                && (buffer.getByte(offset + VERSION_OFFSET) != TEXT_VERSION
                        || textLength(buffer, offset) <= length - TEXT_OFFSET);
    }

    private static int textLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TEXT_LENGTH_OFFSET) & 0xFFFF;
    }

    /**
     * Returns the text; allocates.
     *
     * @return the subscription, or its name.
     */
    public String text() {
        return text(TEXT_OFFSET, textLength(buffer, offset));
    }
}
