package io.tollgate.core.window;

import static io.tollgate.core.store.BlockDescriptor.HEADER_LENGTH;

import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.BlockDescriptor;

/**
 * The states of those registered windows of one series that keep one, side by side in one block: MEDIUM for up to 6
 * windows, LARGE for up to 28. A series whose points fit its first block has none: it is computed from that block.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|               header (BlockDescriptor), count of states       |
 *   +---------------------------------------------------------------+
 * 64|  frontier: block of the last point that the states include    |
 * 72|  frontier: index of it (4 bytes), reserved (4 bytes)          |
 * 80|  frontier: valid time of it                                   |
 *   +===============================================================+
 * 88|  length of the window in ns                                   |  one state,
 * 96|  tail: block of the first point of the run                    |  160 bytes
 *104|  tail: index of it (4 bytes), reserved (4 bytes)              |
 *112|  evict time: the tail leaves when the window's start gets here|
 *120|  summary of the run (RunSummaryDescriptor, 128 bytes)         |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The run of a FLOW window is its points; that of a STEP window begins with the point carried in, if there is one.
 * The evict time of a FLOW is the time of the first point, that of a STEP the time of the second: from there on the
 * first is no longer the one carried in. Footprint: {@code 88 + 160 x windows} bytes of the block.
 */
public final class WindowStateDescriptor {
    /** Offset of the block of the frontier. */
    public static final int FRONTIER_BLOCK_OFFSET = HEADER_LENGTH;

    /** Offset of the index of the frontier. */
    public static final int FRONTIER_INDEX_OFFSET = HEADER_LENGTH + 8;

    /** Offset of the valid time of the frontier. */
    public static final int FRONTIER_TIME_OFFSET = HEADER_LENGTH + 16;

    /** Offset of the first state. */
    public static final int STATES_OFFSET = HEADER_LENGTH + 24;

    /** Offset of the window's length within a state. */
    public static final int LENGTH_NS_OFFSET = 0;

    /** Offset of the block of the tail within a state. */
    public static final int TAIL_BLOCK_OFFSET = 8;

    /** Offset of the index of the tail within a state. */
    public static final int TAIL_INDEX_OFFSET = 16;

    /** Offset of the evict time within a state. */
    public static final int EVICT_TIME_OFFSET = 24;

    /** Offset of the summary within a state. */
    public static final int SUMMARY_OFFSET = 32;

    /** Length of a state in bytes. */
    public static final int STATE_LENGTH = SUMMARY_OFFSET + RunSummaryDescriptor.HOT_LENGTH;

    private WindowStateDescriptor() {}

    /**
     * The size class of the block for a number of windows.
     *
     * @param windowCount 1 to 28.
     * @return MEDIUM or LARGE.
     */
    public static int sizeClass(final int windowCount) {
        return STATES_OFFSET + windowCount * STATE_LENGTH <= BlockDescriptor.MEDIUM_LENGTH
                ? BlockDescriptor.MEDIUM
                : BlockDescriptor.LARGE;
    }

    /**
     * Offset of a state in its block.
     *
     * @param window index of the window in its set.
     * @return offset in bytes.
     */
    public static int stateOffset(final int window) {
        return STATES_OFFSET + window * STATE_LENGTH;
    }
}
