package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;

import org.agrona.MutableDirectBuffer;

/**
 * An advance of the engine clock, or a change of the clock mode: the record of {@link OperationDescriptor#CLOCK}.
 *
 * <pre>
 *   0                                                                       8
 *   +--------+--------+-----------------+-----------------------------------+
 *   |  type  |  mode  |   length = 16   |              batchId              |    0
 *   +--------+--------+-----------------+-----------------------------------+
 *   |                                 now                                   |    8
 *   +-----------------------------------------------------------------------+   16
 * </pre>
 *
 * <p>{@code mode} is the code of the clock mode after this record, {@value #SAME_MODE} if it does not change. If a
 * batch advances the clock, this record comes before the batch and has its {@code batchId}; it is then part of the
 * batch.
 *
 * <p>A flyweight that does not allocate. An instance belongs to one thread.
 */
public final class ClockOperation extends OperationFlyweight<ClockOperation> {
    /** Offset of the code of the mode: one byte. */
    public static final int MODE_OFFSET = OperationDescriptor.FLAGS_OFFSET;

    /** The mode does not change. */
    public static final int SAME_MODE = 0;

    /** Offset of the new time of the engine clock, in nanoseconds since the epoch: eight bytes. */
    public static final int NOW_OFFSET = HEADER_LENGTH;

    /** Length of the record in bytes. */
    public static final int LENGTH = NOW_OFFSET + Long.BYTES;

    /** Creates a flyweight; wrap it before use. */
    public ClockOperation() {}

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param now the new time of the engine clock, in nanoseconds since the epoch.
     * @return this.
     */
    public ClockOperation encode(final MutableDirectBuffer buffer, final int offset, final long now) {
        return encode(buffer, offset, now, SAME_MODE);
    }

    /**
     * Writes a whole record, all {@value #LENGTH} bytes, and wraps this flyweight over it.
     *
     * @param buffer to write to.
     * @param offset of the record in the buffer, in bytes.
     * @param now the new time of the engine clock, in nanoseconds since the epoch.
     * @param modeCode code of the clock mode after this record, {@link #SAME_MODE} for no change.
     * @return this.
     */
    public ClockOperation encode(
            final MutableDirectBuffer buffer, final int offset, final long now, final int modeCode) {
        OperationDescriptor.putHeader(buffer, offset, OperationDescriptor.CLOCK, LENGTH, OperationDescriptor.NO_BATCH);
        buffer.putByte(offset + MODE_OFFSET, (byte) modeCode);
        buffer.putLong(offset + NOW_OFFSET, now);
        return wrap(buffer, offset);
    }

    /**
     * Makes the advance a part of the batch that follows it.
     *
     * @param batchId of the batch.
     */
    public void batchId(final int batchId) {
        buffer.putInt(offset + OperationDescriptor.BATCH_ID_OFFSET, batchId);
    }

    /**
     * Returns the new time of the engine clock.
     *
     * @return nanoseconds since the epoch.
     */
    public long now() {
        return buffer.getLong(offset + NOW_OFFSET);
    }

    /**
     * Returns the clock mode after this record.
     *
     * @return its code, {@link #SAME_MODE} for no change; not checked.
     */
    public int modeCode() {
        return buffer.getByte(offset + MODE_OFFSET) & 0xFF;
    }
}
