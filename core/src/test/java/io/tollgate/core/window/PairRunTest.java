package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.core.number.CrossMoments;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairRunTest {
    @Test
    void shouldTakeEventsInUpToTheLastInstantThatThereIs() {
        try (SeriesFixture x = new SeriesFixture(SeriesKind.FLOW, 0, 0)) {
            final SeriesFixture y = x.beside(SeriesKind.FLOW, 0);
            x.put(Instants.MAX - 15, 3, 0);
            x.put(Instants.MAX, 4, 0);
            y.put(Instants.MAX - 19, 5, 0);
            final WindowBounds bounds = new WindowBounds();
            bounds.since(Instants.MAX - 19, Instants.MAX);
            final CrossMoments moments = new CrossMoments();
            final PairRun run = new PairRun(x.blocks(), y.blocks());
            assertTrue(run.align(pair(), 0, x.series(), y.series(), bounds, moments));
            // Two buckets of 10 ns, in which x has 3 and 4, and lives from 5 ns after the first begins.
            assertEquals(2, run.stretchCount());
            assertEquals(2, moments.weight());
            assertEquals(20, run.spanNs());
            assertEquals(15, run.observedNs());
        }
    }

    /** With a lag of one bucket, x has the bucket that begins just before the first instant. */
    @Test
    void shouldTakeAPeriodInThatLiesInTheFirstBucketOfAll() {
        final long period = ReportingPeriod.of(Duration.ofNanos(3)).code();
        try (SeriesFixture x = new SeriesFixture(SeriesKind.FLOW, 0, period)) {
            final SeriesFixture y = x.beside(SeriesKind.FLOW, 0);
            x.put(Long.MIN_VALUE + 6, 5, 0);
            y.put(Long.MIN_VALUE + 8, 7, 0);
            final WindowBounds bounds = new WindowBounds();
            bounds.sliding(Long.MIN_VALUE + 19, 10, Closed.RIGHT);
            final CrossMoments moments = new CrossMoments();
            assertTrue(new PairRun(x.blocks(), y.blocks()).align(pair(), 1, x.series(), y.series(), bounds, moments));
            assertEquals(1, moments.weight());
        }
    }

    private static Pair pair() {
        final SeriesDefinition definition = SeriesDefinition.flow("x", Unit.COUNT, 0);
        return new Pair(
                new FlowSeries(0, definition),
                new FlowSeries(1, definition),
                Optional.of(Bucket.of(Duration.ofNanos(10))),
                0);
    }
}
