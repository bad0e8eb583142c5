package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.BlockDescriptor.MEDIUM_LENGTH;
import static io.tollgate.core.store.BlockDescriptor.PREVIOUS_OFFSET;
import static io.tollgate.core.store.BlockDescriptor.TYPE_HISTORY;
import static io.tollgate.core.store.HistoryBlockDescriptor.CAPACITY;
import static io.tollgate.core.store.HistoryBlockDescriptor.END_KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.store.HistoryBlockDescriptor.END_SEQUENCE_OFFSET;
import static io.tollgate.core.store.HistoryBlockDescriptor.KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.store.HistoryBlockDescriptor.REFERENCE_OFFSET;
import static io.tollgate.core.store.HistoryBlockDescriptor.VALID_TIME_OFFSET;
import static io.tollgate.core.store.HistoryBlockDescriptor.VALUE_OFFSET;
import static io.tollgate.core.store.HistoryBlockDescriptor.WITHDRAWN_OFFSET;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The versions of points that no longer count, laid out by {@link HistoryBlockDescriptor}: a revised value is not
 * overwritten and a withdrawn one not lost, but moved here. Writer only.
 */
public final class PointHistory {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final BlockStore blocks;

    /**
     * The history of any series of a store.
     *
     * @param blocks where the blocks are.
     */
    public PointHistory(final BlockStore blocks) {
        this.blocks = blocks;
    }

    /** Adds the version of a point that ends now, superseded or withdrawn. */
    void add(
            final SeriesRecord series,
            final PointBlock points,
            final int index,
            final long endKnowledgeTime,
            final long endSequence,
            final boolean isWithdrawn) {
        long block = series.historyBlock();
        int count = wrap(block) ? buffer.getInt(COUNT_OFFSET) : CAPACITY;
        if (count == CAPACITY) {
            final long previous = block;
            block = blocks.allocate(MEDIUM, TYPE_HISTORY, series.seriesNumber());
            wrap(block);
            buffer.putLong(PREVIOUS_OFFSET, previous);
            buffer.putLong(WITHDRAWN_OFFSET, 0);
            count = 0;
        }
        final int offset = count << 3;
        buffer.putLong(VALID_TIME_OFFSET + offset, points.time(index));
        buffer.putLong(VALUE_OFFSET + offset, points.value(index));
        buffer.putLong(KNOWLEDGE_TIME_OFFSET + offset, points.knowledgeTime(index));
        buffer.putLong(REFERENCE_OFFSET + offset, points.reference(index));
        buffer.putLong(END_KNOWLEDGE_TIME_OFFSET + offset, endKnowledgeTime);
        buffer.putLong(END_SEQUENCE_OFFSET + offset, endSequence);
        if (isWithdrawn) {
            buffer.putLong(WITHDRAWN_OFFSET, buffer.getLong(WITHDRAWN_OFFSET) | 1L << count);
        }
        buffer.putInt(COUNT_OFFSET, count + 1);
        series.history(block, series.historyCount() + 1);
    }

    private boolean wrap(final long block) {
        final long address = blocks.address(block);
        if (address == 0) {
            return false;
        }
        buffer.wrap(address, MEDIUM_LENGTH);
        return true;
    }
}
