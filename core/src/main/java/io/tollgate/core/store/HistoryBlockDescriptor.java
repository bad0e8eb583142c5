package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.HEADER_LENGTH;

/**
 * A SMALL block that holds where the history of one series begins: a record, laid out as that of a series, whose tree
 * holds versions of points in the place of points.
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
 * <p>Of that record count the fields of the tree, the kind, the duplicate policy, the flag
 * {@link SeriesRecordDescriptor#FLAG_HISTORY}, and the start of life, which is the horizon of the history: the latest
 * end of a version that was forgotten. The version word of the series stands for its history too.
 */
public final class HistoryBlockDescriptor {
    /** Offset of the record. */
    public static final int RECORD_OFFSET = HEADER_LENGTH;

    private HistoryBlockDescriptor() {}
}
