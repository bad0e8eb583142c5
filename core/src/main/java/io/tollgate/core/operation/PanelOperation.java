package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Panel watches begin or end, or a watch changes state: the record of {@link OperationDescriptor#PANEL}.
 *
 * <pre>
 *   0        1        2        3        4        5        6        7        8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |     length      |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   | action | watch  |   nameLength    |            bodyLength             |    8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  start of BEGIN, else zero                                            |   16
 *   +-----------------------------------------------------------------------+
 *   |  name: UTF-8; body; zero up to a multiple of 8 bytes                  |   24
 *   +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>The body of {@link #BEGIN} is the text of the watches in UTF-8, and {@code watch} is their number. The body of
 * {@link #STATE} is the state of the watch with index {@code watch}. {@link #END} has no body.
 *
 * <p>A flyweight; only texts allocate. An instance belongs to one thread.
 */
public final class PanelOperation extends OperationFlyweight<PanelOperation> {
    /** Watches begin. */
    public static final int BEGIN = 1;

    /** The state of a watch has changed. */
    public static final int STATE = 2;

    /** Watches end. */
    public static final int END = 3;

    /** The longest text, in bytes of UTF-8. */
    public static final int MAX_BODY_LENGTH = 1 << 14;

    /** Offset of the action: one byte. */
    public static final int ACTION_OFFSET = HEADER_LENGTH;

    /** Offset of the index of the watch, or the number of watches: one byte. */
    public static final int WATCH_OFFSET = ACTION_OFFSET + 1;

    /** Offset of the length of the name in bytes: two bytes. */
    public static final int NAME_LENGTH_OFFSET = WATCH_OFFSET + 1;

    /** Offset of the length of the body in bytes: four bytes. */
    public static final int BODY_LENGTH_OFFSET = NAME_LENGTH_OFFSET + 2;

    /** Offset of the start time of the watches: eight bytes. */
    public static final int START_OFFSET = HEADER_LENGTH + Long.BYTES;

    /** Offset of the name. */
    public static final int NAME_OFFSET = START_OFFSET + Long.BYTES;

    private String knownName = "";
    private byte[] knownBytes = new byte[0];

    /** Creates a flyweight; wrap it before use. */
    public PanelOperation() {}

    /**
     * Writes a whole record, and wraps this flyweight over it.
     *
     * @param buffer     to write to.
     * @param offset     of the record in the buffer, in bytes.
     * @param action     one of the constants of this class.
     * @param watch      index of the watch, or the number of watches.
     * @param startNs    the start time of the watches for BEGIN, else 0.
     * @param name       of the watches.
     * @param body       of the record.
     * @param bodyLength length of the body in bytes.
     * @return this.
     * @throws IllegalArgumentException if the body is too long.
     */
    public PanelOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final int action,
            final int watch,
            final long startNs,
            final String name,
            final byte[] body,
            final int bodyLength) {
        if (bodyLength > MAX_BODY_LENGTH) {
            throw new IllegalArgumentException("subscription=" + name + " has " + bodyLength
                    + " bytes of UTF-8, expected at most " + MAX_BODY_LENGTH + ": watch less");
        }
        if (!name.equals(knownName)) {
            know(name, name.getBytes(StandardCharsets.UTF_8));
        }
        final byte[] nameBytes = knownBytes;
        final int length = length(nameBytes.length, bodyLength);
        buffer.setMemory(offset, length, (byte) 0);
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.PANEL, length, OperationDescriptor.NO_BATCH);
        buffer.putByte(offset + ACTION_OFFSET, (byte) action);
        buffer.putByte(offset + WATCH_OFFSET, (byte) watch);
        buffer.putShort(offset + NAME_LENGTH_OFFSET, (short) nameBytes.length);
        buffer.putInt(offset + BODY_LENGTH_OFFSET, bodyLength);
        buffer.putLong(offset + START_OFFSET, startNs);
        buffer.putBytes(offset + NAME_OFFSET, nameBytes);
        buffer.putBytes(offset + NAME_OFFSET + nameBytes.length, body, 0, bodyLength);
        return wrap(buffer, offset);
    }

    /**
     * Returns the length of a record.
     *
     * @param name       of the watches.
     * @param bodyLength in bytes.
     * @return bytes.
     */
    public static int lengthOf(final String name, final int bodyLength) {
        return length(name.getBytes(StandardCharsets.UTF_8).length, bodyLength);
    }

    private static int length(final int nameLength, final int bodyLength) {
        return BitUtil.align(NAME_OFFSET + nameLength + bodyLength, OperationDescriptor.ALIGNMENT);
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
     * Returns the index of the watch.
     *
     * @return the index, 0 for END.
     */
    public int watch() {
        return buffer.getByte(offset + WATCH_OFFSET) & 0xFF;
    }

    /**
     * Returns the number of watches that begin.
     *
     * @return their number.
     */
    public int watchCount() {
        return watch();
    }

    /**
     * Returns the start time of the watches.
     *
     * @return nanoseconds since the epoch.
     */
    public long startNs() {
        return buffer.getLong(offset + START_OFFSET);
    }

    /**
     * Returns the name of the watches; allocates.
     *
     * @return the name.
     */
    public String name() {
        if (!isKnown()) {
            final byte[] bytes = new byte[nameLength()];
            buffer.getBytes(offset + NAME_OFFSET, bytes);
            know(new String(bytes, StandardCharsets.UTF_8), bytes);
        }
        return knownName;
    }

    /** Caches a name, because the next record usually has the same one. */
    private void know(final String name, final byte[] bytes) {
        knownName = name;
        knownBytes = bytes;
    }

    private boolean isKnown() {
        boolean isKnown = knownBytes.length == nameLength();
        for (int i = 0; isKnown && i < knownBytes.length; i++) {
            isKnown = knownBytes[i] == buffer.getByte(offset + NAME_OFFSET + i);
        }
        return isKnown;
    }

    private int nameLength() {
        return nameLength(buffer, offset);
    }

    private static int nameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + NAME_LENGTH_OFFSET) & 0xFFFF;
    }

    private static int bodyLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + BODY_LENGTH_OFFSET);
    }

    /** Returns true if the name and the body fit into a record of this length. */
    static boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        return length >= NAME_OFFSET
                && bodyLength(buffer, offset) >= 0
                && bodyLength(buffer, offset) <= length - NAME_OFFSET - nameLength(buffer, offset);
    }

    /**
     * Returns the text of the watches; allocates.
     *
     * @return the text.
     */
    public String text() {
        return text(NAME_OFFSET + nameLength(), bodyLength(buffer, offset));
    }

    /**
     * Copies the state of a watch.
     *
     * @param target receives as many bytes as fit.
     * @return the length.
     */
    public int state(final byte[] target) {
        final int length = Math.min(target.length, bodyLength(buffer, offset));
        buffer.getBytes(offset + NAME_OFFSET + nameLength(), target, 0, length);
        return length;
    }
}
