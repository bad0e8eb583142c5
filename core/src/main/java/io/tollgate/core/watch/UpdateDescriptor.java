package io.tollgate.core.watch;

/**
 * The layout of one update in a queue. 128 bytes, two cache lines.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  stamp: position in the queue + 1, 0 while it is written      |
 *  8|  number                                                       |
 * 16|  series number                                                |
 * 24|  revision                                                     |
 * 32|  sequence                                                     |
 * 40|  at                                                           |
 * 48|  valid time of the cause                                      |
 * 56|  knowledge time of the cause                                  |
 * 64|  reference of the cause                                       |
 * 72|  old value, a double                                          |
 * 80|  new value, a double                                          |
 * 88|  old level, scaled                                            |
 * 96|  new level, scaled                                            |
 *   +-------+-------+-------+-------+-------------------------------+
 *104| cause |  old  |  new  | type  |  metric index (4 bytes)       |
 *   |       |status |status |       |                               |
 *   +-------+-------+-------+-------+-------------------------------+
 *112|  watch index (4 bytes)        |  reserved, 12 bytes           |
 *   +---------------------------------------------------------------+
 * </pre>
 */
final class UpdateDescriptor {
    static final int LENGTH_SHIFT = 7;
    static final int LENGTH = 1 << LENGTH_SHIFT;

    static final int STAMP_OFFSET = 0;
    static final int NUMBER_OFFSET = 8;
    static final int SERIES_NUMBER_OFFSET = 16;
    static final int REVISION_OFFSET = 24;
    static final int SEQUENCE_OFFSET = 32;
    static final int AT_OFFSET = 40;
    static final int VALID_TIME_OFFSET = 48;
    static final int KNOWLEDGE_TIME_OFFSET = 56;
    static final int REFERENCE_OFFSET = 64;
    static final int OLD_VALUE_OFFSET = 72;
    static final int NEW_VALUE_OFFSET = 80;
    static final int OLD_SCALED_OFFSET = 88;
    static final int NEW_SCALED_OFFSET = 96;
    static final int CAUSE_OFFSET = 104;
    static final int OLD_STATUS_OFFSET = 105;
    static final int NEW_STATUS_OFFSET = 106;
    static final int TYPE_OFFSET = 107;
    static final int METRIC_INDEX_OFFSET = 108;
    static final int WATCH_INDEX_OFFSET = 112;

    private UpdateDescriptor() {}
}
