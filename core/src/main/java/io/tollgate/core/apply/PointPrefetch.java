package io.tollgate.core.apply;

import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.length;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.block.PointBlockDescriptor.HALF_LENGTH;
import static io.tollgate.core.store.block.PointBlockDescriptor.capacity;
import static io.tollgate.core.store.block.PointBlockDescriptor.coldOffset;
import static io.tollgate.core.store.block.PointBlockDescriptor.hotOffset;
import static io.tollgate.core.window.WindowStateDescriptor.SHAPE_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_BLOCK_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_INDEX_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.maxCount;
import static io.tollgate.core.window.WindowStateDescriptor.stateLength;
import static io.tollgate.core.window.WindowStateDescriptor.statesOffset;

import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.window.WindowStateDescriptor;
import org.agrona.UnsafeApi;

/**
 * Prefetches the memory of the next points before the first of them is applied. It first loads the data common to all
 * points, then the data found from there, so that the processor waits for many cache lines at once. It has no side
 * effects. It never leaves a block because of a value in the store, because a store may be forged. Writer only.
 */
public final class PointPrefetch {
    /** Points per group: larger groups were slower on W1 (core/docs/decisions/memory.md). */
    public static final int CAPACITY = 8;

    /** Fewer series stay in the caches of a processor, and a prefetch would take longer than it saves. */
    public static final int MIN_SERIES = 1 << 13;

    private static final int LINE = 64;

    private final SeriesStore store;
    private final BlockStore blocks;
    private final long[] records = new long[CAPACITY];
    private final long[] validTimes = new long[CAPACITY];
    private final long[] states = new long[CAPACITY];
    private final long[] tails = new long[CAPACITY];
    private int count;
    private long sink;

    /**
     * Creates a prefetch for the points of a store.
     *
     * @param store of their series.
     */
    PointPrefetch(final SeriesStore store) {
        this.store = store;
        blocks = store.blocks();
    }

    /**
     * Adds a point, and starts to load the record of its series.
     *
     * @param seriesNumber any number.
     * @param validTime    of the point.
     */
    void add(final long seriesNumber, final long validTime) {
        final long record = store.recordAddress(seriesNumber);
        if (record != 0) {
            validTimes[count] = validTime;
            records[count++] = record;
            sink += UnsafeApi.getLong(record) + UnsafeApi.getLong(record + LINE);
        }
    }

    /** Loads the memory of the added points other than the record, and clears the list. */
    void load() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            tails[i] = blocks.address(tailBlock(i));
            sum += touch(tails[i]);
        }
        for (int i = 0; i < count; i++) {
            states[i] = maxCount(sizeClass(stateBlock(i))) == 0 ? 0 : blocks.address(stateBlock(i));
            sum += states[i] == 0 ? 0 : shape(i);
            sum += touchEnd(i);
        }
        for (int i = 0; i < count; i++) {
            sum += touchPath(i);
        }
        for (int i = 0; i < count; i++) {
            sum += states[i] == 0 ? 0 : touchStates(i);
        }
        for (int i = 0; i < count; i++) {
            sum += states[i] == 0 || isBeforeLast(i) ? 0 : touchWindowTails(i);
        }
        sink += sum;
        count = 0;
    }

    private long tailBlock(final int i) {
        return UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.TAIL_BLOCK_OFFSET);
    }

    private long stateBlock(final int i) {
        return UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.STATE_BLOCK_OFFSET);
    }

    /** Returns true if the point may be inserted between others; false if it is appended at a new instant. */
    private boolean isLate(final int i) {
        return validTimes[i] <= lastTime(i);
    }

    /** Returns true if the point will be taken in by itself, so that no point leaves a window. */
    private boolean isBeforeLast(final int i) {
        return validTimes[i] < lastTime(i);
    }

    private long lastTime(final int i) {
        return UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.LAST_TIME_OFFSET);
    }

    private static long touch(final long address) {
        return address == 0 ? 0 : UnsafeApi.getLong(address);
    }

    /** Touches some lines of a block. The range is clamped to the block, because the store is not trusted. */
    private static long touchLines(final long address, final long block, final int from, final int to) {
        long sum = 0;
        final long end = address + Math.min(to, length(sizeClass(block)));
        for (long line = address + Math.max(0, from) & -LINE; line < end; line += LINE) {
            sum += UnsafeApi.getLong(line);
        }
        return sum;
    }

    private long touchStates(final int i) {
        final int windows = windowCount(i);
        final int layout = layout(i);
        final int end = statesOffset(layout, windows) + windows * stateLength(layout);
        return touchLines(states[i], stateBlock(i), LINE, end);
    }

    private int shape(final int i) {
        return UnsafeApi.getInt(states[i] + SHAPE_OFFSET);
    }

    private int layout(final int i) {
        return WindowStateDescriptor.layout(shape(i));
    }

    private int windowCount(final int i) {
        return WindowStateDescriptor.count(shape(i), sizeClass(stateBlock(i)));
    }

    /** Touches the place of the next append. */
    private long touchEnd(final int i) {
        if (tails[i] == 0) {
            return 0;
        }
        final int capacity = capacity(sizeClass(tailBlock(i)));
        final int index = Math.max(0, Math.min(capacity - 1, UnsafeApi.getInt(tails[i] + COUNT_OFFSET)));
        return UnsafeApi.getLong(tails[i] + hotOffset(index))
                + UnsafeApi.getLong(tails[i] + coldOffset(capacity) + index * HALF_LENGTH);
    }

    /**
     * Touches the place of a late point, or of one that needs a new block: the nodes on its path and the leaf block.
     */
    private long touchPath(final int i) {
        final boolean isLate = isLate(i);
        if (tails[i] == 0 || !isLate && UnsafeApi.getInt(tails[i] + COUNT_OFFSET) < capacity(sizeClass(tailBlock(i)))) {
            return 0;
        }
        long sum = 0;
        long block = UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.ROOT_BLOCK_OFFSET);
        int level = UnsafeApi.getByte(records[i] + SeriesRecordDescriptor.TREE_HEIGHT_OFFSET);
        long address = blocks.address(block);
        while (level > 0 && address != 0 && NodeDescriptor.capacity(sizeClass(block)) != 0) {
            final int capacity = NodeDescriptor.capacity(sizeClass(block));
            final int slot = slotOf(address, capacity, validTimes[i]);
            final int summary = NodeDescriptor.summaryOffset(capacity) + slot * NodeDescriptor.SUMMARY_LENGTH;
            sum += touchLines(address, block, summary, summary + RunSummaryDescriptor.HOT_LENGTH);
            block = UnsafeApi.getLong(address + NodeDescriptor.childOffset(capacity) + slot * Long.BYTES);
            address = blocks.address(block);
            level--;
        }
        if (address == 0) {
            return sum;
        }
        final int full = capacity(sizeClass(block));
        final int cold = coldOffset(full);
        return sum
                + touchLines(address, block, 0, hotOffset(full))
                + (isLate ? touchLines(address, block, cold, cold + full * HALF_LENGTH) : 0);
    }

    /**
     * Returns the last child of a node that begins at or before an instant. The search starts at the end, because few
     * points are very late.
     */
    private static int slotOf(final long node, final int capacity, final long timeNs) {
        final long times = node + NodeDescriptor.FIRST_TIME_OFFSET;
        int slot = Math.max(1, Math.min(capacity, UnsafeApi.getInt(node + COUNT_OFFSET))) - 1;
        while (slot > 0 && UnsafeApi.getLong(times + slot * Long.BYTES) > timeNs) {
            slot--;
        }
        return slot;
    }

    /** Touches the next points that leave the windows. */
    private long touchWindowTails(final int i) {
        long sum = 0;
        final int windows = windowCount(i);
        final int layout = layout(i);
        final int length = stateLength(layout);
        for (int window = 0; window < windows; window++) {
            final long state = states[i] + statesOffset(layout, windows) + window * length;
            final int next = UnsafeApi.getShort(state + TAIL_INDEX_OFFSET) + 1;
            final long block = UnsafeApi.getLong(state + TAIL_BLOCK_OFFSET);
            sum += touchPoints(block, next, next + 2);
        }
        return sum;
    }

    /** Touches the head of a block of points, and a range of its points. The range may continue in the next block. */
    private long touchPoints(final long block, final int from, final int to) {
        final long points = blocks.address(block);
        if (points == 0) {
            return 0;
        }
        final int full = capacity(sizeClass(block));
        long sum =
                UnsafeApi.getLong(points) + touchLines(points, block, hotOffset(from), hotOffset(Math.min(to, full)));
        if (to > full) {
            final long nextBlock = UnsafeApi.getLong(points + NEXT_OFFSET);
            final long next = blocks.address(nextBlock);
            if (next != 0) {
                sum += touchLines(next, nextBlock, 0, hotOffset(to - full));
            }
        }
        return sum;
    }
}
