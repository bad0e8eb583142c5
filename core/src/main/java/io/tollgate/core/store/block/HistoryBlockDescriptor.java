package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.HEARTBEAT_NS_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LIFE_START_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.REGISTRATION_COUNT_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.UNIT_NAME_OFFSET;

/**
 * A SMALL block with the root of the history of one series. It holds a record with the layout of a series record, whose
 * tree holds versions of points instead of points.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|                   header (BlockDescriptor)                    |
 *   +---------------------------------------------------------------+
 * 64|        record of the history (SeriesRecordDescriptor)         |
 *   +---------------------------------------------------------------+
 *256|                           reserved                            |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The record uses the fields of the tree, the kind, the duplicate policy and the flag
 * {@link SeriesRecordDescriptor#FLAG_HISTORY}. Some fields that a history does not need hold other knowledge about the
 * series:
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *160|  start of life: the horizon, the latest end of a version that |
 *   |  was forgotten                                                |
 *   +---------------------------------------------------------------+
 *200|  heartbeat: when the end of life became known                 |
 *   +---------------------------------------------------------------+
 *224|  name of the unit: the number of the successor + 1, 0 for none|
 *232|  ... the number of the predecessor + 1, 0 for none            |
 *240|  count of registrations: by how much later than the end of    |
 *   |  life the successor became known, modulo 2^64                 |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The version word of the series also guards its history.
 */
public final class HistoryBlockDescriptor {
    /** Offset of the record. */
    public static final int RECORD_OFFSET = HEADER_LENGTH;

    /** Offset of the horizon in the record. */
    public static final int HORIZON_OFFSET = LIFE_START_OFFSET;

    /** Offset in the record of the time at which the end of life became known. */
    public static final int END_KNOWN_AT_OFFSET = HEARTBEAT_NS_OFFSET;

    /** Offset in the record of the number of the successor, plus 1. */
    public static final int SUCCESSOR_OFFSET = UNIT_NAME_OFFSET;

    /** Offset in the record of the number of the predecessor, plus 1. */
    public static final int PREDECESSOR_OFFSET = SUCCESSOR_OFFSET + Long.BYTES;

    /**
     * Offset in the record of the time from when the end of life became known to when the successor became known. The
     * time is 0 if both became known at once.
     */
    public static final int SUCCESSOR_LAG_OFFSET = REGISTRATION_COUNT_OFFSET;

    private HistoryBlockDescriptor() {}
}
