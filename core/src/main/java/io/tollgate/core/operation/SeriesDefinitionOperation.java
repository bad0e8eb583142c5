package io.tollgate.core.operation;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The definition of a series: the record of {@link OperationDescriptor#DEFINE_SERIES}.
 *
 * <pre>
 *   0        1        2        3        4        5                          8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  | flags  |     length      |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                             seriesNumber                              |    8
 *   +--------+--------+--------+--------+--------+--------------------------+
 *   |  kind  |  zero  | scale  | dupli- |openEnd |      reserved: zero      |   16
 *   |        |        |        | cates  |        |                          |
 *   +--------+--------+--------+--------+--------+--------------------------+
 *   |                             heartbeatNs                               |   24
 *   +-----------------------------------------------------------------------+
 *   |                              lifeStart                                |   32
 *   +-----------------------------------------------------------------------+
 *   |                             periodCode                                |   40
 *   +--------+--------------------------------------------------------------+
 *   | length |  unit name: 0 to 16 bytes of UTF-8, zero up to 24 bytes      |   48
 *   +--------+--------+-----------------------------------------------------+
 *   |   key length    |  key: 1 to 128 bytes of UTF-8,                      |   72
 *   |                 |  zero up to a multiple of 8 bytes                   |
 *   +-----------------+-----------------------------------------------------+   80 to 208
 * </pre>
 *
 * <p>{@code kind}, {@code duplicates}, {@code openEnd} and {@code periodCode} are codes; a
 * {@code heartbeatNs} or {@code periodCode} of 0 is none, a {@code lifeStart} of {@link OperationDescriptor#MISSING} is
 * none.
 *
 * <p>A flyweight; only the names allocate. An instance belongs to one thread.
 */
public final class SeriesDefinitionOperation extends SeriesOperation<SeriesDefinitionOperation> {
    /** Offset of the code of the kind: one byte. */
    public static final int KIND_OFFSET = SERIES_NUMBER_OFFSET + Long.BYTES;

    /** Offset of the scale: one byte. */
    public static final int SCALE_OFFSET = KIND_OFFSET + 2 * Byte.BYTES;

    /** Offset of the code of the duplicate policy: one byte. */
    public static final int DUPLICATE_POLICY_OFFSET = SCALE_OFFSET + Byte.BYTES;

    /** Offset of the code of the open end policy: one byte. */
    public static final int OPEN_END_OFFSET = DUPLICATE_POLICY_OFFSET + Byte.BYTES;

    /** Offset of the heartbeat in nanoseconds: eight bytes. */
    public static final int HEARTBEAT_NS_OFFSET = KIND_OFFSET + Long.BYTES;

    /** Offset of the start of the series' life in nanoseconds since the epoch: eight bytes. */
    public static final int LIFE_START_OFFSET = HEARTBEAT_NS_OFFSET + Long.BYTES;

    /** Offset of the code of the period: eight bytes. */
    public static final int PERIOD_CODE_OFFSET = LIFE_START_OFFSET + Long.BYTES;

    /** Offset of the length of the unit's name in bytes: one byte; the name follows. */
    public static final int UNIT_NAME_OFFSET = PERIOD_CODE_OFFSET + Long.BYTES;

    /** Length of the area of the unit's name in bytes, with its length byte and padding. */
    public static final int UNIT_NAME_AREA_LENGTH = 24;

    /** The longest name of a unit, in bytes of UTF-8. */
    public static final int MAX_UNIT_NAME_LENGTH = 16;

    /** Offset of the length of the key in bytes: two bytes; the key follows. */
    public static final int KEY_OFFSET = UNIT_NAME_OFFSET + UNIT_NAME_AREA_LENGTH;

    /** The longest key, in bytes of UTF-8. */
    public static final int MAX_KEY_LENGTH = 128;

    /** Length of the longest record in bytes. */
    public static final int MAX_LENGTH =
            BitUtil.align(KEY_OFFSET + Short.BYTES + MAX_KEY_LENGTH, OperationDescriptor.ALIGNMENT);

    /** Creates a flyweight; wrap it before use. */
    public SeriesDefinitionOperation() {}

    /**
     * Writes a whole record of {@link #length()} bytes, at most {@link #MAX_LENGTH}, and wraps this flyweight over it.
     * The life start is MISSING and all codes, the scale, the heartbeat and the period are 0 until they are set.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param seriesNumber of the series.
     * @param unitName of the unit, may be empty; at most {@value #MAX_UNIT_NAME_LENGTH} bytes of UTF-8.
     * @param key of the series: 1 to {@value #MAX_KEY_LENGTH} bytes of UTF-8.
     * @return this.
     * @throws IllegalArgumentException if a name is too long, or the key is empty.
     */
    public SeriesDefinitionOperation encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final long seriesNumber,
            final String unitName,
            final String key) {
        final byte[] unitNameBytes = unitName.getBytes(StandardCharsets.UTF_8);
        final byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        requireLength("unitName", unitName, unitNameBytes.length, 0, MAX_UNIT_NAME_LENGTH);
        requireLength("key", key, keyBytes.length, 1, MAX_KEY_LENGTH);
        final int length = BitUtil.align(KEY_OFFSET + Short.BYTES + keyBytes.length, OperationDescriptor.ALIGNMENT);
        buffer.setMemory(offset, length, (byte) 0);
        OperationDescriptor.putHeader(
                buffer, offset, OperationDescriptor.DEFINE_SERIES, length, OperationDescriptor.NO_BATCH);
        buffer.putLong(offset + SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putLong(offset + LIFE_START_OFFSET, OperationDescriptor.MISSING);
        buffer.putByte(offset + UNIT_NAME_OFFSET, (byte) unitNameBytes.length);
        buffer.putBytes(offset + UNIT_NAME_OFFSET + Byte.BYTES, unitNameBytes);
        buffer.putShort(offset + KEY_OFFSET, (short) keyBytes.length);
        buffer.putBytes(offset + KEY_OFFSET + Short.BYTES, keyBytes);
        return wrap(buffer, offset);
    }

    /** Returns true if the fields and texts fit into a record of this length. */
    static boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        return length >= KEY_OFFSET + Short.BYTES
                && unitNameLength(buffer, offset) <= UNIT_NAME_AREA_LENGTH - Byte.BYTES
                && keyLength(buffer, offset) <= length - KEY_OFFSET - Short.BYTES;
    }

    private static int unitNameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + UNIT_NAME_OFFSET) & 0xFF;
    }

    private static int keyLength(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + KEY_OFFSET) & 0xFFFF;
    }

    private static void requireLength(
            final String name, final String text, final int length, final int min, final int max) {
        if (length < min || length > max) {
            throw new IllegalArgumentException(name + "=" + text + " has " + length + " bytes of UTF-8, expected " + min
                    + " to " + max + ": choose a name within these bounds");
        }
    }

    /**
     * Returns the length of this record.
     *
     * @return bytes, a multiple of 8.
     */
    public int length() {
        return OperationDescriptor.length(buffer, offset);
    }

    /**
     * Returns the kind of the series.
     *
     * @return the code, 0 to 255.
     */
    public int kind() {
        return buffer.getByte(offset + KIND_OFFSET) & 0xFF;
    }

    /**
     * Sets the kind of the series.
     *
     * @param kind code, 0 to 255.
     * @return this.
     */
    public SeriesDefinitionOperation kind(final int kind) {
        buffer.putByte(offset + KIND_OFFSET, (byte) kind);
        return this;
    }

    /**
     * Returns the scale of the series: its values are stored as {@code value x 10^scale}.
     *
     * @return the number of decimal places.
     */
    public int scale() {
        return buffer.getByte(offset + SCALE_OFFSET) & 0xFF;
    }

    /**
     * Sets the scale of the series.
     *
     * @param scale number of decimal places.
     * @return this.
     */
    public SeriesDefinitionOperation scale(final int scale) {
        buffer.putByte(offset + SCALE_OFFSET, (byte) scale);
        return this;
    }

    /**
     * Returns the duplicate policy of the series.
     *
     * @return the code, 0 to 255; 0 if none was declared.
     */
    public int duplicatePolicy() {
        return buffer.getByte(offset + DUPLICATE_POLICY_OFFSET) & 0xFF;
    }

    /**
     * Sets the duplicate policy of the series.
     *
     * @param duplicatePolicy code, 0 to 255.
     * @return this.
     */
    public SeriesDefinitionOperation duplicatePolicy(final int duplicatePolicy) {
        buffer.putByte(offset + DUPLICATE_POLICY_OFFSET, (byte) duplicatePolicy);
        return this;
    }

    /**
     * Returns the open end policy of the series.
     *
     * @return the code, 0 to 255.
     */
    public int openEnd() {
        return buffer.getByte(offset + OPEN_END_OFFSET) & 0xFF;
    }

    /**
     * Sets the open end policy of the series.
     *
     * @param openEnd code, 0 to 255.
     * @return this.
     */
    public SeriesDefinitionOperation openEnd(final int openEnd) {
        buffer.putByte(offset + OPEN_END_OFFSET, (byte) openEnd);
        return this;
    }

    /**
     * Returns the declared heartbeat of the series.
     *
     * @return nanoseconds, 0 for none.
     */
    public long heartbeatNs() {
        return buffer.getLong(offset + HEARTBEAT_NS_OFFSET);
    }

    /**
     * Sets the heartbeat of the series.
     *
     * @param heartbeatNs in nanoseconds, 0 for none.
     * @return this.
     */
    public SeriesDefinitionOperation heartbeatNs(final long heartbeatNs) {
        buffer.putLong(offset + HEARTBEAT_NS_OFFSET, heartbeatNs);
        return this;
    }

    /**
     * Returns the declared start of life of the series.
     *
     * @return nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     */
    public long lifeStart() {
        return buffer.getLong(offset + LIFE_START_OFFSET);
    }

    /**
     * Sets the start of life of the series.
     *
     * @param lifeStart in nanoseconds since the epoch, or {@link OperationDescriptor#MISSING}.
     * @return this.
     */
    public SeriesDefinitionOperation lifeStart(final long lifeStart) {
        buffer.putLong(offset + LIFE_START_OFFSET, lifeStart);
        return this;
    }

    /**
     * Returns the declared period of the amounts of the series.
     *
     * @return the code, 0 for none.
     */
    public long periodCode() {
        return buffer.getLong(offset + PERIOD_CODE_OFFSET);
    }

    /**
     * Sets the period of the amounts of the series.
     *
     * @param periodCode code, 0 for none.
     * @return this.
     */
    public SeriesDefinitionOperation periodCode(final long periodCode) {
        buffer.putLong(offset + PERIOD_CODE_OFFSET, periodCode);
        return this;
    }

    /**
     * Returns the name of the unit; allocates.
     *
     * @return the name, may be empty.
     */
    public String unitName() {
        return text(UNIT_NAME_OFFSET + Byte.BYTES, unitNameLength(buffer, offset));
    }

    /**
     * Returns the key of the series; allocates.
     *
     * @return the key.
     */
    public String key() {
        return text(KEY_OFFSET + Short.BYTES, keyLength(buffer, offset));
    }
}
