package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_HISTORY;
import static io.tollgate.core.store.block.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.block.HistoryBlockDescriptor.END_KNOWN_AT_OFFSET;
import static io.tollgate.core.store.block.HistoryBlockDescriptor.HORIZON_OFFSET;
import static io.tollgate.core.store.block.HistoryBlockDescriptor.PREDECESSOR_OFFSET;
import static io.tollgate.core.store.block.HistoryBlockDescriptor.RECORD_OFFSET;
import static io.tollgate.core.store.block.HistoryBlockDescriptor.SUCCESSOR_LAG_OFFSET;
import static io.tollgate.core.store.block.HistoryBlockDescriptor.SUCCESSOR_OFFSET;

import io.tollgate.api.series.Series;
import io.tollgate.core.memory.NativeBuffer;

/**
 * A flyweight over the block where the history of a series begins, laid out by {@link HistoryBlockDescriptor}. The
 * writer changes it only while the version of its series is odd; any thread may read, and must validate that version
 * afterwards.
 */
public final class HistoryBlock {
    /** The horizon of a history that has forgotten nothing. */
    public static final long NO_HORIZON = Long.MIN_VALUE;

    private final NativeBuffer buffer = new NativeBuffer();
    private final ReadableBlocks blocks;
    private final SeriesRecord record = new SeriesRecord();

    public HistoryBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /** Wraps another history. Returns false if the number is not that of a history: it must not be read then. */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        if (address == 0 || sizeClass(blockNumber) != SMALL) {
            return false;
        }
        buffer.wrap(address + RECORD_OFFSET, SeriesRecordDescriptor.LENGTH);
        record.wrap(address + RECORD_OFFSET);
        return true;
    }

    /** Wraps the history of a series, and makes it if there is none. Writer only. */
    public void wrapOrMake(final SeriesRecord series, final BlockStore store) {
        if (series.historyBlock() == NO_BLOCK) {
            series.historyBlock(store.allocate(SMALL, TYPE_HISTORY, series.seriesNumber()));
            wrap(series.historyBlock());
            initialise(series);
        } else {
            series.requireIntact(wrap(series.historyBlock()));
        }
    }

    /** Becomes the empty history of a series. */
    private void initialise(final SeriesRecord series) {
        buffer.setMemory(0, SeriesRecordDescriptor.LENGTH, (byte) 0);
        NewRecord.initialise(buffer, series.seriesNumber(), "", series.kind(), 0, "", NO_HORIZON);
        record.policies(series.duplicatePolicy().code(), SeriesRecordDescriptor.EXTEND, 0, 0);
        record.markHistory();
    }

    /** The record, whose tree holds the versions. */
    public SeriesRecord record() {
        return record;
    }

    /** The latest end of a version that was forgotten, {@link #NO_HORIZON} if none was. */
    public long horizon() {
        return record.lifeStart();
    }

    /** Moves the horizon. Writer only. */
    public void horizon(final long knowledgeTime) {
        buffer.putLong(HORIZON_OFFSET, knowledgeTime);
    }

    /** When the end of the life of the series became known; it means nothing while that is open. */
    public long endKnownAt() {
        return buffer.getLong(END_KNOWN_AT_OFFSET);
    }

    /** Says when the end of the life of the series became known. Writer only. */
    public void endKnownAt(final long knowledgeTime) {
        buffer.putLong(END_KNOWN_AT_OFFSET, knowledgeTime);
    }

    /** The number of the series that follows, {@link Series#NO_NUMBER} for none. */
    public long successor() {
        return numberAt(SUCCESSOR_OFFSET);
    }

    /** When the series that follows became known; it means nothing while there is none. */
    public long successorKnownAt() {
        return endKnownAt() + buffer.getLong(SUCCESSOR_LAG_OFFSET);
    }

    /** Names the series that follows, where it is known when the end of life became known. Writer only. */
    public void successor(final long seriesNumber, final long knowledgeTime) {
        buffer.putLong(SUCCESSOR_OFFSET, seriesNumber + 1);
        buffer.putLong(SUCCESSOR_LAG_OFFSET, knowledgeTime - endKnownAt());
    }

    /** The number of the series that is said to come before, {@link Series#NO_NUMBER} for none. */
    public long predecessor() {
        return numberAt(PREDECESSOR_OFFSET);
    }

    /** Names the series that comes before. Writer only. */
    public void predecessor(final long seriesNumber) {
        buffer.putLong(PREDECESSOR_OFFSET, seriesNumber + 1);
    }

    private long numberAt(final int offset) {
        final long next = buffer.getLong(offset);
        return next == 0 ? Series.NO_NUMBER : next - 1;
    }
}
