package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.series.Instants;
import io.tollgate.core.fixture.AllocationMeasurement;
import io.tollgate.core.fixture.KnownPoint;
import org.junit.jupiter.api.Test;

/** A batch allocates no byte from its beginning to its end. */
class BatchAllocationTest extends AllocationMeasurement {
    private static final int POINTS = 250;

    @Test
    void shouldAllocateNothingOnBatches() {
        final Batch batch = publisher.newBatch();
        final long bytes = bytesOf(number -> {
            if (number % POINTS == 0) {
                engine.awaitApplied(begin(batch));
            }
            time++;
            batch.offer(steps[number % SERIES], time, number % 200);
            KnownPoint.offer(batch, flows[number % SERIES], time, number % 200, Instants.NONE, number % 3);
        });
        assertEquals(0, bytes);
        assertTrue(engine.admin().statistics().batchCounts().applied() > 100);
        assertEquals(0, engine.admin().statistics().batchCounts().refused());
    }

    /** Commits the previous batch and begins the next one. */
    private static long begin(final Batch batch) {
        if (batch.pointCount() == 0) {
            batch.begin();
        }
        final long ticket = batch.commit();
        batch.begin();
        return ticket;
    }
}
