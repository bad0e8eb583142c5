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
 * A flyweight over the root block of the history of a series, laid out by {@link HistoryBlockDescriptor}. The writer
 * changes it only while the version of its series is odd. Any thread may read, and must validate that version
 * afterwards.
 */
public final class HistoryBlock {
    /** The horizon of a history without forgotten versions. */
    public static final long NO_HORIZON = Long.MIN_VALUE;

    private final NativeBuffer buffer = new NativeBuffer();
    private final ReadableBlocks blocks;
    private final SeriesRecord record = new SeriesRecord();

    public HistoryBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /** Wraps another history. Returns false if the number cannot be that of a history, which then must not be read. */
    public boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        if (address == 0 || sizeClass(blockNumber) != SMALL) {
            return false;
        }
        buffer.wrap(address + RECORD_OFFSET, SeriesRecordDescriptor.LENGTH);
        record.wrap(address + RECORD_OFFSET);
        return true;
    }

    /** Wraps the history of a series, and creates it if there is none. Writer only. */
    public void wrapOrMake(final SeriesRecord series, final BlockStore store) {
        if (series.historyBlock() == NO_BLOCK) {
            series.historyBlock(store.allocate(SMALL, TYPE_HISTORY, series.seriesNumber()));
            wrap(series.historyBlock());
            initialise(series);
        } else {
            series.requireIntact(wrap(series.historyBlock()));
        }
    }

    /** Initialises the block as the empty history of a series. */
    private void initialise(final SeriesRecord series) {
        buffer.setMemory(0, SeriesRecordDescriptor.LENGTH, (byte) 0);
        NewRecord.initialise(buffer, series.seriesNumber(), "", series.kind(), 0, "", NO_HORIZON);
        record.policies(series.duplicatePolicy().code(), SeriesRecordDescriptor.EXTEND, 0, 0);
        record.markHistory();
    }

    /** Returns the record, whose tree holds the versions. */
    public SeriesRecord record() {
        return record;
    }

    /** Returns the latest end of a forgotten version, {@link #NO_HORIZON} if no version was forgotten. */
    public long horizon() {
        return record.lifeStart();
    }

    /** Moves the horizon. Writer only. */
    public void horizon(final long knowledgeTime) {
        buffer.putLong(HORIZON_OFFSET, knowledgeTime);
    }

    /** Returns when the end of the life of the series became known. The time is undefined while the series is open. */
    public long endKnownAt() {
        return buffer.getLong(END_KNOWN_AT_OFFSET);
    }

    /** Sets when the end of the life of the series became known. Writer only. */
    public void endKnownAt(final long knowledgeTime) {
        buffer.putLong(END_KNOWN_AT_OFFSET, knowledgeTime);
    }

    /** Returns the number of the successor, {@link Series#NO_NUMBER} for none. */
    public long successor() {
        return numberAt(SUCCESSOR_OFFSET);
    }

    /** Returns when the successor became known. The time is undefined without a successor. */
    public long successorKnownAt() {
        return endKnownAt() + buffer.getLong(SUCCESSOR_LAG_OFFSET);
    }

    /** Sets the successor. The time at which the end of life became known must be set before. Writer only. */
    public void successor(final long seriesNumber, final long knowledgeTime) {
        buffer.putLong(SUCCESSOR_OFFSET, seriesNumber + 1);
        buffer.putLong(SUCCESSOR_LAG_OFFSET, knowledgeTime - endKnownAt());
    }

    /** Returns the number of the stored predecessor, {@link Series#NO_NUMBER} for none. */
    public long predecessor() {
        return numberAt(PREDECESSOR_OFFSET);
    }

    /** Sets the predecessor. Writer only. */
    public void predecessor(final long seriesNumber) {
        buffer.putLong(PREDECESSOR_OFFSET, seriesNumber + 1);
    }

    private long numberAt(final int offset) {
        final long next = buffer.getLong(offset);
        return next == 0 ? Series.NO_NUMBER : next - 1;
    }
}
