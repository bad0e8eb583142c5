package io.tollgate.core.report;

import static io.tollgate.core.store.block.BlockDescriptor.DOUBLE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.TINY;
import static io.tollgate.core.store.block.BlockDescriptor.length;

import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.PointBlockDescriptor;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.chain.MapChain;
import io.tollgate.core.store.chain.RecordShape;
import io.tollgate.core.store.memory.AreaTable;
import java.util.function.LongToDoubleFunction;

/**
 * The number of bytes that series and points take in a store: in its files, or the same amount of mapped memory outside
 * the heap. It is computed from the layouts, for equal series with points in time order.
 *
 * <p>A series with {@code n} points and {@code w} windows takes a key, a record, and blocks:
 *
 * <pre>
 *   first block     TINY for n = 1 to 4, SMALL up to 8, HALF up to 16, MEDIUM up to 32, then DOUBLE; a series that
 *                   outgrows a block frees it, and the next series takes it
 *   MEDIUM blocks   ceil((n - 76) / 32) for n &gt; 76, at most 16, and 1 for the states of 1 to 6 windows
 *   DOUBLE blocks   ceil((n - 588) / 76) for n &gt; 588
 *   nodes           LARGE above m &gt; 1 blocks: ceil(m / 16) + ceil(m / 256) + ... + 1; the root is MEDIUM if it has
 *                   2 or 3 children, and DOUBLE if it has 4 to 8
 *   LARGE blocks    1 for the states of 7 to 28 windows
 * </pre>
 *
 * <p>Records and blocks are in the entries of chains of maps. An entry holds as many of them as fit 64 KiB, rounded to
 * a power of two, and 8 bytes for the place of each. An entry takes 64 bytes for its key and alignment to a cache line,
 * and 1/8 byte for its place. Its lookup slot takes 8 bytes in a map of up to 16,384 entries, and 16 bytes in a larger
 * one. The key of a series takes four chunks of 16 bytes; its lookup slot takes 8 bytes in a map of up to 8,192 keys,
 * and 16 bytes in a larger one. A map itself takes {@value #MAP_LENGTH} bytes. The k-th map has room for {@code first
 * << k} records, blocks or keys, at most 2^20. It is created when the previous map is 70% full, or has less room than
 * {@code p} points may need: {@code 2 p + 16} TINY or HALF, {@code 3 p + 16} SMALL, {@code 4 p + 16} DOUBLE, and
 * {@code 6 p + 16} MEDIUM or LARGE blocks. {@code p} is twice the number of blocks that are not LARGE plus 2, and at
 * most 64.
 *
 * <p>In addition, each entry takes 8 bytes on the heap. All methods are static and pure.
 */
public final class Footprint {
    /** Points of a full MEDIUM block. */
    public static final int BLOCK_POINTS = PointBlockDescriptor.MEDIUM_CAPACITY;

    /** The bytes of a map without its entries: its headers, and the rest of its last page. */
    static final int MAP_LENGTH = 4_416;

    private static final int MEDIUM_WINDOWS = 6;

    /** The MEDIUM blocks of points of a long series. */
    private static final int MOST_MEDIUM = NodeDescriptor.FAN_OUT;

    /** The points of a series before its first DOUBLE block at the end. */
    private static final int SHORT_POINTS = PointBlockDescriptor.DOUBLE_CAPACITY + MOST_MEDIUM * BLOCK_POINTS;

    /** Four chunks with one bit each, and the number. */
    private static final double KEY_BYTES = 4 * (16 + 1.0 / Byte.SIZE) + Long.BYTES;

    /** The key of an entry, the bit of its chunk, and the alignment of its records or blocks. */
    private static final double ENTRY_BYTES = Long.BYTES + 1.0 / Byte.SIZE + AreaTable.ALIGNMENT - Long.BYTES;

    private static final double GROWTH_FILL = 0.7;
    private static final int MAX_ENTRIES_OF_SHORT_SLOTS = 1 << 14;
    private static final int MAX_KEYS_OF_SHORT_SLOTS = 1 << 13;
    private static final int SHORT_SLOTS_LENGTH = 8;
    private static final int LONG_SLOTS_LENGTH = 16;

    private Footprint() {}

    /**
     * Returns the number of blocks of a series.
     *
     * @param sizeClass   of the blocks, TINY to LARGE.
     * @param pointCount  points of the series.
     * @param windowCount registered windows, up to 28.
     * @return the number of blocks of that size.
     */
    public static long blocks(final int sizeClass, final long pointCount, final int windowCount) {
        final long leaves = leaves(pointCount);
        final boolean isFirst = leaves > 0 && sizeClass == firstClass(pointCount);
        final boolean hasStates = leaves > 1 && windowCount > 0;
        final boolean isOfStates = hasStates && sizeClass == (windowCount <= MEDIUM_WINDOWS ? MEDIUM : LARGE);
        return (isFirst ? 1 : 0)
                + (sizeClass == MEDIUM ? mediumLeaves(leaves) : 0)
                + (sizeClass == DOUBLE ? Math.max(0, leaves - 1 - MOST_MEDIUM) : 0)
                + nodes(sizeClass, leaves)
                + (isOfStates ? 1 : 0);
    }

    private static long mediumLeaves(final long leaves) {
        return Math.min(Math.max(0, leaves - 1), MOST_MEDIUM);
    }

    /** Returns the largest number of blocks of a size that a series has had while it grew in time order. */
    private static long mostBlocks(final int sizeClass, final long pointCount, final int windowCount) {
        final long blocks = blocks(sizeClass, pointCount, windowCount);
        final long leaves = leaves(pointCount);
        if (sizeClass == DOUBLE) {
            // The first block, and the root while it had 4 to 8 children.
            return leaves > NodeDescriptor.capacity(DOUBLE) ? Math.max(2, blocks) : blocks;
        }
        if (sizeClass == MEDIUM && leaves > MOST_MEDIUM) {
            // The blocks of points, those of states, and the root while it had 2 or 3 nodes.
            return MOST_MEDIUM + 1 + (windowCount > 0 && windowCount <= MEDIUM_WINDOWS ? 1 : 0);
        }
        return sizeClass < firstClass(pointCount) ? Math.max(1, blocks) : blocks;
    }

    /**
     * Returns the number of blocks of points of a series.
     *
     * @param pointCount points of the series.
     * @return 0 without points, 1 up to 76 points, 1 more for every 32 up to 588, and 1 more for every 76 after them.
     */
    public static long leaves(final long pointCount) {
        if (pointCount == 0) {
            return 0;
        }
        final long medium = Math.min(pointCount, SHORT_POINTS) - PointBlockDescriptor.DOUBLE_CAPACITY;
        return 1
                + ceiling(Math.max(0, medium), BLOCK_POINTS)
                + ceiling(Math.max(0, pointCount - SHORT_POINTS), PointBlockDescriptor.DOUBLE_CAPACITY);
    }

    private static int firstClass(final long pointCount) {
        int sizeClass = TINY;
        while (sizeClass < DOUBLE && PointBlockDescriptor.capacity(sizeClass) < pointCount) {
            sizeClass++;
        }
        return sizeClass;
    }

    private static long nodes(final int sizeClass, final long leaves) {
        long nodes = 0;
        long below = leaves;
        while (below > NodeDescriptor.FAN_OUT) {
            below = ceiling(below, NodeDescriptor.FAN_OUT);
            nodes += sizeClass == LARGE ? below : 0;
        }
        if (below > 1 && sizeClass == rootClass(below)) {
            nodes++;
        }
        return nodes;
    }

    private static int rootClass(final long childCount) {
        int sizeClass = MEDIUM;
        while (NodeDescriptor.capacity(sizeClass) < childCount) {
            sizeClass++;
        }
        return sizeClass;
    }

    private static long ceiling(final long count, final int divisor) {
        return (count + divisor - 1) / divisor;
    }

    /**
     * Returns the bytes that a series takes in existing maps.
     *
     * @param pointCount  points of the series.
     * @param windowCount registered windows, up to 28.
     * @return bytes in large maps, without the room prepared in advance.
     */
    public static double bytesPerSeries(final long pointCount, final int windowCount) {
        double bytes = KEY_BYTES + LONG_SLOTS_LENGTH + areaBytes(SeriesRecordDescriptor.LENGTH);
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            bytes += blocks(sizeClass, pointCount, windowCount) * areaBytes(length(sizeClass));
        }
        return bytes;
    }

    /**
     * Returns the bytes of the blocks that a series has outgrown and freed. They add to {@link #bytesPerSeries} if all
     * series grow at the same time, so that no other series takes them.
     *
     * @param pointCount points of the series.
     * @return bytes of free blocks, without those that the series itself has taken again.
     */
    public static double leftBytesPerSeries(final long pointCount) {
        double bytes = 0;
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            bytes += (mostBlocks(sizeClass, pointCount, 0) - blocks(sizeClass, pointCount, 0))
                    * areaBytes(length(sizeClass));
        }
        return bytes;
    }

    /** Returns the bytes of a record or block in a large map. */
    private static double areaBytes(final int length) {
        return length + Long.BYTES + (ENTRY_BYTES + LONG_SLOTS_LENGTH) / new RecordShape(length).areasPerEntry();
    }

    /**
     * Returns the bytes that a point of a long series takes.
     *
     * @return bytes: its share of a DOUBLE block, and of the nodes above that.
     */
    public static double bytesPerPoint() {
        return (areaBytes(length(DOUBLE)) + areaBytes(LARGE_LENGTH) / (NodeDescriptor.FAN_OUT - 1))
                / PointBlockDescriptor.DOUBLE_CAPACITY;
    }

    /**
     * Returns the bytes of a whole store, including the room prepared in advance. Each series is filled before the next
     * one.
     *
     * @param seriesCount     number of series.
     * @param pointCount      points of each series.
     * @param windowCount     registered windows of each series, up to 28.
     * @param firstMapEntries capacity of the first maps in series, keys, and blocks of each size.
     * @return allocated bytes, in files or outside the heap.
     */
    public static long storeBytes(
            final long seriesCount, final long pointCount, final int windowCount, final int firstMapEntries) {
        // The next series takes the blocks that a series frees, so those of one series stay free.
        return storeBytes(seriesCount, pointCount, windowCount, 1, firstMapEntries);
    }

    /**
     * Returns the bytes of a whole store if all series grow at the same time, so that no series reuses the blocks of
     * another.
     *
     * @param seriesCount     number of series.
     * @param pointCount      points of each series, 1 or more.
     * @param windowCount     registered windows of each series, up to 28.
     * @param firstMapEntries capacity of the first maps in series, keys, and blocks of each size.
     * @return allocated bytes, in files or outside the heap.
     */
    public static long storeBytesGrownAtOnce(
            final long seriesCount, final long pointCount, final int windowCount, final int firstMapEntries) {
        return storeBytes(seriesCount, pointCount, windowCount, seriesCount, firstMapEntries);
    }

    private static long storeBytes(
            final long seriesCount,
            final long pointCount,
            final int windowCount,
            final long leavingSeries,
            final int firstMapEntries) {
        final long[] counts = new long[SIZE_CLASS_COUNT];
        long count = 0;
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            final long used = blocks(sizeClass, pointCount, windowCount);
            final long left = mostBlocks(sizeClass, pointCount, windowCount) - used;
            counts[sizeClass] = seriesCount * used + leavingSeries * left;
            count += sizeClass == LARGE ? 0 : counts[sizeClass];
        }
        long bytes = keyBytes(seriesCount, firstMapEntries)
                + chainBytes(seriesCount, SeriesRecordDescriptor.LENGTH, 0, firstMapEntries);
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            bytes += chainBytes(
                    counts[sizeClass], length(sizeClass), BlockStore.reserveCount(sizeClass, count), firstMapEntries);
        }
        return bytes;
    }

    /** Returns the bytes of a chain of maps, including the room prepared in advance. */
    private static long chainBytes(
            final long areaCount, final int length, final long reserveCount, final int firstMapEntries) {
        final RecordShape shape = new RecordShape(length);
        return madeBytes(areaCount, reserveCount, firstMapEntries, areas -> {
            final long entries = ceiling(areas, shape.areasPerEntry());
            final double entryBytes = (double) length * shape.areasPerEntry()
                    + ENTRY_BYTES
                    + slotsLength(entries, MAX_ENTRIES_OF_SHORT_SLOTS);
            return areas * Long.BYTES + entries * entryBytes;
        });
    }

    private static long keyBytes(final long seriesCount, final int firstMapEntries) {
        return madeBytes(
                seriesCount,
                0,
                firstMapEntries,
                keys -> keys * (KEY_BYTES + slotsLength(keys, MAX_KEYS_OF_SHORT_SLOTS)));
    }

    private static int slotsLength(final long entries, final int maxShort) {
        return entries <= maxShort ? SHORT_SLOTS_LENGTH : LONG_SLOTS_LENGTH;
    }

    /**
     * Sums the maps of a chain. A map is created when the previous one is 70% full, or has less than the required room.
     */
    private static long madeBytes(
            final long count, final long reserveCount, final int firstMapEntries, final LongToDoubleFunction mapBytes) {
        double bytes = 0;
        long before = 0;
        long room = firstMapEntries;
        while (true) {
            bytes += MAP_LENGTH + mapBytes.applyAsDouble(room);
            if (count - before < GROWTH_FILL * room && before + room - count >= reserveCount) {
                return Math.round(bytes);
            }
            before += room;
            room = Math.min(2 * room, MapChain.MAX_MAP_ENTRIES);
        }
    }
}
