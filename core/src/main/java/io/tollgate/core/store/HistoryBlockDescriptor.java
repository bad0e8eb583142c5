package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.HEADER_LENGTH;

/**
 * A MEDIUM block of versions of points that no longer count, in columns, in the order in which they ended. The block
 * before it is {@code previous}; the newest one is named by the series' record.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|                   header (BlockDescriptor)                    |
 *   +---------------------------------------------------------------+
 * 64|                 valid time   x 21, 8 bytes each               |
 *   +---------------------------------------------------------------+
 *232|                 value        x 21                             |
 *   +---------------------------------------------------------------+
 *400|                 knowledge time x 21                           |
 *   +---------------------------------------------------------------+
 *568|                 reference    x 21                             |
 *   +---------------------------------------------------------------+
 *736|                 end of knowledge x 21: when it was superseded |
 *   +---------------------------------------------------------------+
 *904|                 end sequence x 21: by which operation         |
 *   +---------------------------------------------------------------+
 * 1072|               withdrawn: one bit a version, the lowest first |
 *   +---------------------------------------------------------------+
 * 1080|               reserved                                      |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A version whose bit is set was withdrawn; any other was superseded by a new one of the same identity.
 */
public final class HistoryBlockDescriptor {
    /** Versions in a block. */
    public static final int CAPACITY = 21;

    /** Bytes of one column. */
    public static final int COLUMN_LENGTH = CAPACITY * Long.BYTES;

    /** Offset of the first valid time. */
    public static final int VALID_TIME_OFFSET = HEADER_LENGTH;

    /** Offset of the first value. */
    public static final int VALUE_OFFSET = VALID_TIME_OFFSET + COLUMN_LENGTH;

    /** Offset of the first knowledge time. */
    public static final int KNOWLEDGE_TIME_OFFSET = VALUE_OFFSET + COLUMN_LENGTH;

    /** Offset of the first reference. */
    public static final int REFERENCE_OFFSET = KNOWLEDGE_TIME_OFFSET + COLUMN_LENGTH;

    /** Offset of the first end of knowledge. */
    public static final int END_KNOWLEDGE_TIME_OFFSET = REFERENCE_OFFSET + COLUMN_LENGTH;

    /** Offset of the first end sequence. */
    public static final int END_SEQUENCE_OFFSET = END_KNOWLEDGE_TIME_OFFSET + COLUMN_LENGTH;

    /** Offset of the bits of the withdrawn versions. */
    public static final int WITHDRAWN_OFFSET = END_SEQUENCE_OFFSET + COLUMN_LENGTH;

    private HistoryBlockDescriptor() {}
}
