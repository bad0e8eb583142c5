package io.tollgate.core;

import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesRecordDescriptor;
import io.tollgate.core.store.ShardStore;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;

/**
 * Loads the records of the series that the next points on the ring are for, before the first of these is let in, so
 * that the processor waits for many of them at once and not for one after the other. Changes nothing. Engine thread.
 */
final class RecordPrefetch {
    private final ManyToOneRingBuffer ring;
    private final ShardStore store;
    private long sink;

    RecordPrefetch(final ManyToOneRingBuffer ring, final ShardStore store) {
        this.ring = ring;
        this.store = store;
    }

    /** Looks at messages that are committed, up to the end of the ring or a batch, where a read ends too. */
    void load(final int limit) {
        final AtomicBuffer buffer = ring.buffer();
        final int capacity = ring.capacity();
        int index = (int) ring.consumerPosition() & capacity - 1;
        long sum = 0;
        for (int i = 0; i < limit && index < capacity; i++) {
            final int length = buffer.getIntVolatile(RecordDescriptor.lengthOffset(index));
            if (length <= 0 || buffer.getInt(RecordDescriptor.typeOffset(index)) != RingPublisher.OPERATION_MESSAGE) {
                break;
            }
            final int message = RecordDescriptor.encodedMsgOffset(index);
            final long record = store.recordAddress(buffer.getLong(message + PointOperation.SERIES_NUMBER_OFFSET));
            if (record != 0) {
                sum += UnsafeApi.getLong(record + SeriesRecordDescriptor.LAST_KNOWLEDGE_TIME_OFFSET);
            }
            index += BitUtil.align(length, RecordDescriptor.ALIGNMENT);
        }
        sink += sum;
    }
}
