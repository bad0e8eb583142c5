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
import java.util.function.LongToDoubleFunction;

/**
 * How many bytes series and points take in a store: in its files, and as much of mapped memory outside
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
 * <p>Records and blocks lie in the entries of chains of maps, in each as many as fit 16 KiB and are a power of two,
 * and have 8 bytes each for their place. An entry takes 64 bytes for its key and to begin at a cache line, 1/8 for
 * its place, and for finding it 8 bytes in a map of up to 16,384 entries and 16 in a larger one. A key of a series
 * takes the place of four chunks of 16 bytes, and is found by 8 bytes in a map of up to 8,192 keys and 16 in a larger
 * one. A map has {@value #MAP_LENGTH} bytes of its own. The k-th map has room for {@code first << k} records, blocks
 * or keys, at most 2^20. It is there when the one before is full to 70%, or has less room than {@code p} points may
 * need: {@code 2 p + 16} SMALL, {@code 4 p + 16} MEDIUM or {@code 6 p + 16} LARGE blocks. {@code p} is twice as many as
 * there are SMALL and MEDIUM blocks, and 2 more, but 64 at most.
 *
 * <p>So much for what was made; besides, on the heap 8 bytes for each record and block. All methods are static and
 * pure.
 */
public final class Footprint {
    /** Points of a full block. */
    public static final int BLOCK_POINTS = PointBlockDescriptor.MEDIUM_CAPACITY;

    /** What a map has beside its entries, in bytes: its headers, and the rest of its last page. */
    static final int MAP_LENGTH = 4_416;

    /** Bytes on the heap of each record and each block: its address. */
    public static final int HEAP_BYTES_PER_AREA = Long.BYTES;

    /** The most points that the first block of a series holds. */
    private static final int SMALL_POINTS = PointBlockDescriptor.SMALL_CAPACITY;

    private static final int MEDIUM_POINTS = PointBlockDescriptor.MEDIUM_CAPACITY;
    private static final int MEDIUM_WINDOWS = 6;
    /** Four chunks, a bit each, and the number. */
    private static final double KEY_BYTES = 4 * (16 + 1.0 / Byte.SIZE) + Long.BYTES;

    /** The key of an entry, the bit of its chunk, and what lies around its records or blocks. */
    private static final double ENTRY_BYTES = Long.BYTES + 1.0 / Byte.SIZE + RecordShape.ALIGNMENT - Long.BYTES;

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
        return windowCount > 0 && pointCount > MEDIUM_POINTS;
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
                + areaBytes(SeriesRecordDescriptor.LENGTH)
                + smallBlocks(pointCount) * areaBytes(SMALL_LENGTH)
                + mediumBlocks(pointCount, windowCount) * areaBytes(MEDIUM_LENGTH)
                + largeBlocks(pointCount, windowCount) * areaBytes(LARGE_LENGTH);
    }

    /** What a record or a block takes in a large map. */
    private static double areaBytes(final int length) {
        return length + Long.BYTES + (ENTRY_BYTES + LONG_SLOTS_LENGTH) / new RecordShape(length).areasPerEntry();
    }

    /**
     * What a point of a long series takes.
     *
     * @return bytes: its share of a MEDIUM block, and of the nodes above that.
     */
    public static double bytesPerPoint() {
        return (areaBytes(MEDIUM_LENGTH) + areaBytes(LARGE_LENGTH) / (NodeDescriptor.FAN_OUT - 1)) / MEDIUM_POINTS;
    }

    /**
     * What a whole store takes, with the room that it keeps ahead.
     *
     * @param seriesCount     series, one filled behind the other.
     * @param pointCount      points of each.
     * @param windowCount     windows that each has registered, up to 28.
     * @param firstMapEntries series, keys, and blocks of each size, that the first maps hold.
     * @return bytes made, in files or outside the heap.
     */
    public static long storeBytes(
            final long seriesCount, final long pointCount, final int windowCount, final int firstMapEntries) {
        // Of series that have left their first block one is free, for the next one.
        final long small = pointCount > SMALL_POINTS ? 1 : seriesCount * smallBlocks(pointCount);
        return storeBytes(seriesCount, pointCount, windowCount, small, firstMapEntries);
    }

    /**
     * What a whole store takes if all series grow at once, so that no series takes the first block of another.
     *
     * @param seriesCount     series.
     * @param pointCount      points of each, 1 or more.
     * @param windowCount     windows that each has registered, up to 28.
     * @param firstMapEntries series, keys, and blocks of each size, that the first maps hold.
     * @return bytes made, in files or outside the heap.
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

    /** What a chain of maps takes, with the room that is kept ahead. */
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

    /** Of maps that are each made when the one before is full to 70%, or there is less room than is kept ahead. */
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
