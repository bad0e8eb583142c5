package io.tollgate.core.store.block;

import io.tollgate.core.store.registration.RegistrationDescriptor;
import io.tollgate.core.store.registration.WindowSetDescriptor;

/**
 * The header of every block, and the size classes of blocks.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+---------------+-------------------------------+
 *  0|     type      |    version    |           reserved            |
 *   +---------------+---------------+-------------------------------+
 *  4|                             count                             |
 *   +---------------------------------------------------------------+
 *  8|                         block number                          |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 16|                         series number                         |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 24|                        previous block                         |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 32|                          next block                           |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 40|                       applied sequence                        |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 48|                             level                             |
 *   |                                                               |
 *   +---------------------------------------------------------------+
 * 56|                            CRC-32C                            |
 *   +---------------------------------------------------------------+
 * 60|                           reserved                            |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A block number is {@code (index + 1) << 3 | size class}, so that 0 is no block. The CRC and the applied sequence
 * are those of the last checkpoint or clean close that covered the block. Both are 0 before the first.
 */
public final class BlockDescriptor {
    /** No block. */
    public static final long NO_BLOCK = 0;

    /** Version of all block layouts. */
    public static final byte VERSION = 1;

    /** A free block: {@code next} is the next free block of its size class. */
    public static final byte TYPE_FREE = 0;

    /** Points in time order: {@link PointBlockDescriptor}. */
    public static final byte TYPE_POINTS = 1;

    /** An inner node of a series' tree: {@link NodeDescriptor}. */
    public static final byte TYPE_NODE = 2;

    /** The root of the tree of superseded and withdrawn versions of one series: {@link HistoryBlockDescriptor}. */
    public static final byte TYPE_HISTORY = 3;

    /** Definitions of windows that series have registered: {@link WindowSetDescriptor}. */
    public static final byte TYPE_WINDOW_SET = 4;

    /** States of the registered windows of one series. */
    public static final byte TYPE_WINDOW_STATES = 5;

    /** A registration under a pattern of keys: {@link RegistrationDescriptor}. */
    public static final byte TYPE_REGISTRATION = 6;

    /** Superseded and withdrawn versions in time order: {@link PointBlockDescriptor}. */
    public static final byte TYPE_VERSIONS = 7;

    /** Offset of the type. */
    public static final int TYPE_OFFSET = 0;

    /** Offset of the layout's version. */
    public static final int VERSION_OFFSET = 1;

    /** Offset of the count of entries. */
    public static final int COUNT_OFFSET = 4;

    /** Offset of the block's own number. */
    public static final int BLOCK_NUMBER_OFFSET = 8;

    /** Offset of the number of the series that the block belongs to. */
    public static final int SERIES_NUMBER_OFFSET = 16;

    /** Offset of the block before this one. */
    public static final int PREVIOUS_OFFSET = 24;

    /** Offset of the block after this one. */
    public static final int NEXT_OFFSET = 32;

    /** Offset of the sequence up to which a checkpoint of this block is complete. */
    public static final int APPLIED_SEQUENCE_OFFSET = 40;

    /** Offset of the level of a node; 0 in all other blocks. */
    public static final int LEVEL_OFFSET = 48;

    /** Offset of the CRC-32C. */
    public static final int CRC_OFFSET = 56;

    /** Length of the header in bytes. */
    public static final int HEADER_LENGTH = 64;

    /** Size class of the first block of points or versions: up to 4 points. */
    public static final int TINY = 0;

    /** Size class of a single block of up to 8 points, of histories, and of registrations by pattern. */
    public static final int SMALL = 1;

    /** Size class of a single block of up to 16 points. */
    public static final int HALF = 2;

    /**
     * Size class of up to 32 points, of the second to the 17th block of a series, of roots with 2 or 3 children, and of
     * window states.
     */
    public static final int MEDIUM = 3;

    /**
     * Size class of a first block of up to 76 points, which does not grow. It is also the size class of each block
     * after the 17th, and of roots with 4 to 8 children.
     */
    public static final int DOUBLE = 4;

    /** Size class of all other nodes, and of the states of more than 6 windows. */
    public static final int LARGE = 5;

    /** Number of size classes. */
    public static final int SIZE_CLASS_COUNT = 6;

    /** Number of values that the bits of a size class can have. */
    public static final int SIZE_CLASS_LIMIT = 8;

    /** Length of a SMALL block in bytes. */
    public static final int SMALL_LENGTH = HEADER_LENGTH + 8 * 32;

    /** Length of a MEDIUM block in bytes. */
    public static final int MEDIUM_LENGTH = HEADER_LENGTH + 32 * 32;

    /** Length of a LARGE block in bytes. */
    public static final int LARGE_LENGTH = HEADER_LENGTH + 16 * 304;

    private static final int[] LENGTHS = {
        HEADER_LENGTH + 4 * 32,
        SMALL_LENGTH,
        HEADER_LENGTH + 16 * 32,
        MEDIUM_LENGTH,
        HEADER_LENGTH + 8 * 304,
        LARGE_LENGTH
    };

    private static final int SIZE_CLASS_BITS = 3;
    private static final int SIZE_CLASS_MASK = SIZE_CLASS_LIMIT - 1;

    private BlockDescriptor() {}

    /**
     * Returns the number of a block.
     *
     * @param index     0 or more, within its size class.
     * @param sizeClass TINY to LARGE.
     * @return the block number.
     */
    public static long blockNumber(final long index, final int sizeClass) {
        return (index + 1) << SIZE_CLASS_BITS | sizeClass;
    }

    /**
     * Returns the index of a block within its size class.
     *
     * @param blockNumber any number.
     * @return its index, negative if this is no block number.
     */
    public static long index(final long blockNumber) {
        return (blockNumber >> SIZE_CLASS_BITS) - 1;
    }

    /**
     * Returns the size class of a block.
     *
     * @param blockNumber any number.
     * @return TINY to LARGE, or from {@link #SIZE_CLASS_COUNT} to below {@link #SIZE_CLASS_LIMIT} if this is no block
     *     number.
     */
    public static int sizeClass(final long blockNumber) {
        return (int) blockNumber & SIZE_CLASS_MASK;
    }

    /**
     * Returns the length of the blocks of a size class.
     *
     * @param sizeClass TINY to LARGE.
     * @return length in bytes.
     */
    public static int length(final int sizeClass) {
        return LENGTHS[sizeClass];
    }
}
