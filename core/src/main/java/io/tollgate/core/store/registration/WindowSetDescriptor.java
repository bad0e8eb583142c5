package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

/**
 * A MEDIUM block with the window definitions that one or more series have registered. Series with the same windows
 * share a set. Sets are immutable and linked from the newest to the oldest by {@code previous}.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|              header (BlockDescriptor), count of windows       |
 *   +===============================================================+
 * 64|     type      |    closed     | moments of the state, 0: none |  one entry
 *   +---------------+---------------+-------------------------------+  a window,
 * 68|                           reserved                            |  24 bytes
 *   +---------------------------------------------------------------+
 * 72|                  length in ns, or in points                   |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 80|       anchor: instant, or code of the calendar period         |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * </pre>
 */
public final class WindowSetDescriptor {
    /** Type of a window that slides with time. */
    public static final byte TYPE_SLIDING = 1;

    /** Type of a window of the last points. */
    public static final byte TYPE_LAST_POINTS = 2;

    /** Type of a window since an instant. */
    public static final byte TYPE_SINCE = 3;

    /** Type of a window from the beginning of a calendar period. */
    public static final byte TYPE_TO_DATE = 4;

    /** Length of one entry in bytes. */
    public static final int ENTRY_LENGTH = 24;

    /** Maximum number of windows in a set. */
    public static final int CAPACITY = 28;

    /** Offset of the first window's type. */
    public static final int TYPE_OFFSET = HEADER_LENGTH;

    /** Offset of the moments that the state of the first window keeps. */
    public static final int MOMENTS_OFFSET = HEADER_LENGTH + 2;

    /** Offset of the first window's length. */
    public static final int LENGTH_NS_OFFSET = HEADER_LENGTH + 8;

    private WindowSetDescriptor() {}
}
