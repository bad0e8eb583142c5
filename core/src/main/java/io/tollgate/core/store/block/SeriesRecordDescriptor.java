package io.tollgate.core.store.block;

import io.tollgate.core.store.registration.WindowSetDescriptor;

/**
 * The record of one series, with all data to find and to interpret its points. Its 192 bytes are three cache lines. A
 * point and a read of a registered window usually touch the first two.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  version: odd while the series is being changed               |
 *  8|  begin sequence: the operation being applied                  |
 * 16|  end sequence: the last operation applied (applied sequence)  |
 * 24|  count of points                                              |
 * 32|  last valid time                                              |
 * 40|  last reference                                               |
 * 48|  root block of the tree                                       |
 * 56|  tail block                                                   |
 *   +---------------------------------------------------------------+
 * 64|  first valid time                                             |
 * 72|  last knowledge time                                          |
 * 80|  block of the window states                                   |
 * 88|  period code                                                  |
 * 96|  start of life (FLOW)                                         |
 *104|  hash of the key (4 bytes), reserved (4 bytes)                |
 *112|  series number                                                |
 *   +-------+--------+-------+--------+-------+--------+------+-----+
 *120| kind  | scale  | dupl. | open   | tree  |moments |flags |vers.|
 *   |       |        | policy| end    | height|        |      |     |
 *   +-------+--------+-------+--------+-------+--------+------+-----+
 *128|  history block                                                |
 *136|  heartbeat in ns                                              |
 *144|  block of the window set                                      |
 *152|  end of life, if it is closed                                 |
 *160|  name of the unit, 16 bytes ASCII, padded with zeros          |
 *176|  count of registrations by pattern that its windows include   |
 *184|  count of versions in the history                             |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Begin and end sequence are equal unless an operation is half applied. A store that was not closed cleanly is
 * rebuilt from the log as a whole, even if they are equal.
 */
public final class SeriesRecordDescriptor {
    /** Version of this layout. */
    public static final byte LAYOUT_VERSION = 1;

    /** Moments up to the second are kept. */
    public static final short MOMENTS_TO_SECOND = 0b111;

    /** Moments up to the fourth are kept, and the sums that involve time, as shapes require. */
    public static final short MOMENTS_OF_SHAPES = 0b11_1111;

    /** Offset of the version word. */
    public static final int VERSION_OFFSET = 0;

    /** Offset of the begin sequence. */
    public static final int BEGIN_SEQUENCE_OFFSET = 8;

    /** Offset of the end sequence. */
    public static final int END_SEQUENCE_OFFSET = 16;

    /** Offset of the count of points. */
    public static final int POINT_COUNT_OFFSET = 24;

    /** Offset of the last valid time. */
    public static final int LAST_TIME_OFFSET = 32;

    /** Offset of the last reference. */
    public static final int LAST_REFERENCE_OFFSET = 40;

    /** Offset of the root block. */
    public static final int ROOT_BLOCK_OFFSET = 48;

    /** Offset of the tail block. */
    public static final int TAIL_BLOCK_OFFSET = 56;

    /** Offset of the first valid time. */
    public static final int FIRST_TIME_OFFSET = 64;

    /** Offset of the last knowledge time. */
    public static final int LAST_KNOWLEDGE_TIME_OFFSET = 72;

    /** Offset of the block of window states. */
    public static final int STATE_BLOCK_OFFSET = 80;

    /** Offset of the period code. */
    public static final int PERIOD_CODE_OFFSET = 88;

    /** Offset of the start of life. */
    public static final int LIFE_START_OFFSET = 96;

    /** Offset of {@link String#hashCode()} of the key. A view of a store in another process finds keys by it. */
    public static final int KEY_HASH_OFFSET = 104;

    /** Offset of the series number. */
    public static final int SERIES_NUMBER_OFFSET = 112;

    /** Offset of the kind. */
    public static final int KIND_OFFSET = 120;

    /** Offset of the scale. */
    public static final int SCALE_OFFSET = 121;

    /** Offset of the code of the duplicate policy, 0 for the default of the kind. */
    public static final int DUPLICATE_POLICY_OFFSET = 122;

    /** Offset of the policy for the open end. */
    public static final int OPEN_END_OFFSET = 123;

    /** Open end: the last value stays known. */
    public static final byte EXTEND = 0;

    /** Open end: the last value is known for the heartbeat only. */
    public static final byte UNKNOWN = 1;

    /** Offset of the height of the tree. */
    public static final int TREE_HEIGHT_OFFSET = 124;

    /** Offset of the bits of the moments that summaries keep, as in {@link WindowSetDescriptor}. */
    public static final int MOMENTS_OFFSET = 125;

    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 126;

    /** Flag: the record belongs to the history of a series. */
    public static final byte FLAG_HISTORY = 1;

    /** Flag: the series is closed. The history block holds the time at which that became known. */
    public static final byte FLAG_CLOSED = 2;

    /** Offset of the version of the layout. */
    public static final int LAYOUT_VERSION_OFFSET = 127;

    /** Offset of the history block. */
    public static final int HISTORY_BLOCK_OFFSET = 128;

    /** Offset of the heartbeat. */
    public static final int HEARTBEAT_NS_OFFSET = 136;

    /** Offset of the block of the window set. */
    public static final int WINDOW_SET_BLOCK_OFFSET = 144;

    /** Offset of the end of life; 0 while the series is open. */
    public static final int LIFE_END_OFFSET = 152;

    /** Offset of the name of the unit. */
    public static final int UNIT_NAME_OFFSET = 160;

    /** Length of the name of the unit in bytes. */
    public static final int UNIT_NAME_LENGTH = 16;

    /** Offset of the count of registrations by pattern that the windows include. */
    public static final int REGISTRATION_COUNT_OFFSET = 176;

    /** Offset of the count of versions in the history. */
    public static final int HISTORY_COUNT_OFFSET = 184;

    /** Length of a record in bytes. */
    public static final int LENGTH = 192;

    private SeriesRecordDescriptor() {}
}
