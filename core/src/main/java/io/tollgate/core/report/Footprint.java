package io.tollgate.core.report;

import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL_LENGTH;

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
 *   SMALL blocks    1 for n = 1 to 8; of more points none: it is freed, and the next series takes it
 *   MEDIUM blocks   ceil(n / 32) for n &gt; 8, and 1 for the states of 1 to 6 windows
 *   LARGE blocks    nodes above m = ceil(n / 32) &gt; 1 blocks: ceil(m / 16) + ceil(m / 256) + ... + 1;
 *                   and 1 for the states of 7 to 28 windows
 * </pre>
 *
 * <p>Records and blocks are in the entries of chains of maps. An entry holds as many of them as fit 16 KiB, rounded to
 * a power of two, and 8 bytes for the place of each. An entry takes 64 bytes for its key and alignment to a cache line,
 * and 1/8 byte for its place. Its lookup slot takes 8 bytes in a map of up to 16,384 entries, and 16 bytes in a larger
 * one. The key of a series takes four chunks of 16 bytes; its lookup slot takes 8 bytes in a map of up to 8,192 keys,
 * and 16 bytes in a larger one. A map itself takes {@value #MAP_LENGTH} bytes. The k-th map has room for {@code first
 * << k} records, blocks or keys, at most 2^20. It is created when the previous map is 70% full, or has less room than
 * {@code p} points may need: {@code 2 p + 16} SMALL, {@code 4 p + 16} MEDIUM or {@code 6 p + 16} LARGE blocks. {@code
 * p} is twice the number of SMALL and MEDIUM blocks plus 2, and at most 64.
 *
 * <p>In addition, each entry takes 8 bytes on the heap. All methods are static and pure.
 */
public final class Footprint {
    /** Points of a full block. */
    public static final int BLOCK_POINTS = PointBlockDescriptor.MEDIUM_CAPACITY;

    /** The bytes of a map without its entries: its headers, and the rest of its last page. */
    static final int MAP_LENGTH = 4_416;

    /** The most points that the first block of a series holds. */
    private static final int SMALL_POINTS = PointBlockDescriptor.SMALL_CAPACITY;

    private static final int MEDIUM_POINTS = PointBlockDescriptor.MEDIUM_CAPACITY;
    private static final int MEDIUM_WINDOWS = 6;
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
     * Returns the number of SMALL blocks of a series.
     *
     * @param pointCount points of the series.
     * @return 0 or 1.
     */
    public static long smallBlocks(final long pointCount) {
        return pointCount > 0 && pointCount <= SMALL_POINTS ? 1 : 0;
    }

    /**
     * Returns the number of MEDIUM blocks of a series.
     *
     * @param pointCount  points of the series.
     * @param windowCount registered windows, up to 28.
     * @return blocks of points, and a block of window states if the states fit.
     */
    public static long mediumBlocks(final long pointCount, final int windowCount) {
        return leaves(pointCount) + (hasStates(pointCount, windowCount) && windowCount <= MEDIUM_WINDOWS ? 1 : 0);
    }

    /**
     * Returns the number of LARGE blocks of a series.
     *
     * @param pointCount  points of the series.
     * @param windowCount registered windows, up to 28.
     * @return nodes of its tree, and a block of window states if the states do not fit a MEDIUM block.
     */
    public static long largeBlocks(final long pointCount, final int windowCount) {
        long nodes = 0;
        for (long below = leaves(pointCount); below > 1; nodes += below) {
            below = ceiling(below, NodeDescriptor.FAN_OUT);
        }
        return nodes + (hasStates(pointCount, windowCount) && windowCount > MEDIUM_WINDOWS ? 1 : 0);
    }

    private static long leaves(final long pointCount) {
        return pointCount <= SMALL_POINTS ? 0 : ceiling(pointCount, MEDIUM_POINTS);
    }

    private static boolean hasStates(final long pointCount, final int windowCount) {
        return windowCount > 0 && pointCount > MEDIUM_POINTS;
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
        return KEY_BYTES
                + LONG_SLOTS_LENGTH
                + areaBytes(SeriesRecordDescriptor.LENGTH)
                + smallBlocks(pointCount) * areaBytes(SMALL_LENGTH)
                + mediumBlocks(pointCount, windowCount) * areaBytes(MEDIUM_LENGTH)
                + largeBlocks(pointCount, windowCount) * areaBytes(LARGE_LENGTH);
    }

    /**
     * Returns the heap bytes that find the record and the blocks of a series.
     *
     * @param pointCount  points of the series.
     * @param windowCount windows that it has registered, up to 28.
     * @return bytes of maps that are made already: eight for each entry.
     */
    public static double heapBytesPerSeries(final long pointCount, final int windowCount) {
        return entryPart(SeriesRecordDescriptor.LENGTH)
                + smallBlocks(pointCount) * entryPart(SMALL_LENGTH)
                + mediumBlocks(pointCount, windowCount) * entryPart(MEDIUM_LENGTH)
                + largeBlocks(pointCount, windowCount) * entryPart(LARGE_LENGTH);
    }

    private static double entryPart(final int length) {
        return (double) Long.BYTES / new RecordShape(length).areasPerEntry();
    }

    /** Returns the bytes of a record or block in a large map. */
    private static double areaBytes(final int length) {
        return length + Long.BYTES + (ENTRY_BYTES + LONG_SLOTS_LENGTH) / new RecordShape(length).areasPerEntry();
    }

    /**
     * Returns the bytes that a point of a long series takes.
     *
     * @return bytes: its share of a MEDIUM block, and of the nodes above that.
     */
    public static double bytesPerPoint() {
        return (areaBytes(MEDIUM_LENGTH) + areaBytes(LARGE_LENGTH) / (NodeDescriptor.FAN_OUT - 1)) / MEDIUM_POINTS;
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
        // Series that have outgrown their first block leave one free block, for the next series.
        final long small = pointCount > SMALL_POINTS ? 1 : seriesCount * smallBlocks(pointCount);
        return storeBytes(seriesCount, pointCount, windowCount, small, firstMapEntries);
    }

    /**
     * Returns the bytes of a whole store if all series grow at the same time, so that no series reuses the first block
     * of another.
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
            final long small,
            final int firstMapEntries) {
        final long medium = seriesCount * mediumBlocks(pointCount, windowCount);
        final long large = seriesCount * largeBlocks(pointCount, windowCount);
        return keyBytes(seriesCount, firstMapEntries)
                + chainBytes(seriesCount, SeriesRecordDescriptor.LENGTH, 0, firstMapEntries)
                + chainBytes(small, SMALL_LENGTH, BlockStore.reserveCount(SMALL, small, medium), firstMapEntries)
                + chainBytes(medium, MEDIUM_LENGTH, BlockStore.reserveCount(MEDIUM, small, medium), firstMapEntries)
                + chainBytes(large, LARGE_LENGTH, BlockStore.reserveCount(LARGE, small, medium), firstMapEntries);
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
