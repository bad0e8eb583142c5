package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

import io.tollgate.core.number.RunSummaryDescriptor;

/**
 * An inner node of the tree over the points of one series: a LARGE block with up to 16 slots, one for each child. The
 * children of a node of level 1 are blocks of points.
 *
 * <pre>
 *     +-------------------------------------------------------------+
 *    0|               header (BlockDescriptor), with level          |
 *     +-------------------------------------------------------------+
 *   64|        first valid time of the child x 16, 8 bytes each     |
 *     +-------------------------------------------------------------+
 *  192|        first reference of the child  x 16                   |
 *     +-------------------------------------------------------------+
 *  320|        block number of the child     x 16                   |
 *     +-------------------------------------------------------------+
 *  448|        known from                   x 16                    |
 *     +-------------------------------------------------------------+
 *  576|        changed at                   x 16                    |
 *     +-------------------------------------------------------------+
 *  704|        summary of the child (RunSummaryDescriptor) x 16,    |
 *     |        264 bytes each                                       |
 *     +-------------------------------------------------------------+
 * </pre>
 *
 * <p>A child on the rightmost path of the tree has no valid summary: it is still growing, and whoever needs it descends
 * into it. The summary is written when the child gets a right neighbour, and renewed when a late point changes it.
 * Only the hot part of a summary is kept, and what its slot holds behind that means nothing, unless the record's
 * {@code moments} byte says that shapes are kept too.
 *
 * <p>No point below a slot was known before its <em>known from</em>, and nothing was changed there after its
 * <em>changed at</em>, both knowledge times: what is known as of the latter or later is what stands there now. On the
 * rightmost path they say nothing: {@link #KNOWN_FROM_OPEN}, {@link #CHANGED_AT_OPEN}. The tree of a history has no
 * summaries; there no version ended after <em>changed at</em>.
 */
public final class NodeDescriptor {
    /** Slots in a node. */
    public static final int FAN_OUT = 16;

    /** Most levels above the blocks of points: enough for any number of points that memory can hold. */
    public static final int MAX_HEIGHT = 16;

    /** Offset of the first valid time of the first child. */
    public static final int FIRST_TIME_OFFSET = HEADER_LENGTH;

    /** Offset of the first reference of the first child. */
    public static final int FIRST_REFERENCE_OFFSET = FIRST_TIME_OFFSET + FAN_OUT * Long.BYTES;

    /** Offset of the block number of the first child. */
    public static final int CHILD_OFFSET = FIRST_REFERENCE_OFFSET + FAN_OUT * Long.BYTES;

    /** Offset of the knowledge time before which nothing below the first child was known. */
    public static final int KNOWN_FROM_OFFSET = CHILD_OFFSET + FAN_OUT * Long.BYTES;

    /** Offset of the knowledge time after which nothing was changed below the first child. */
    public static final int CHANGED_AT_OFFSET = KNOWN_FROM_OFFSET + FAN_OUT * Long.BYTES;

    /** Offset of the summary of the first child. */
    public static final int SUMMARY_OFFSET = CHANGED_AT_OFFSET + FAN_OUT * Long.BYTES;

    /** Known from: at any time. */
    public static final long KNOWN_FROM_OPEN = Long.MIN_VALUE;

    /** Changed at: at any time. */
    public static final long CHANGED_AT_OPEN = Long.MAX_VALUE;

    /** Length of one summary in bytes. */
    public static final int SUMMARY_LENGTH = RunSummaryDescriptor.LENGTH;

    private NodeDescriptor() {}
}
