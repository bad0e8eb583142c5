package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.HEADER_LENGTH;

/**
 * A block of points in columns, sorted by (valid time, reference); the hot columns stand before the cold ones.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|                   header (BlockDescriptor)                    |
 *   +---------------------------------------------------------------+
 * 64|              valid time   x capacity, 8 bytes each            |
 *   +---------------------------------------------------------------+
 *   |              value        x capacity                          |  64 +  8 x capacity
 *   +---------------------------------------------------------------+
 *   |              knowledge time x capacity                        |  64 + 16 x capacity
 *   +---------------------------------------------------------------+
 *   |              reference    x capacity                          |  64 + 24 x capacity
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A SMALL block holds 8 points of 32 bytes, a MEDIUM one 32. {@code previous} and {@code next} link the blocks of a
 * series in time order.
 */
public final class PointBlockDescriptor {
    /** Points in a SMALL block. */
    public static final int SMALL_CAPACITY = 8;

    /** Points in a MEDIUM block. */
    public static final int MEDIUM_CAPACITY = 32;

    /** Bytes of one point over all columns. */
    public static final int POINT_LENGTH = 4 * Long.BYTES;

    /** Offset of the first valid time. */
    public static final int VALID_TIME_OFFSET = HEADER_LENGTH;

    private PointBlockDescriptor() {}

    /**
     * How many points a block holds.
     *
     * @param sizeClass SMALL or MEDIUM.
     * @return its capacity.
     */
    public static int capacity(final int sizeClass) {
        return sizeClass == BlockDescriptor.SMALL ? SMALL_CAPACITY : MEDIUM_CAPACITY;
    }

    /**
     * Offset of the first value.
     *
     * @param capacity of the block in points.
     * @return offset in bytes.
     */
    public static int valueOffset(final int capacity) {
        return HEADER_LENGTH + capacity * Long.BYTES;
    }

    /**
     * Offset of the first knowledge time.
     *
     * @param capacity of the block in points.
     * @return offset in bytes.
     */
    public static int knowledgeTimeOffset(final int capacity) {
        return HEADER_LENGTH + 2 * capacity * Long.BYTES;
    }

    /**
     * Offset of the first reference.
     *
     * @param capacity of the block in points.
     * @return offset in bytes.
     */
    public static int referenceOffset(final int capacity) {
        return HEADER_LENGTH + 3 * capacity * Long.BYTES;
    }
}
