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
 * Loads what the admission of the next points reads of their series' records, before the first of them is let in: so
 * the processor waits for many records at once and not for one after the other. Changes nothing. Engine thread only.
 */
public final class RecordPrefetch {
    /** A single point has nothing to wait for together with. */
    private static final int RECORD_LENGTH =
            BitUtil.align(PointOperation.LENGTH + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);

    private final SeriesStore store;
    private long sink;

    /**
     * For the points of a store.
     *
     * @param store where their series are.
     */
    public RecordPrefetch(final SeriesStore store) {
        this.store = store;
    }

    /**
     * Looks at the next points on a ring, up to its end, a batch, or what is not committed yet.
     *
     * @param ring  of the engine.
     * @param limit most points.
     * @return how many it looked at.
     */
    public int load(final ManyToOneRingBuffer ring, final int limit) {
        if (limit < 2 || ring.size() <= RECORD_LENGTH) {
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
