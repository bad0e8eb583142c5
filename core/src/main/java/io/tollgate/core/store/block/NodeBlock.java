package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.LEVEL_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_NODE;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.block.NodeDescriptor.CHANGED_AT_OPEN;
import static io.tollgate.core.store.block.NodeDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.store.block.NodeDescriptor.KNOWN_FROM_OPEN;
import static io.tollgate.core.store.block.NodeDescriptor.SUMMARY_LENGTH;

import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.number.RunSummaryDescriptor;

/**
 * A flyweight over an inner node of a tree, laid out by {@link NodeDescriptor}. The writer changes a node only while
 * the version of its series is odd. Any thread may read, and must validate that version afterwards.
 */
public final class NodeBlock {
    private final NativeBuffer buffer = new NativeBuffer();
    private final ReadableBlocks blocks;
    private long blockNumber;
    private int capacity;
    private int firstReferenceOffset;
    private int childOffset;
    private int knownFromOffset;
    private int changedAtOffset;
    private int summaryOffset;

    public NodeBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /** Wraps another node. Returns false if the number is not that of a node, which then must not be read. */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        final int sizeClass = sizeClass(blockNumber);
        final int slots = NodeDescriptor.capacity(sizeClass);
        if (address == 0 || slots == 0) {
            return false;
        }
        capacity = slots;
        buffer.wrap(address, BlockDescriptor.length(sizeClass));
        firstReferenceOffset = NodeDescriptor.firstReferenceOffset(capacity);
        childOffset = NodeDescriptor.childOffset(capacity);
        knownFromOffset = NodeDescriptor.knownFromOffset(capacity);
        changedAtOffset = NodeDescriptor.changedAtOffset(capacity);
        summaryOffset = NodeDescriptor.summaryOffset(capacity);
        this.blockNumber = blockNumber;
        return buffer.getByte(TYPE_OFFSET) == TYPE_NODE;
    }

    public long blockNumber() {
        return blockNumber;
    }

    /** Returns true if there is no free slot. */
    public boolean isFull() {
        return count() == capacity;
    }

    public int count() {
        return Math.max(0, Math.min(capacity, buffer.getInt(COUNT_OFFSET)));
    }

    public long child(final int slot) {
        return buffer.getLong(childOffset + (slot << 3));
    }

    public long firstTime(final int slot) {
        return buffer.getLong(FIRST_TIME_OFFSET + (slot << 3));
    }

    public long firstReference(final int slot) {
        return buffer.getLong(firstReferenceOffset + (slot << 3));
    }

    /** Returns the knowledge time before which no point below a slot was known. */
    public long knownFrom(final int slot) {
        return buffer.getLong(knownFromOffset + (slot << 3));
    }

    /** Returns the knowledge time after which no point below a slot was changed. */
    public long changedAt(final int slot) {
        return buffer.getLong(changedAtOffset + (slot << 3));
    }

    /** Returns the number of points below a slot that is not on the rightmost path. */
    public long summaryCount(final int slot) {
        return buffer.getLong(summaryOffset + slot * SUMMARY_LENGTH + RunSummaryDescriptor.COUNT_OFFSET);
    }

    /** Returns the last slot whose first point is at or before a position; slot 0 if there is none. */
    public int floor(final long time, final long reference) {
        int low = 1;
        int high = count();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final long t = firstTime(middle);
            if (t < time || t == time && firstReference(middle) <= reference) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Loads the summary of a child. The extended part may be loaded only if the series keeps it. */
    public void loadSummary(
            final int slot, final boolean timeWeighted, final boolean isExtended, final RunSummary summary) {
        final int offset = summaryOffset + slot * SUMMARY_LENGTH;
        if (isExtended) {
            summary.loadExtended(buffer, offset, timeWeighted);
        } else {
            summary.load(buffer, offset, timeWeighted);
        }
    }

    /** Stores the summary of a child, with the extended part if the summary has one. */
    public void storeSummary(final int slot, final RunSummary summary) {
        final int offset = summaryOffset + slot * SUMMARY_LENGTH;
        if (summary.isExtended()) {
            summary.storeExtended(buffer, offset);
        } else {
            summary.store(buffer, offset);
        }
    }

    public void level(final int level) {
        buffer.putLong(LEVEL_OFFSET, level);
    }

    void count(final int count) {
        buffer.putInt(COUNT_OFFSET, count);
    }

    public void key(final int slot, final long time, final long reference) {
        buffer.putLong(FIRST_TIME_OFFSET + (slot << 3), time);
        buffer.putLong(firstReferenceOffset + (slot << 3), reference);
    }

    public void knowledge(final int slot, final long knownFrom, final long changedAt) {
        buffer.putLong(knownFromOffset + (slot << 3), knownFrom);
        buffer.putLong(changedAtOffset + (slot << 3), changedAt);
    }

    /** Opens the knowledge times of a slot: any point below it may have become known or changed at any time. */
    public void openKnowledge(final int slot) {
        knowledge(slot, KNOWN_FROM_OPEN, CHANGED_AT_OPEN);
    }

    /** Inserts a child at a slot, after the later children have moved up. Its summary must be written next. */
    public void insert(final int slot, final long time, final long reference, final long child) {
        final int count = count();
        final int length = (count - slot) << 3;
        if (length > 0) {
            shift(FIRST_TIME_OFFSET + (slot << 3), Long.BYTES, length);
            shift(firstReferenceOffset + (slot << 3), Long.BYTES, length);
            shift(childOffset + (slot << 3), Long.BYTES, length);
            shift(knownFromOffset + (slot << 3), Long.BYTES, length);
            shift(changedAtOffset + (slot << 3), Long.BYTES, length);
            shift(summaryOffset + slot * SUMMARY_LENGTH, SUMMARY_LENGTH, (count - slot) * SUMMARY_LENGTH);
        }
        key(slot, time, reference);
        buffer.putLong(childOffset + (slot << 3), child);
        openKnowledge(slot);
        count(count + 1);
    }

    /** Removes the child of a slot, and moves the later children down. */
    public void remove(final int slot) {
        final int behind = count() - slot - 1;
        if (behind > 0) {
            final int from = slot + 1;
            shift(FIRST_TIME_OFFSET + (from << 3), -Long.BYTES, behind << 3);
            shift(firstReferenceOffset + (from << 3), -Long.BYTES, behind << 3);
            shift(childOffset + (from << 3), -Long.BYTES, behind << 3);
            shift(knownFromOffset + (from << 3), -Long.BYTES, behind << 3);
            shift(changedAtOffset + (from << 3), -Long.BYTES, behind << 3);
            shift(summaryOffset + from * SUMMARY_LENGTH, -SUMMARY_LENGTH, behind * SUMMARY_LENGTH);
        }
        count(count() - 1);
    }

    /** Moves the slots at and after an index to an empty node. */
    public void splitTo(final NodeBlock right, final int from) {
        final int count = count() - from;
        final int length = count << 3;
        right.buffer.putBytes(FIRST_TIME_OFFSET, buffer, FIRST_TIME_OFFSET + (from << 3), length);
        right.buffer.putBytes(right.firstReferenceOffset, buffer, firstReferenceOffset + (from << 3), length);
        right.buffer.putBytes(right.childOffset, buffer, childOffset + (from << 3), length);
        right.buffer.putBytes(right.knownFromOffset, buffer, knownFromOffset + (from << 3), length);
        right.buffer.putBytes(right.changedAtOffset, buffer, changedAtOffset + (from << 3), length);
        right.buffer.putBytes(
                right.summaryOffset, buffer, summaryOffset + from * SUMMARY_LENGTH, count * SUMMARY_LENGTH);
        right.count(count);
        count(from);
    }

    private void shift(final int from, final int by, final int length) {
        buffer.putBytes(from + by, buffer, from, length);
    }
}
