package io.tollgate.core.log;

import io.tollgate.core.operation.OperationDescriptor;

/**
 * The layout of a frame: the records that were appended together.
 *
 * <pre>
 *   0                                   4                                   8
 *   +-----------------------------------+-----------------------------------+
 *   |              length               |              crc32c               |    0
 *   +-----------------------------------+-----------------------------------+
 *   |                             firstSequence                             |    8
 *   +-----------------------------------+-----------------+-----------------+
 *   |               count               |     version     | reserved: zero  |   16
 *   +-----------------------------------+-----------------+-----------------+
 *   |            count operation records, one after the other               |   24
 *   |                                  ...                                  |
 *   +-----------------------------------------------------------------------+   length
 * </pre>
 *
 * <p>Frames start at multiples of 8 bytes. {@code length} is the length of the whole frame in bytes, a multiple of 8.
 * It is published last: a reader that sees it (acquire) sees the whole frame (release). {@code crc32c} covers the whole
 * frame, with its own field taken as zero. The records have the sequences {@code firstSequence} to {@code firstSequence
 * + count - 1}.
 */
final class FrameDescriptor {
    static final int LENGTH_OFFSET = 0;
    static final int CRC_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int FIRST_SEQUENCE_OFFSET = CRC_OFFSET + Integer.BYTES;
    static final int COUNT_OFFSET = FIRST_SEQUENCE_OFFSET + Long.BYTES;
    static final int VERSION_OFFSET = COUNT_OFFSET + Integer.BYTES;
    static final int RESERVED_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int HEADER_LENGTH = RESERVED_OFFSET + Short.BYTES;

    static final int ALIGNMENT = 8;
    static final int VERSION = 1;
    static final int MIN_LENGTH = HEADER_LENGTH + OperationDescriptor.HEADER_LENGTH;

    /** The first word of a frame that was invalidated. */
    static final long NO_FRAME = -1;

    /** The longest frame in bytes; a short segment allows less. */
    static final int MAX_LENGTH = 1 << 18;

    private FrameDescriptor() {}
}
