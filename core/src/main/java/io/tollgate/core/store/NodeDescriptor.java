package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.HEADER_LENGTH;

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
 *  448|        summary of the child (RunSummaryDescriptor) x 16,    |
 *     |        264 bytes each                                       |
 *     +-------------------------------------------------------------+
 * </pre>
 *
 * <p>A child on the rightmost path of the tree has no valid summary: it is still growing, and whoever needs it descends
 * into it. The summary is written when the child gets a right neighbour, and renewed when a late point changes it.
 * Only the hot part of a summary is kept, and what its slot holds behind that means nothing, unless the record's
 * {@code moments} byte says that shapes are kept too.
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

    /** Offset of the summary of the first child. */
    public static final int SUMMARY_OFFSET = CHILD_OFFSET + FAN_OUT * Long.BYTES;

    /** Length of one summary in bytes. */
    public static final int SUMMARY_LENGTH = RunSummaryDescriptor.LENGTH;

    private NodeDescriptor() {}
}
