package io.tollgate.core.window;

import static io.tollgate.core.store.block.BlockDescriptor.length;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;
import static io.tollgate.core.window.WindowStateDescriptor.EVICT_GAP_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.EVICT_TIME_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.FRONTIER_BLOCK_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.FRONTIER_INDEX_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.FRONTIER_TIME_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.FRONTIER_VALUE_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.LENGTHS_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.SHAPE_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.SUMMARY_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_BLOCK_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_COUNT_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.TAIL_INDEX_OFFSET;
import static io.tollgate.core.window.WindowStateDescriptor.WIDE;
import static io.tollgate.core.window.WindowStateDescriptor.maxCount;
import static io.tollgate.core.window.WindowStateDescriptor.stateLength;
import static io.tollgate.core.window.WindowStateDescriptor.statesOffset;

import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.ReadableBlocks;

/**
 * A flyweight over the window states of one series, laid out by {@link WindowStateDescriptor}. The writer changes them
 * only while the version of the series is odd; any thread may read, and must validate that version afterwards.
 */
public final class WindowStateBlock {
    private final NativeBuffer buffer = new NativeBuffer();
    private final ReadableBlocks blocks;
    private int count;
    private long stateLength;
    private int layout;
    private long statesOffset;

    /**
     * A flyweight that must be wrapped before use.
     *
     * @param blocks where the blocks are.
     */
    public WindowStateBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /** Returns the memory of the states. */
    NativeBuffer buffer() {
        return buffer;
    }

    /**
     * Wraps the states of another series.
     *
     * @param blockNumber any number.
     * @return false if this is no block of window states: it must not be read then.
     */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        final int sizeClass = sizeClass(blockNumber);
        if (address == 0 || maxCount(sizeClass) == 0) {
            return false;
        }
        buffer.wrap(address, length(sizeClass));
        final int shape = buffer.getInt(SHAPE_OFFSET);
        layOut(WindowStateDescriptor.layout(shape), WindowStateDescriptor.count(shape, sizeClass));
        return WindowStateDescriptor.isOfStates(shape);
    }

    private void layOut(final int newLayout, final int newCount) {
        layout = newLayout;
        count = newCount;
        stateLength = stateLength(layout);
        statesOffset = statesOffset(layout, count);
    }

    long stateOffset(final int window) {
        return statesOffset + window * stateLength;
    }

    private long lengthOffset(final int window) {
        return LENGTHS_OFFSET + (long) window * Long.BYTES;
    }

    /** {@return the number of states} */
    public int count() {
        return count;
    }

    /** {@return the block of the last point that the states include, 0 if they include none} */
    public long frontierBlock() {
        return buffer.getLong(FRONTIER_BLOCK_OFFSET);
    }

    /** {@return the index of that point in its block} */
    public int frontierIndex() {
        return buffer.getInt(FRONTIER_INDEX_OFFSET);
    }

    /** {@return the valid time of that point: the instant that the states belong to} */
    public long frontierTime() {
        return buffer.getLong(FRONTIER_TIME_OFFSET);
    }

    /** Returns the value of that point. */
    long frontierValue() {
        return buffer.getLong(FRONTIER_VALUE_OFFSET);
    }

    /** Returns true if the summaries of all states are narrow. */
    boolean isNarrow() {
        return layout != WIDE;
    }

    /**
     * Finds the state of a window.
     *
     * @param lengthNs length of the window.
     * @param likely   the index tried first; any number from 0 on.
     * @return its index, -1 if it is not registered.
     */
    public int find(final long lengthNs, final int likely) {
        if (likely < count && lengthNs(likely) == lengthNs) {
            return likely;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (lengthNs(i) == lengthNs) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the length of a window.
     *
     * @param window its index.
     * @return nanoseconds.
     */
    public long lengthNs(final int window) {
        return buffer.getLong(lengthOffset(window));
    }

    long tailBlock(final int window) {
        return buffer.getLong(stateOffset(window) + TAIL_BLOCK_OFFSET);
    }

    int tailIndex(final int window) {
        return buffer.getShort(stateOffset(window) + TAIL_INDEX_OFFSET);
    }

    /** Returns a lower bound of the point count of the tail block, 0 if it is not known. */
    int tailCount(final int window) {
        return buffer.getShort(stateOffset(window) + TAIL_COUNT_OFFSET);
    }

    /**
     * Returns the instant at which the first point leaves a window: while the start of the window is before it, none
     * leaves.
     *
     * @param window its index.
     * @return the instant.
     */
    public long evictTime(final int window) {
        return buffer.getLong(stateOffset(window) + EVICT_TIME_OFFSET);
    }

    /**
     * Loads the summary of a window at the frontier.
     *
     * @param window       its index.
     * @param timeWeighted true for STEP.
     * @param summary      to be filled.
     */
    public void loadSummary(final int window, final boolean timeWeighted, final RunSummary summary) {
        final long offset = stateOffset(window) + SUMMARY_OFFSET;
        if (layout == WIDE) {
            summary.load(buffer, offset, timeWeighted);
        } else {
            summary.loadNarrow(buffer, offset, timeWeighted, evictTime(window), frontierTime(), frontierValue());
        }
    }

    /** Stores the summary of a window at the frontier; returns false if it does not fit the layout. */
    boolean storeSummary(final int window, final RunSummary summary) {
        final long offset = stateOffset(window) + SUMMARY_OFFSET;
        if (layout == WIDE) {
            summary.store(buffer, offset);
            return true;
        }
        return summary.storeNarrow(buffer, offset);
    }

    void lengthNs(final int window, final long lengthNs) {
        buffer.putLong(lengthOffset(window), lengthNs);
    }

    /**
     * Sets the tail, with an unknown evict gap. Points after the frontier may be removed without a change of the
     * states, so they are not counted.
     */
    void tail(final int window, final long block, final int index, final int tailCount) {
        final long offset = stateOffset(window);
        final int limit = block == frontierBlock() ? frontierIndex() + 1 : tailCount;
        buffer.putLong(offset + TAIL_BLOCK_OFFSET, block);
        buffer.putShort(offset + TAIL_INDEX_OFFSET, (short) index);
        buffer.putShort(offset + TAIL_COUNT_OFFSET, (short) Math.min(tailCount, limit));
        buffer.putInt(offset + EVICT_GAP_OFFSET, 0);
    }

    void evictTime(final int window, final long time) {
        buffer.putLong(stateOffset(window) + EVICT_TIME_OFFSET, time);
    }

    void frontier(final long block, final int index, final long time, final long value) {
        moveFrontier(block, index);
        buffer.putLong(FRONTIER_TIME_OFFSET, time);
        frontierValue(value);
    }

    /** Moves the frontier position; the point is the same. */
    void moveFrontier(final long block, final int index) {
        buffer.putLong(FRONTIER_BLOCK_OFFSET, block);
        buffer.putInt(FRONTIER_INDEX_OFFSET, index);
    }

    void frontierValue(final long value) {
        buffer.putLong(FRONTIER_VALUE_OFFSET, value);
    }

    /** Wraps a new block, and initialises the given number of empty states in it. */
    void begin(final long blockNumber, final int newCount, final int newLayout) {
        wrap(blockNumber);
        layOut(newLayout, newCount);
        buffer.setMemory(LENGTHS_OFFSET, statesOffset - LENGTHS_OFFSET + count * stateLength, (byte) 0);
        buffer.putInt(SHAPE_OFFSET, WindowStateDescriptor.shape(layout, count));
    }

    /** Clears the same states and makes them wide. */
    void widen() {
        layOut(WIDE, count);
        buffer.setMemory(statesOffset, count * stateLength, (byte) 0);
        buffer.putInt(SHAPE_OFFSET, WindowStateDescriptor.shape(layout, count));
    }
}
