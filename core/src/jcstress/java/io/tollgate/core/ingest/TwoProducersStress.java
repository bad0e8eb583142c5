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

/** Two producers at once, each with a batch and a point. Their slots and records must not mix. */
@JCStressTest
@Outcome(id = "1, 1, 3330, 9", expect = ACCEPTABLE, desc = "all of both, under tickets that rise")
@Outcome(expect = FORBIDDEN, desc = "something is lost or mixed, or a ticket went back")
@State
public class TwoProducersStress {
    private final StressedRing fixture = new StressedRing();

    /** Called by jcstress. */
    public TwoProducersStress() {}

    /**
     * A producer.
     *
     * @param result 1 if its tickets rise.
     */
    @Actor
    public void offerFirst(final IIII_Result result) {
        result.r1 = offer(10, 20, 4);
    }

    /**
     * Another producer.
     *
     * @param result 1 if its tickets rise.
     */
    @Actor
    public void offerSecond(final IIII_Result result) {
        result.r2 = offer(1_100, 2_200, 5);
    }

    /** Returns 1 if the tickets rise. */
    private int offer(final long first, final long second, final long single) {
        final Batch batch = fixture.publisher.newBatch();
        batch.begin();
        batch.point(StressedRing.SERIES)
                .validAt(1)
                .value(first)
                .knownAt(1)
                .reference(first)
                .offer();
        batch.point(StressedRing.SERIES)
                .validAt(2)
                .value(second)
                .knownAt(1)
                .reference(second)
                .offer();
        final long ticket = batch.commit();
        final long last = fixture.publisher
                .point(StressedRing.SERIES)
                .validAt(3)
                .value(single)
                .knownAt(1)
                .reference(single)
                .offer();
        return ticket > 0 && last > ticket ? 1 : 0;
    }

    /**
     * The engine, after both producers.
     *
     * @param result the sums of batches and points.
     */
    @Arbiter
    public void take(final IIII_Result result) {
        fixture.drain();
        result.r3 = fixture.batchSum();
        result.r4 = fixture.pointSum();
    }
}
