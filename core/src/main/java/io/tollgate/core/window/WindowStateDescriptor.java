package io.tollgate.core.window;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.block.BlockDescriptor;
import java.util.stream.IntStream;

/**
 * The states of those registered windows of one series that keep one, side by side in one block: MEDIUM for up to 6
 * windows, LARGE for up to 28. A series whose points fit one block has none: it is computed from that block.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|               header (BlockDescriptor), count of states       |
 *   +---------------------------------------------------------------+
 * 64|  frontier: block of the last point that the states include    |
 * 72|  frontier: index of it (4 bytes), reserved (4 bytes)          |
 * 80|  frontier: valid time of it                                   |
 *   +===============================================================+
 * 88|  length of the window in ns                                   |  one state
 * 96|  tail: block of the first point of the run                    |
 *104|  tail: index of it (4 bytes), copy end (4 bytes)              |
 *112|  evict time: the tail leaves when the window's start gets here|
 *120|  summary of the run (RunSummaryDescriptor, 128 bytes)         |
 *248|  copies of points of the tail's block: valid time and value   |
 *   |  of that with index i at i mod copy count, 16 bytes each      |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The run of a FLOW window is its points; that of a STEP window begins with the point carried in, if there is one.
 * The evict time of a FLOW is the time of the first point, that of a STEP the time of the second: from there on the
 * first is no longer the one carried in.
 *
 * <p>Copied are the points that leave next: those behind the tail with an index below the copy end. So a block of
 * points, which lies far back in time and memory, is looked up once for several points that leave. The copies are what
 * room the block leaves: 8 for each of up to 3 windows, 4 of 4, 2 of 5, none of 6; 8 of up to 16, 4 of 21, 2 of 25,
 * none of more. Footprint: {@code 88 + (160 + 16 x copies) x windows} bytes of the block.
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

    /** Offset of the copy end within a state. */
    public static final int COPY_END_OFFSET = 20;

    /** Offset of the evict time within a state. */
    public static final int EVICT_TIME_OFFSET = 24;

    /** Offset of the summary within a state. */
    public static final int SUMMARY_OFFSET = 32;

    /** Offset of the copies within a state. */
    public static final int COPIES_OFFSET = SUMMARY_OFFSET + RunSummaryDescriptor.HOT_LENGTH;

    /** Length of a copy in bytes. */
    public static final int COPY_LENGTH = 2 * Long.BYTES;

    private static final int MAX_COPY_COUNT = 8;

    private static final int[] COPY_COUNTS = IntStream.rangeClosed(0, maxCount(BlockDescriptor.LARGE))
            .map(WindowStateDescriptor::mostCopies)
            .toArray();

    private WindowStateDescriptor() {}

    /**
     * The size class of the block for a number of windows.
     *
     * @param windowCount 1 to 28.
     * @return MEDIUM or LARGE.
     */
    public static int sizeClass(final int windowCount) {
        return windowCount <= maxCount(BlockDescriptor.MEDIUM) ? BlockDescriptor.MEDIUM : BlockDescriptor.LARGE;
    }

    /**
     * The most windows that a block has room for.
     *
     * @param sizeClass MEDIUM or LARGE.
     * @return 6 or 28.
     */
    public static int maxCount(final int sizeClass) {
        return (BlockDescriptor.length(sizeClass) - STATES_OFFSET) / COPIES_OFFSET;
    }

    /**
     * How many points each state has copies of.
     *
     * @param windowCount 0 to 28.
     * @return 0, or a power of two up to 8.
     */
    public static int copyCount(final int windowCount) {
        return COPY_COUNTS[windowCount];
    }

    private static int mostCopies(final int windowCount) {
        final int room = BlockDescriptor.length(sizeClass(windowCount)) - STATES_OFFSET;
        int count = MAX_COPY_COUNT;
        while (count > 1 && windowCount * stateLength(count) > room) {
            count >>= 1;
        }
        return count > 1 ? count : 0;
    }

    /**
     * Length of a state.
     *
     * @param copyCount how many points it has copies of.
     * @return length in bytes.
     */
    public static int stateLength(final int copyCount) {
        return COPIES_OFFSET + copyCount * COPY_LENGTH;
    }
}
