package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

import io.tollgate.core.number.RunSummaryDescriptor;

/**
 * An inner node of the tree over the points of one series, with one slot for each child. The children of a node of
 * level 1 are blocks of points. A LARGE node has {@code n} = 16 slots. A root that needs fewer slots is a MEDIUM block
 * with 3, or a DOUBLE block with 8.
 *
 * <pre>
 *         +-------------------------------------------------------------+
 *        0|               header (BlockDescriptor), with level          |
 *         +-------------------------------------------------------------+
 *       64|        first valid time of the child x n, 8 bytes each      |
 *         +-------------------------------------------------------------+
 *  + 8 x n|        first reference of the child  x n                    |
 *         +-------------------------------------------------------------+
 *  + 8 x n|        block number of the child     x n                    |
 *         +-------------------------------------------------------------+
 *  + 8 x n|        known from                    x n                    |
 *         +-------------------------------------------------------------+
 *  + 8 x n|        changed at                    x n                    |
 *         +-------------------------------------------------------------+
 *  + 8 x n|        summary of the child (RunSummaryDescriptor) x n,     |
 *         |        264 bytes each                                       |
 *         +-------------------------------------------------------------+
 * </pre>
 *
 * <p>A child on the rightmost path of the tree has no valid summary, because it is still growing. A reader descends
 * into it instead. The summary is written when the child gets a right neighbour, and updated when a late point changes
 * it. Only the hot part of a summary is kept, unless the {@code moments} byte of the record includes shapes. The other
 * bytes of the summary are undefined then.
 *
 * <p>No point below a slot was known before its <em>known from</em>, and no point below it was changed after its
 * <em>changed at</em>. Both are knowledge times. As of <em>changed at</em> or later, the known points below the slot
 * are the current ones. On the rightmost path both are open: {@link #KNOWN_FROM_OPEN}, {@link #CHANGED_AT_OPEN}. The
 * tree of a history has no summaries, and no version below a slot ended after its <em>changed at</em>.
 */
public final class NodeDescriptor {
    /** Number of slots in a LARGE node. */
    public static final int FAN_OUT = 16;

    /** Maximum number of levels above the blocks of points. It is enough for all points that memory can hold. */
    public static final int MAX_HEIGHT = 16;

    /** Offset of the first valid time of the first child. */
    public static final int FIRST_TIME_OFFSET = HEADER_LENGTH;

    /** Value of <em>known from</em> for points that may have become known at any time. */
    public static final long KNOWN_FROM_OPEN = Long.MIN_VALUE;

    /** Value of <em>changed at</em> for points that may have been changed at any time. */
    public static final long CHANGED_AT_OPEN = Long.MAX_VALUE;

    /** Length of one summary in bytes. */
    public static final int SUMMARY_LENGTH = RunSummaryDescriptor.LENGTH;

    private static final int[] CAPACITIES = {0, 0, 0, 3, 8, FAN_OUT, 0, 0};

    private NodeDescriptor() {}

    /**
     * Returns the number of slots of a node.
     *
     * @param sizeClass of its block, TINY to LARGE, or that of no block.
     * @return their number, 0 if blocks of this size class are not nodes.
     */
    public static int capacity(final int sizeClass) {
        return CAPACITIES[sizeClass];
    }

    /**
     * Returns the offset of the first reference of the first child.
     *
     * @param capacity of the node.
     * @return offset in bytes.
     */
    public static int firstReferenceOffset(final int capacity) {
        return FIRST_TIME_OFFSET + capacity * Long.BYTES;
    }

    /**
     * Returns the offset of the block number of the first child.
     *
     * @param capacity of the node.
     * @return offset in bytes.
     */
    public static int childOffset(final int capacity) {
        return FIRST_TIME_OFFSET + 2 * capacity * Long.BYTES;
    }

    /**
     * Returns the offset of the knowledge time before which no point below the first child was known.
     *
     * @param capacity of the node.
     * @return offset in bytes.
     */
    public static int knownFromOffset(final int capacity) {
        return FIRST_TIME_OFFSET + 3 * capacity * Long.BYTES;
    }

    /**
     * Returns the offset of the knowledge time after which no point below the first child was changed.
     *
     * @param capacity of the node.
     * @return offset in bytes.
     */
    public static int changedAtOffset(final int capacity) {
        return FIRST_TIME_OFFSET + 4 * capacity * Long.BYTES;
    }

    /**
     * Returns the offset of the summary of the first child.
     *
     * @param capacity of the node.
     * @return offset in bytes.
     */
    public static int summaryOffset(final int capacity) {
        return FIRST_TIME_OFFSET + 5 * capacity * Long.BYTES;
    }
}
