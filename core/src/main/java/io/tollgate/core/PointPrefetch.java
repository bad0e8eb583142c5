package io.tollgate.core;

import static io.tollgate.core.store.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.LARGE;
import static io.tollgate.core.store.BlockDescriptor.NEXT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.PointBlockDescriptor.HALF_LENGTH;
import static io.tollgate.core.store.PointBlockDescriptor.capacity;
import static io.tollgate.core.store.PointBlockDescriptor.coldOffset;
import static io.tollgate.core.store.PointBlockDescriptor.hotOffset;
import static io.tollgate.core.window.WindowStateDescriptor.COPY_END_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.STATES_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_BLOCK_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_INDEX_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.copyCount;
import static io.tollgate.core.window.WindowStateDescriptor.stateLength;

import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.BlockStore;
import io.tollgate.core.store.NodeDescriptor;
import io.tollgate.core.store.SeriesRecordDescriptor;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.window.WindowStates;
import org.agrona.UnsafeApi;

/**
 * Loads the memory that the next points will need before any of them is applied: what all of them need first, then what
 * is found from there, so that the processor waits for many lines at once and not for one after the other. Changes
 * nothing. Writer only.
 */
final class PointPrefetch {
    /** Points in one go: with more of them W1 became slower (decision 13). */
    static final int CAPACITY = 8;

    private static final int LINE = 64;

    private final ShardStore store;
    private final BlockStore blocks;
    private final long[] records = new long[CAPACITY];
    private final long[] validTimes = new long[CAPACITY];
    private final long[] states = new long[CAPACITY];
    private final long[] tails = new long[CAPACITY];
    private int count;
    private long sink;

    /**
     * For the points of a store.
     *
     * @param store where their series are.
     */
    PointPrefetch(final ShardStore store) {
        this.store = store;
        blocks = store.blocks();
    }

    /**
     * Adds the series of a point, and begins to load its record.
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

    /** Loads what the points added need beyond the record, and forgets them. */
    void load() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            tails[i] = blocks.address(UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.TAIL_BLOCK_OFFSET));
            sum += touch(tails[i]);
        }
        for (int i = 0; i < count; i++) {
            states[i] = isDeferred(i)
                    ? 0
                    : blocks.address(UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.STATE_BLOCK_OFFSET));
            sum += touch(states[i]);
            sum += touchEnd(records[i], tails[i]);
        }
        for (int i = 0; i < count; i++) {
            sum += touchPath(i);
        }
        for (int i = 0; i < count; i++) {
            sum += touchStates(states[i]);
        }
        for (int i = 0; i < count; i++) {
            sum += touchWindowTails(states[i]);
        }
        sink += sum;
        count = 0;
    }

    /** Whether the point will be appended without its series' states, as {@link WindowStates#isDeferred} will find. */
    private boolean isDeferred(final int i) {
        return validTimes[i] > UnsafeApi.getLong(records[i] + SeriesRecordDescriptor.LAST_TIME_OFFSET)
                && tails[i] != 0
                && !WindowStates.endsGroup(UnsafeApi.getInt(tails[i] + COUNT_OFFSET));
    }

    private static long touch(final long address) {
        return address == 0 ? 0 : UnsafeApi.getLong(address);
    }

    private static long touchStates(final long address) {
        if (address == 0) {
            return 0;
        }
        return touchLines(address + LINE, endOfStates(address));
    }

    private static long endOfStates(final long address) {
        final int windows = UnsafeApi.getInt(address + COUNT_OFFSET);
        return address + STATES_OFFSET + (long) windows * stateLength(copyCount(windows));
    }

    /** Where the next point will be appended. */
    private static long touchEnd(final long record, final long address) {
        if (address == 0) {
            return 0;
        }
        final int capacity = capacity(sizeClass(UnsafeApi.getLong(record + SeriesRecordDescriptor.TAIL_BLOCK_OFFSET)));
        final int index = Math.min(UnsafeApi.getInt(address + COUNT_OFFSET), capacity - 1);
        return UnsafeApi.getLong(address + hotOffset(index))
                + UnsafeApi.getLong(address + coldOffset(capacity) + index * HALF_LENGTH);
    }

    /** Where a point goes that is late, or needs another block: the nodes on its path, and the block at its end. */
    private long touchPath(final int i) {
        final long record = records[i];
        final boolean isLate = validTimes[i] <= UnsafeApi.getLong(record + SeriesRecordDescriptor.LAST_TIME_OFFSET);
        if (tails[i] == 0 || !isLate && !isFull(record, tails[i])) {
            return 0;
        }
        long sum = 0;
        long block = UnsafeApi.getLong(record + SeriesRecordDescriptor.ROOT_BLOCK_OFFSET);
        for (int level = UnsafeApi.getByte(record + SeriesRecordDescriptor.TREE_HEIGHT_OFFSET); level > 0; level--) {
            final long node = blocks.address(block);
            final int slot = slotOf(node, validTimes[i]);
            final long summary = node + NodeDescriptor.SUMMARY_OFFSET + slot * NodeDescriptor.SUMMARY_LENGTH;
            sum += touchLines(summary, summary + RunSummaryDescriptor.HOT_LENGTH);
            block = UnsafeApi.getLong(node + NodeDescriptor.CHILD_OFFSET + slot * Long.BYTES);
        }
        final long points = blocks.address(block);
        final int full = capacity(sizeClass(block));
        final int cold = isLate ? full : 0;
        return sum
                + touchLines(points, points + hotOffset(full))
                + touchLines(points + coldOffset(full), points + coldOffset(full) + cold * HALF_LENGTH);
    }

    private static boolean isFull(final long record, final long tail) {
        final long block = UnsafeApi.getLong(record + SeriesRecordDescriptor.TAIL_BLOCK_OFFSET);
        return UnsafeApi.getInt(tail + COUNT_OFFSET) == capacity(sizeClass(block));
    }

    /** The last child of a node that does not begin behind an instant: from the end, as few points are very late. */
    private static int slotOf(final long node, final long timeNs) {
        final long times = node + NodeDescriptor.FIRST_TIME_OFFSET;
        int slot = UnsafeApi.getInt(node + COUNT_OFFSET) - 1;
        while (slot > 0 && UnsafeApi.getLong(times + slot * Long.BYTES) > timeNs) {
            slot--;
        }
        return slot;
    }

    private static long touchLines(final long from, final long to) {
        long sum = 0;
        for (long line = from & -LINE; line < to; line += LINE) {
            sum += UnsafeApi.getLong(line);
        }
        return sum;
    }

    /** The points that windows will let go of with the next group, and those that will be copied then. */
    private long touchWindowTails(final long address) {
        if (address == 0) {
            return 0;
        }
        long sum = 0;
        final long end = endOfStates(address);
        final int copies = copyCount(UnsafeApi.getInt(address + COUNT_OFFSET));
        final int length = stateLength(copies);
        for (long state = address + STATES_OFFSET; state < end; state += length) {
            final int next = UnsafeApi.getInt(state + TAIL_INDEX_OFFSET) + 1;
            final int behind = next + WindowStates.GROUP_LENGTH;
            if (behind > UnsafeApi.getInt(state + COPY_END_OFFSET)) {
                final int copyEnd = copies == 0 ? behind : (behind & -copies) + copies;
                sum += touchPoints(UnsafeApi.getLong(state + TAIL_BLOCK_OFFSET), next, copyEnd);
            }
        }
        return sum;
    }

    /** The head of a block of points, and the points from one index to below another, in the next block too. */
    private long touchPoints(final long block, final int from, final int to) {
        final long points = blocks.address(block);
        if (points == 0 || sizeClass(block) == LARGE) {
            return 0;
        }
        final int full = capacity(sizeClass(block));
        long sum = UnsafeApi.getLong(points)
                + touchLines(points + hotOffset(from), points + hotOffset(Math.min(to, full)));
        if (to > full) {
            final long next = blocks.address(UnsafeApi.getLong(points + NEXT_OFFSET));
            if (next != 0) {
                sum += UnsafeApi.getLong(next) + touchLines(next + hotOffset(0), next + hotOffset(to - full));
            }
        }
        return sum;
    }
}
