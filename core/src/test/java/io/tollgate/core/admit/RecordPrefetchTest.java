package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import java.nio.ByteBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The prefetch touches only the records that the next read hands over, and changes nothing. */
class RecordPrefetchTest {
    private static final int CAPACITY = 1 << 10;

    private final byte[] bytes = new byte[CAPACITY + RingBufferDescriptor.TRAILER_LENGTH];
    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
    private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(memory);

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked);

    private final RecordPrefetch prefetch = new RecordPrefetch(store, 0);

    private int claim(final long seriesNumber) {
        final int index = ring.tryClaim(RingPublisher.OPERATION_MESSAGE, PointOperation.LENGTH);
        assertTrue(index > 0, "the ring is full");
        PointOperation.put(ring.buffer(), index, OperationDescriptor.POINT, 0, seriesNumber, 1, 2, 3, 4);
        return index;
    }

    private void offer(final long seriesNumber) {
        ring.commit(claim(seriesNumber));
    }

    private int load(final int limit) {
        memory.getBytes(0, bytes);
        final int count = prefetch.load(ring, limit);
        final byte[] after = new byte[bytes.length];
        memory.getBytes(0, after);
        assertArrayEquals(bytes, after);
        return count;
    }

    @Test
    void shouldPrefetchNothingOnAnEmptyRing() {
        assertEquals(0, load(64));
    }

    @Test
    void shouldPrefetchAsManyPointsAsMayBeTaken() {
        store.addSeries("some", (byte) 1, 0, "COUNT", Long.MIN_VALUE).policies((byte) 0, (byte) 0, 0, 0);
        store.nameSeries();
        for (int i = 0; i < 5; i++) {
            offer(0);
        }
        assertEquals(3, load(3));
        assertEquals(5, load(64));
        assertEquals(0, load(0));
    }

    @Test
    void shouldPrefetchNothingInAStoreOfFewSeries() {
        store.addSeries("some", (byte) 1, 0, "COUNT", Long.MIN_VALUE).policies((byte) 0, (byte) 0, 0, 0);
        store.nameSeries();
        offer(0);
        offer(0);
        assertEquals(0, new RecordPrefetch(store, 2).load(ring, 64));
        assertEquals(2, new RecordPrefetch(store, 1).load(ring, 64));
    }

    @Test
    void shouldPassOverSeriesThatAreNotThere() {
        for (final long number : new long[] {0, 1, -1, 5_000, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40}) {
            offer(number);
        }
        assertEquals(7, load(64));
    }

    @Test
    void shouldStopAtAClaimThatIsNotCommitted() {
        offer(0);
        final int claimed = claim(0);
        offer(0);
        assertEquals(1, load(64));
        ring.commit(claimed);
        assertEquals(3, load(64));
    }

    @Test
    void shouldStopAtABatch() {
        offer(0);
        final int batch = ring.tryClaim(RingPublisher.BATCH_MESSAGE, Integer.BYTES);
        ring.commit(batch);
        offer(0);
        assertEquals(1, load(64));
    }

    @Test
    void shouldPrefetchTheRecordsOfTheNextReadAllAroundTheRing() {
        int looked = 0;
        for (int i = 0; i < 200; i++) {
            while (ring.size() < CAPACITY / 2) {
                offer(0);
            }
            final int next = load(7);
            // A read stops at the end of the ring and at padding.
            assertEquals(next, ring.read((type, buffer, index, length) -> {}, 7));
            looked += next;
        }
        assertTrue(looked > 20 * CAPACITY / PointOperation.LENGTH, "looked=" + looked);
    }
}
