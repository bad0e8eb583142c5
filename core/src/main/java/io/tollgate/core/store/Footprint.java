package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.LARGE_LENGTH;
import static io.tollgate.core.store.BlockDescriptor.MEDIUM_LENGTH;
import static io.tollgate.core.store.BlockDescriptor.SMALL_LENGTH;

/**
 * How many bytes series and points take in the store of one shard: in its files, and as much of mapped memory outside
 * the heap. By the layouts, for series that are alike, with points in the order of their times.
 *
 * <p>A series with {@code n} points and {@code w} windows of its own takes a key, a record, and blocks:
 *
 * <pre>
 *   SMALL blocks    1 for n = 1 to 8; of more points none: it is freed, and the next series takes it
 *   MEDIUM blocks   ceil(n / 32) for n &gt; 8, and 1 for the states of 1 to 6 windows
 *   LARGE blocks    nodes above m = ceil(n / 32) &gt; 1 blocks: ceil(m / 16) + ceil(m / 256) + ... + 1;
 *                   and 1 for the states of 7 to 28 windows
 * </pre>
 *
 * <p>Each is an entry of a chain of maps. An entry of {@code l} bytes takes {@code l + 16} with its number on both
 * sides, 1/8 for its place, and for finding it 8 bytes in a map of up to 16,384 entries and 16 in a larger one. A key
 * takes the place of four chunks of 16 bytes, and is found by 8 bytes in a map of up to 8,192 keys and 16 in a larger
 * one. A map has {@value #MAP_LENGTH} bytes of its own. The k-th map has room for {@code first << k} entries, at most
 * 2^20, and is there when the one before is full to 70%.
 *
 * <p>So much for what was made; besides, on the heap 8 bytes an entry. All methods are static and pure.
 */
public final class Footprint {
    /** What a map has beside its entries, in bytes: its headers, and the rest of its last page. */
    static final int MAP_LENGTH = 4_416;

    /** Bytes on the heap of each record and each block: its address. */
    public static final int HEAP_BYTES_PER_ENTRY = Long.BYTES;

    /** The most points that the first block of a series holds. */
    private static final int SMALL_POINTS = PointBlockDescriptor.SMALL_CAPACITY;

    private static final int MEDIUM_POINTS = PointBlockDescriptor.MEDIUM_CAPACITY;
    private static final int MEDIUM_WINDOWS = 6;
    /** Four chunks, a bit each, and the number. */
    private static final double KEY_BYTES = 4 * (16 + 1.0 / Byte.SIZE) + Long.BYTES;

    private static final double GROWTH_FILL = 0.7;
    private static final int MAX_ENTRIES_OF_SHORT_SLOTS = 1 << 14;
    private static final int MAX_KEYS_OF_SHORT_SLOTS = 1 << 13;
    private static final int SHORT_SLOTS_LENGTH = 8;
    private static final int LONG_SLOTS_LENGTH = 16;

    private Footprint() {}

    /**
     * SMALL blocks of a series.
     *
     * @param pointCount points of the series.
     * @return 0 or 1.
     */
    public static long smallBlocks(final long pointCount) {
        return pointCount > 0 && pointCount <= SMALL_POINTS ? 1 : 0;
    }

    /**
     * MEDIUM blocks of a series.
     *
     * @param pointCount  points of the series.
     * @param windowCount windows that it has registered, up to 28.
     * @return blocks of points, and one of window states where these fit.
     */
    public static long mediumBlocks(final long pointCount, final int windowCount) {
        return leaves(pointCount) + (hasStates(pointCount, windowCount) && windowCount <= MEDIUM_WINDOWS ? 1 : 0);
    }

    /**
     * LARGE blocks of a series.
     *
     * @param pointCount  points of the series.
     * @param windowCount windows that it has registered, up to 28.
     * @return nodes of its tree, and one of window states where these do not fit a MEDIUM one.
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
        return windowCount > 0 && pointCount > SMALL_POINTS;
    }

    private static long ceiling(final long count, final int divisor) {
        return (count + divisor - 1) / divisor;
    }

    /**
     * What a series takes of maps that are made already.
     *
     * @param pointCount  points of the series.
     * @param windowCount windows that it has registered, up to 28.
     * @return bytes in large maps, without the room that is kept ahead.
     */
    public static double bytesPerSeries(final long pointCount, final int windowCount) {
        return KEY_BYTES
                + LONG_SLOTS_LENGTH
                + entryBytes(SeriesRecordDescriptor.LENGTH)
                + smallBlocks(pointCount) * entryBytes(SMALL_LENGTH)
                + mediumBlocks(pointCount, windowCount) * entryBytes(MEDIUM_LENGTH)
                + largeBlocks(pointCount, windowCount) * entryBytes(LARGE_LENGTH);
    }

    private static double entryBytes(final int length) {
        return length + 2 * Long.BYTES + LONG_SLOTS_LENGTH + 1.0 / Byte.SIZE;
    }

    /**
     * What a point of a long series takes.
     *
     * @return bytes: its share of a MEDIUM block, and of the nodes above that.
     */
    public static double bytesPerPoint() {
        return (entryBytes(MEDIUM_LENGTH) + entryBytes(LARGE_LENGTH) / (NodeDescriptor.FAN_OUT - 1)) / MEDIUM_POINTS;
    }

    /**
     * What a whole store takes, with the room that it keeps ahead.
     *
     * @param seriesCount     series, one filled behind the other.
     * @param pointCount      points of each.
     * @param windowCount     windows that each has registered, up to 28.
     * @param firstMapEntries entries of the first map of each chain.
     * @return bytes made, in files or outside the heap.
     */
    public static long storeBytes(
            final long seriesCount, final long pointCount, final int windowCount, final int firstMapEntries) {
        // Of series that have left their first block one is free, for the next one.
        final long small = pointCount > SMALL_POINTS ? 1 : seriesCount * smallBlocks(pointCount);
        return keyBytes(seriesCount, firstMapEntries)
                + chainBytes(seriesCount, SeriesRecordDescriptor.LENGTH, firstMapEntries)
                + chainBytes(small, SMALL_LENGTH, firstMapEntries)
                + chainBytes(seriesCount * mediumBlocks(pointCount, windowCount), MEDIUM_LENGTH, firstMapEntries)
                + chainBytes(seriesCount * largeBlocks(pointCount, windowCount), LARGE_LENGTH, firstMapEntries);
    }

    /**
     * What a chain of maps takes.
     *
     * @param entryCount      entries in use.
     * @param length          of each in bytes.
     * @param firstMapEntries entries of the first map.
     * @return bytes made, with the room that is kept ahead.
     */
    static long chainBytes(final long entryCount, final int length, final int firstMapEntries) {
        return madeBytes(
                entryCount, length + 2 * Long.BYTES + 1.0 / Byte.SIZE, MAX_ENTRIES_OF_SHORT_SLOTS, firstMapEntries);
    }

    private static long keyBytes(final long seriesCount, final int firstMapEntries) {
        return madeBytes(seriesCount, KEY_BYTES, MAX_KEYS_OF_SHORT_SLOTS, firstMapEntries);
    }

    /** Of maps that are each made when the one before is full to 70%. */
    private static long madeBytes(
            final long entryCount, final double entryBytes, final int maxShort, final int firstMapEntries) {
        double bytes = 0;
        long before = 0;
        long entries = firstMapEntries;
        while (true) {
            bytes += MAP_LENGTH
                    + entries * (entryBytes + (entries <= maxShort ? SHORT_SLOTS_LENGTH : LONG_SLOTS_LENGTH));
            if (entryCount - before < GROWTH_FILL * entries) {
                return Math.round(bytes);
            }
            before += entries;
            entries = Math.min(2 * entries, MapChain.MAX_MAP_ENTRIES);
        }
    }
}
