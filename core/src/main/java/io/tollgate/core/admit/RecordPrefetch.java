package io.tollgate.core.admit;

import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;

/**
 * Prefetches the series records of the next points before the first of them is admitted. The processor then waits for
 * many records at once. Has no side effects. Engine thread only.
 */
public final class RecordPrefetch {
    /** The length on the ring of one point. A prefetch for a single point would gain no time. */
    private static final int RECORD_LENGTH =
            BitUtil.align(PointOperation.LENGTH + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);

    private final SeriesStore store;
    private final long minSeriesCount;
    private long sink;

    /**
     * Creates a prefetch for the points of a store.
     *
     * @param store          of their series.
     * @param minSeriesCount of the store, below which nothing is prefetched.
     */
    public RecordPrefetch(final SeriesStore store, final long minSeriesCount) {
        this.store = store;
        this.minSeriesCount = minSeriesCount;
    }

    /**
     * Prefetches for the next points on a ring. It stops at the end of the ring, at a batch, or at an uncommitted
     * record.
     *
     * @param ring  of the engine.
     * @param limit the limit of points.
     * @return the number of points found.
     */
    public int load(final ManyToOneRingBuffer ring, final int limit) {
        if (limit < 2 || store.seriesCount() < minSeriesCount || ring.size() <= RECORD_LENGTH) {
            return 0;
        }
        final AtomicBuffer buffer = ring.buffer();
        int index = (int) ring.consumerPosition() & ring.capacity() - 1;
        int count = 0;
        while (count < limit && index < ring.capacity()) {
            final int length = buffer.getIntVolatile(RecordDescriptor.lengthOffset(index));
            if (length <= 0 || buffer.getInt(RecordDescriptor.typeOffset(index)) != RingPublisher.OPERATION_MESSAGE) {
                break;
            }
            final int point = RecordDescriptor.encodedMsgOffset(index);
            final long record = store.recordAddress(buffer.getLong(point + PointOperation.SERIES_NUMBER_OFFSET));
            if (record != 0) {
                sink += UnsafeApi.getLong(record + SeriesRecordDescriptor.LAST_KNOWLEDGE_TIME_OFFSET);
            }
            index += BitUtil.align(length, RecordDescriptor.ALIGNMENT);
            count++;
        }
        return count;
    }
}
