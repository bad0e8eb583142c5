package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_NODE;
import static io.tollgate.core.store.block.NodeDescriptor.CHANGED_AT_OPEN;
import static io.tollgate.core.store.block.NodeDescriptor.FAN_OUT;
import static io.tollgate.core.store.block.NodeDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.store.block.NodeDescriptor.MAX_HEIGHT;
import static io.tollgate.core.store.block.NodeDescriptor.SUMMARY_LENGTH;
import static io.tollgate.core.store.block.NodeDescriptor.changedAtOffset;
import static io.tollgate.core.store.block.NodeDescriptor.childOffset;
import static io.tollgate.core.store.block.NodeDescriptor.summaryOffset;

import io.tollgate.core.number.RunSummaryDescriptor;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A forged tree of the greatest height. All slots of a node have the same child, so a walk from the first block of
 * points never reaches the last one.
 */
public final class FoldedTree {
    private FoldedTree() {}

    /** Replaces a tree of several blocks, and sets its count of points or versions. */
    public static void make(final BlockStore blocks, final SeriesRecord record, final long count) {
        final TreePath path = new TreePath(blocks);
        path.floor(record, Long.MAX_VALUE, Long.MAX_VALUE);
        final long lastTime = path.points().time(0);
        long last = path.points().blockNumber();
        path.floor(record, Long.MIN_VALUE, Long.MIN_VALUE);
        long folded = path.points().blockNumber();
        for (int level = 1; level < MAX_HEIGHT; level++) {
            folded = node(blocks, record, lastTime, repeated(folded));
            last = node(blocks, record, lastTime, last);
        }
        final long[] children = repeated(folded);
        children[FAN_OUT - 1] = last;
        record.root(node(blocks, record, lastTime, children), MAX_HEIGHT);
        record.pointCount(count);
    }

    private static long[] repeated(final long child) {
        final long[] children = new long[FAN_OUT];
        Arrays.fill(children, child);
        return children;
    }

    private static long node(
            final BlockStore blocks, final SeriesRecord record, final long lastTime, final long... children) {
        final long number = blocks.allocate(LARGE, TYPE_NODE, record.seriesNumber());
        final UnsafeBuffer node = new UnsafeBuffer(blocks.address(number), LARGE_LENGTH);
        node.putInt(COUNT_OFFSET, children.length);
        for (int slot = 0; slot < children.length; slot++) {
            final int word = slot * Long.BYTES;
            node.putLong(FIRST_TIME_OFFSET + word, slot == 0 ? Long.MIN_VALUE : lastTime);
            node.putLong(childOffset(FAN_OUT) + word, children[slot]);
            node.putLong(changedAtOffset(FAN_OUT) + word, CHANGED_AT_OPEN);
            node.putLong(summaryOffset(FAN_OUT) + slot * SUMMARY_LENGTH + RunSummaryDescriptor.COUNT_OFFSET, 1);
        }
        return number;
    }
}
