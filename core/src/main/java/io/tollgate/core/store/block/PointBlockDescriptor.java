package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.HEADER_LENGTH;

/**
 * A block of points, sorted by (valid time, reference). It holds the hot halves of all points, and after them the cold
 * halves of all points, so that a walk or an append touches few cache lines. Events without a reference have
 * {@code Long.MIN_VALUE} as their reference. They come first among the events of their instant, in the order of
 * arrival. A block of versions holds superseded or withdrawn points, and has the end of each version after the cold
 * halves. Versions of one identity are in the order in which they ended.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|                   header (BlockDescriptor)                    |
 *   +===============================================================+
 * 64|  valid time                                                   |  hot half of a point,
 * 72|  value                                                        |  16 bytes, x capacity
 *   +===============================================================+
 *   |  knowledge time                                               |  cold half of a point, 16 bytes,
 *   |  reference                                                    |  x capacity, from 64 + 16 x capacity on
 *   +===============================================================+
 *   |  end of knowledge: when it was superseded or withdrawn        |  end of a version, 16 bytes,
 *   |  end sequence x 2: by which operation, + 1 if withdrawn       |  x capacity, from 64 + 32 x capacity on
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A block holds as many points of 32 bytes, or versions of 48 bytes, as its length has room for:
 *
 * <pre>
 *              TINY  SMALL  HALF  MEDIUM  DOUBLE
 *   points        4      8    16      32      76
 *   versions      2      5    10      21      50
 * </pre>
 *
 * <p>{@code previous} and {@code next} link the blocks of a tree in time order.
 */
public final class PointBlockDescriptor {
    /** Maximum number of points in a MEDIUM block. */
    public static final int MEDIUM_CAPACITY = 32;

    /** Maximum number of points in a DOUBLE block, and in a tree of one block. */
    public static final int DOUBLE_CAPACITY = 76;

    /** Length in bytes of each half of a point, and of the end of a version. */
    public static final int HALF_LENGTH = 2 * Long.BYTES;

    /** Offset of the first hot half. */
    public static final int HOT_OFFSET = HEADER_LENGTH;

    /** Offset of the valid time within a hot half. */
    public static final int VALID_TIME_OFFSET = 0;

    /** Offset of the value within a hot half. */
    public static final int VALUE_OFFSET = 8;

    /** Offset of the knowledge time within a cold half. */
    public static final int KNOWLEDGE_TIME_OFFSET = 0;

    /** Offset of the reference within a cold half. */
    public static final int REFERENCE_OFFSET = 8;

    /** Offset of the end of knowledge within the end of a version. */
    public static final int END_KNOWLEDGE_TIME_OFFSET = 0;

    /** Offset of twice the end sequence, plus 1 if the version was withdrawn, within the end of a version. */
    public static final int END_SEQUENCE_OFFSET = 8;

    private static final int[] CAPACITIES = {4, 8, 16, MEDIUM_CAPACITY, DOUBLE_CAPACITY, 0, 0, 0};
    private static final int[] VERSION_CAPACITIES = {2, 5, 10, 21, 50, 0, 0, 0};

    private PointBlockDescriptor() {}

    /**
     * Returns the number of points that a block can hold.
     *
     * @param sizeClass TINY to LARGE, or that of no block.
     * @return its capacity, 0 if it holds none.
     */
    public static int capacity(final int sizeClass) {
        return CAPACITIES[sizeClass];
    }

    /**
     * Returns the number of versions that a block can hold.
     *
     * @param sizeClass TINY to LARGE, or that of no block.
     * @return its capacity, 0 if it holds none.
     */
    public static int versionCapacity(final int sizeClass) {
        return VERSION_CAPACITIES[sizeClass];
    }

    /**
     * Returns the offset of the hot half of a point.
     *
     * @param index of the point.
     * @return offset in bytes.
     */
    public static int hotOffset(final int index) {
        return HOT_OFFSET + index * HALF_LENGTH;
    }

    /**
     * Returns the offset of the first cold half.
     *
     * @param capacity of the block in points.
     * @return offset in bytes.
     */
    public static int coldOffset(final int capacity) {
        return HOT_OFFSET + capacity * HALF_LENGTH;
    }

    /**
     * Returns the offset of the end of the first version.
     *
     * @param capacity of the block in versions.
     * @return offset in bytes.
     */
    public static int endOffset(final int capacity) {
        return HOT_OFFSET + 2 * capacity * HALF_LENGTH;
    }
}
