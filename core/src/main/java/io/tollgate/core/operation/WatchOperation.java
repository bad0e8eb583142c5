package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A subscription begins, ends, or continues with the state of an image: the record of
 * {@link OperationDescriptor#WATCH}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |     length      |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   | action |version |   textLength    |            stateLength            |    8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  lastNumber of RESUME, seriesNumber of FOLLOW, else zero              |   16
 *   +-----------------------------------------------------------------------+
 *   |  text: UTF-8; state; zero up to a multiple of 8 bytes                 |   24
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>The text of {@link #BEGIN} and {@link #RESUME} is the whole subscription, line by line; else it is the name. Only
 * {@link #FOLLOW} has a state.
 *
 * <p>A flyweight; only the text allocates. An instance belongs to one thread.
 */
public final class WatchOperation extends OperationFlyweight<WatchOperation> {
    /** A subscription begins. */
    public static final int BEGIN = 1;

    /** A subscription ends. */
    public static final int END = 2;

    /** A subscription begins that another engine has had. It follows no series until {@link #FOLLOW}. */
    public static final int RESUME = 3;

    /** A resumed subscription follows a series from a state on, or from now on if the state is empty. */
    public static final int FOLLOW = 4;

    /** The version of the text that this code writes. */
    public static final int TEXT_VERSION = 1;

    /** Offset of the action: one byte. */
    public static final int ACTION_OFFSET = HEADER_LENGTH;

    /** Offset of the version of the text: one byte. */
    public static final int VERSION_OFFSET = ACTION_OFFSET + 1;

    /** Offset of the length of the text in bytes: two bytes. */
    public static final int TEXT_LENGTH_OFFSET = VERSION_OFFSET + 1;

    /** Offset of the length of the state in bytes: four bytes. */
    public static final int STATE_LENGTH_OFFSET = TEXT_LENGTH_OFFSET + 2;

    /** Offset of the number: eight bytes. */
    public static final int NUMBER_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Offset of the text. */
    public static final int TEXT_OFFSET = NUMBER_OFFSET + Long.BYTES;

    /** The longest text, in bytes of UTF-8. */
    public static final int MAX_TEXT_LENGTH = 1 << 15;

    /** The longest state, in bytes. */
    public static final int MAX_STATE_LENGTH = 40_000;

    /** The longest record, in bytes: one with a state and a name. */
    public static final int MAX_LENGTH = TEXT_OFFSET + MAX_STATE_LENGTH + 64;

    private static final byte[] NO_STATE = {};

    /** Creates a flyweight; wrap it before use. */
    public WatchOperation() {}

    /**
     * Returns the length of a record.
     *
     * @param text of the subscription.
     * @return bytes; more than {@link #MAX_LENGTH} if the text is too long.
     */
    public static int lengthOf(final String text) {
        return lengthOf(text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static int lengthOf(final int textAndStateLength) {
        return BitUtil.align(TEXT_OFFSET + textAndStateLength, OperationDescriptor.ALIGNMENT);
    }

    /**
     * Writes a whole record without a number and a state, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param action one of the constants of this class.
     * @param text   of the subscription.
     * @return this.
     * @throws IllegalArgumentException if the text is too long.
     */
    public WatchOperation encode(
            final MutableDirectBuffer buffer, final int offset, final int action, final String text) {
        return encode(buffer, offset, action, text, 0, NO_STATE);
    }

    /**
     * Writes a whole record, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param action one of the constants of this class.
     * @param text   of the subscription.
     * @param number the last number of RESUME, the series number of FOLLOW.
     * @param state  of FOLLOW, at most {@value #MAX_STATE_LENGTH} bytes.
     * @return this.
     * @throws IllegalArgumentException if the text is too long.
     */
    public WatchOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int action,
            final String text,
            final long number,
            final byte[] state) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("subscription has " + bytes.length + " bytes of UTF-8, expected at most "
                    + MAX_TEXT_LENGTH + ": follow fewer metrics");
        }
        final int length = lengthOf(bytes.length + state.length);
        buffer.setMemory(offset, length, (byte) 0);
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.WATCH, length, OperationDescriptor.NO_BATCH);
        buffer.putByte(offset + ACTION_OFFSET, (byte) action);
        buffer.putByte(offset + VERSION_OFFSET, (byte) TEXT_VERSION);
        buffer.putShort(offset + TEXT_LENGTH_OFFSET, (short) bytes.length);
        buffer.putInt(offset + STATE_LENGTH_OFFSET, state.length);
        buffer.putLong(offset + NUMBER_OFFSET, number);
        buffer.putBytes(offset + TEXT_OFFSET, bytes);
        buffer.putBytes(offset + TEXT_OFFSET + bytes.length, state);
        return wrap(buffer, offset);
    }

    /**
     * Returns the action.
     *
     * @return one of the constants of this class.
     */
    public int action() {
        return buffer.getByte(offset + ACTION_OFFSET);
    }

    /**
     * Returns the number.
     *
     * @return the last number of RESUME, the series number of FOLLOW.
     */
    public long number() {
        return buffer.getLong(offset + NUMBER_OFFSET);
    }

    /**
     * Returns the state; allocates.
     *
     * @return its bytes.
     */
    public byte[] state() {
        final byte[] state = new byte[stateLength(buffer, offset)];
        buffer.getBytes(offset + TEXT_OFFSET + textLength(buffer, offset), state);
        return state;
    }

    /** Returns true if text and state fit into a record of this length. Other text versions are not checked. */
    static boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        return length >= TEXT_OFFSET
                && (buffer.getByte(offset + VERSION_OFFSET) != TEXT_VERSION
                        || stateLength(buffer, offset) >= 0
                                && stateLength(buffer, offset) <= length - TEXT_OFFSET - textLength(buffer, offset));
    }

    private static int stateLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + STATE_LENGTH_OFFSET);
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
