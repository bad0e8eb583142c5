package io.tollgate.core.store;

import static io.tollgate.core.store.BlockDescriptor.SMALL;
import static io.tollgate.core.store.BlockDescriptor.sizeClass;
import static io.tollgate.core.store.HistoryBlockDescriptor.RECORD_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.LIFE_START_OFFSET;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flyweight over the block where the history of a series begins, laid out by {@link HistoryBlockDescriptor}. The
 * writer changes it only while the version of its series is odd; any thread may read, and must validate that version
 * afterwards.
 */
final class HistoryBlock {
    /** Nothing was forgotten. */
    static final long NO_HORIZON = Long.MIN_VALUE;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final ReadableBlocks blocks;
    private final SeriesRecord record = new SeriesRecord();

    HistoryBlock(final ReadableBlocks blocks) {
        this.blocks = blocks;
    }

    /** Goes over to another one; false if the number is not that of one: then nothing may be read. */
    boolean wrap(final long blockNumber) {
        final long address = blocks.address(blockNumber);
        if (address == 0 || sizeClass(blockNumber) != SMALL) {
            return false;
        }
        buffer.wrap(address + RECORD_OFFSET, SeriesRecordDescriptor.LENGTH);
        record.wrap(address + RECORD_OFFSET);
        return true;
    }

    /** Becomes the empty history of a series. Writer only. */
    void initialise(final SeriesRecord series) {
        buffer.setMemory(0, SeriesRecordDescriptor.LENGTH, (byte) 0);
        record.initialise(series.seriesNumber(), "", series.kind(), 0, "", NO_HORIZON, BlockDescriptor.NO_BLOCK);
        record.policies(series.duplicatePolicy().code(), SeriesRecordDescriptor.EXTEND, 0, 0);
        record.markHistory();
    }

    /** The record, whose tree holds the versions. */
    SeriesRecord record() {
        return record;
    }

    /** The latest end of a version that was forgotten, {@link #NO_HORIZON} if none was. */
    long horizon() {
        return record.lifeStart();
    }

    /** Moves the horizon. Writer only. */
    void horizon(final long knowledgeTime) {
        buffer.putLong(LIFE_START_OFFSET, knowledgeTime);
    }
}
