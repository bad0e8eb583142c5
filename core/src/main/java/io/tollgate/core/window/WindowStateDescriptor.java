package io.tollgate.core.window;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

import io.tollgate.core.number.NarrowSummaryDescriptor;
import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.block.BlockDescriptor;
import org.agrona.BitUtil;

/**
 * The states of the registered windows of one series that keep one, side by side in one block: MEDIUM for up to 6
 * windows, LARGE for up to 28. A series whose points fit one block has no states; they are computed from that block.
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|               header (BlockDescriptor)                        |
 *   +-------------------------------+-------------------------------+
 * 64|  frontier: block of the last point that the states include    |
 * 72|  frontier: index of it        |  type, layout, count of states|
 * 80|  frontier: valid time of it                                   |
 * 88|  frontier: value of it                                        |
 *   +-------------------------------+-------------------------------+
 * 96|  length of each window in ns                                  |
 *   +===============================+===============================+
 *  0|  tail: block of the first point of the run                    |  one state
 *  8|  tail: index  | count in block|  evict gap in units of 1,024 ns|
 * 16|  evict time: the tail leaves when the window's start gets here|
 * 24|  summary of the run                                           |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The word at 76 repeats the type of the block in its lowest byte, so that the header of the block is not read. The
 * next byte is the layout, and the upper half is the count of states.
 *
 * <p>All states of a series have one layout. The summary is a {@link NarrowSummaryDescriptor} while all of them fit it.
 * From the first one that does not fit, all are {@link RunSummaryDescriptor}s (128 bytes). A narrow state occupies one
 * cache line in FLOW and two in STEP, and is aligned to a cache line.
 *
 * <p>The run of a FLOW window is its points; the run of a STEP window begins with the carry-in, if there is one. The
 * evict time of a FLOW is the time of the first point, the evict time of a STEP is the time of the second: from there
 * on the first is no longer the carry-in. The next evict time is later by at least the evict gap, which is 0 if it is
 * not known. So the writer usually knows how many points leave before it has read them.
 *
 * <p>The count is a lower bound of the number of points in the block of the tail that are at or before the frontier, or
 * 0. While it suffices, the header of that block is not read.
 */
public final class WindowStateDescriptor {
    /** Layout of states with narrow summaries of a FLOW. */
    public static final int NARROW_FLOW = 0;

    /** Layout of states with narrow summaries of a STEP. */
    public static final int NARROW_STEP = 1;

    /** Layout of states with wide summaries. */
    public static final int WIDE = 2;

    /** Offset of the block of the frontier. */
    public static final int FRONTIER_BLOCK_OFFSET = HEADER_LENGTH;

    /** Offset of the index of the frontier. */
    public static final int FRONTIER_INDEX_OFFSET = HEADER_LENGTH + 8;

    /** Offset of the word with type, layout and count. */
    public static final int SHAPE_OFFSET = HEADER_LENGTH + 12;

    /** Offset of the valid time of the frontier. */
    public static final int FRONTIER_TIME_OFFSET = HEADER_LENGTH + 16;

    /** Offset of the value of the frontier. */
    public static final int FRONTIER_VALUE_OFFSET = HEADER_LENGTH + 24;

    /** Offset of the length of the first window. */
    public static final int LENGTHS_OFFSET = HEADER_LENGTH + 32;

    /** Offset of the block of the tail within a state. */
    public static final int TAIL_BLOCK_OFFSET = 0;

    /** Offset of the index of the tail within a state. */
    public static final int TAIL_INDEX_OFFSET = 8;

    /** Offset of the count of points in the block of the tail within a state. */
    public static final int TAIL_COUNT_OFFSET = 10;

    /** Offset of the evict gap within a state. */
    public static final int EVICT_GAP_OFFSET = 12;

    /** Offset of the evict time within a state. */
    public static final int EVICT_TIME_OFFSET = 16;

    /** Offset of the summary within a state. */
    public static final int SUMMARY_OFFSET = 24;

    private static final int LINE = 64;
    private static final int GAP_BITS = 10;
    private static final int BYTE_MASK = 0xFF;
    private static final int MAX_MEDIUM = 6;
    private static final int MAX_LARGE = 28;
    private static final int[] STATE_LENGTHS = {
        SUMMARY_OFFSET + NarrowSummaryDescriptor.FLOW_LENGTH,
        SUMMARY_OFFSET + NarrowSummaryDescriptor.STEP_LENGTH,
        SUMMARY_OFFSET + RunSummaryDescriptor.HOT_LENGTH
    };

    private WindowStateDescriptor() {}

    /**
     * Returns the size class of the block for a number of windows.
     *
     * @param windowCount 1 to 28.
     * @return MEDIUM or LARGE.
     */
    public static int sizeClass(final int windowCount) {
        return windowCount <= MAX_MEDIUM ? BlockDescriptor.MEDIUM : BlockDescriptor.LARGE;
    }

    /**
     * Returns the maximum number of windows in a block.
     *
     * @param sizeClass TINY to LARGE, or that of no block.
     * @return 6 or 28, 0 if such a block holds no states.
     */
    public static int maxCount(final int sizeClass) {
        return sizeClass == BlockDescriptor.MEDIUM ? MAX_MEDIUM : sizeClass == BlockDescriptor.LARGE ? MAX_LARGE : 0;
    }

    /**
     * Encodes an evict gap.
     *
     * @param fromNs the evict time.
     * @param toNs   the next evict time, not before it.
     * @return the largest gap that is not longer than the time between them.
     */
    static int evictGap(final long fromNs, final long toNs) {
        return (int) Math.min(Integer.MAX_VALUE, toNs - fromNs >>> GAP_BITS);
    }

    /** Decodes an evict gap to nanoseconds. */
    static long evictGapNs(final int gap) {
        return (long) gap << GAP_BITS;
    }

    /** Encodes the word with type, layout and count. */
    static int shape(final int layout, final int count) {
        return count << Short.SIZE | layout << Byte.SIZE | BlockDescriptor.TYPE_WINDOW_STATES;
    }

    /** Returns true if a word is that of states. */
    static boolean isOfStates(final int shape) {
        return (byte) shape == BlockDescriptor.TYPE_WINDOW_STATES;
    }

    /**
     * Decodes the layout.
     *
     * @param shape any word.
     * @return NARROW_FLOW, NARROW_STEP or WIDE.
     */
    public static int layout(final int shape) {
        final int layout = shape >> Byte.SIZE & BYTE_MASK;
        return layout == NARROW_FLOW || layout == NARROW_STEP ? layout : WIDE;
    }

    /**
     * Decodes the count of states.
     *
     * @param shape     any word.
     * @param sizeClass of the block.
     * @return 0 to the maximum number of windows in that block.
     */
    public static int count(final int shape, final int sizeClass) {
        return Math.min(maxCount(sizeClass), shape >>> Short.SIZE);
    }

    /**
     * Returns the offset of the first state: on a cache line, if states are narrow.
     *
     * @param layout      of the states.
     * @param windowCount 0 to 28.
     * @return offset in the block.
     */
    public static int statesOffset(final int layout, final int windowCount) {
        final int end = LENGTHS_OFFSET + windowCount * Long.BYTES;
        return layout == WIDE ? end : BitUtil.align(end, LINE);
    }

    /**
     * Returns the length of a state.
     *
     * @param layout of the state.
     * @return length in bytes.
     */
    public static int stateLength(final int layout) {
        return STATE_LENGTHS[layout];
    }
}
