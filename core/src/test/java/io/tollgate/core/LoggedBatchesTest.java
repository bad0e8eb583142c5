package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LoggedBatchesTest {
    private static final long BOTH = 0b11;
    private static final long FIRST = 7;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final List<String> found = new ArrayList<>();
    private final LoggedBatches batches = new LoggedBatches(0, new LoggedBatches.Findings() {
        @Override
        public void end(final int shard, final long number, final long shards, final long sequence) {
            found.add("end " + number + " " + sequence);
        }

        @Override
        public void part(final int shard, final long number, final long shards, final long sequence) {
            found.add("part " + number + " " + sequence);
        }

        @Override
        public void lose(final int shard, final long firstSequence, final long lastSequence) {
            found.add("lose " + firstSequence + " " + lastSequence);
        }
    });

    private void bound(final int type, final long number, final long sequence) {
        BatchOperation.put(buffer, 0, type, number, BOTH, 1);
        batches.onOperation(buffer, 0, BatchOperation.LENGTH, sequence);
    }

    private void begin(final long number, final long sequence) {
        bound(OperationDescriptor.BATCH_BEGIN, number, sequence);
    }

    private void commit(final long number, final long sequence) {
        bound(OperationDescriptor.BATCH_COMMIT, number, sequence);
    }

    private void point(final long number, final long sequence) {
        PointOperation.put(buffer, 0, OperationDescriptor.POINT, BatchOperation.batchId(number), 0, 1, 1, 1, sequence);
        batches.onOperation(buffer, 0, PointOperation.LENGTH, sequence);
    }

    private void loss(final long sequence, final long lastSequence) {
        LossOperation.put(buffer, 0, lastSequence);
        batches.onOperation(buffer, 0, LossOperation.LENGTH, sequence);
    }

    @Test
    void shouldTellOfEndsAlone() {
        begin(FIRST, 1);
        point(FIRST, 2);
        commit(FIRST, 3);
        begin(8, 4);
        point(8, 5);
        batches.end();
        assertEquals(List.of("end 7 3"), found);
    }

    @Test
    void shouldTellOfAPartWhoseRestIsLost() {
        begin(FIRST, 1);
        point(FIRST, 2);
        loss(3, 5);
        begin(8, 6);
        commit(8, 7);
        assertEquals(List.of("lose 3 5", "part 7 2", "end 8 7"), found);
    }

    /** A gap is a loss that nothing has recorded yet. */
    @Test
    void shouldTellOfAPartAtTheEndOfALog() {
        begin(FIRST, 1);
        point(FIRST, 2);
        loss(3, 5);
        batches.end();
        begin(8, 6);
        point(8, 9);
        batches.end();
        assertEquals(List.of("lose 3 5", "part 7 2"), found);
    }

    @Test
    void shouldTellOfNoPartOfABatchWhoseEndIsThere() {
        begin(FIRST, 1);
        loss(2, 5);
        point(FIRST, 6);
        commit(FIRST, 7);
        assertEquals(List.of("lose 2 5", "end 7 7"), found);
    }
}
