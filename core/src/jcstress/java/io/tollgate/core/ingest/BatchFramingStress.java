package io.tollgate.core.ingest;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tollgate.api.Batch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** A batch and a point on the ring. The consumer takes the batch whole or not at all, and the point after it. */
@JCStressTest
@Outcome(id = "0, 0, 30, 5", expect = ACCEPTABLE, desc = "none at first")
@Outcome(id = "30, 0, 30, 5", expect = ACCEPTABLE, desc = "the batch at first")
@Outcome(id = "30, 5, 30, 5", expect = ACCEPTABLE, desc = "both at first")
@Outcome(expect = FORBIDDEN, desc = "part of a batch, a point before it, or something lost")
@State
public class BatchFramingStress {
    private static final int MAX_READS = 200;

    private final StressedRing fixture = new StressedRing();

    /** Called by jcstress. */
    public BatchFramingStress() {}

    /** A producer. */
    @Actor
    public void offer() {
        final Batch batch = fixture.publisher.newBatch();
        batch.begin();
        batch.point(StressedRing.SERIES)
                .validAt(1)
                .value(10)
                .knownAt(1)
                .reference(1)
                .offer();
        batch.point(StressedRing.SERIES)
                .validAt(2)
                .value(20)
                .knownAt(1)
                .reference(2)
                .offer();
        batch.commit();
        fixture.publisher
                .point(StressedRing.SERIES)
                .validAt(3)
                .value(5)
                .knownAt(1)
                .reference(3)
                .offer();
    }

    /**
     * The engine.
     *
     * @param result the sums of the batches and points taken.
     */
    @Actor
    public void take(final IIII_Result result) {
        // The engine reads as soon as there is a message, because the batch may still be incomplete then.
        for (int i = 0; i < MAX_READS && fixture.batchSum() + fixture.pointSum() == 0; i++) {
            fixture.drain();
        }
        result.r1 = fixture.batchSum();
        result.r2 = fixture.pointSum();
    }

    /**
     * The engine again, after the producer.
     *
     * @param result the sums of all.
     */
    @Arbiter
    public void takeRemaining(final IIII_Result result) {
        fixture.drain();
        result.r3 = fixture.batchSum();
        result.r4 = fixture.pointSum();
    }
}
