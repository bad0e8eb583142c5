package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads read a past state while history is forgotten. The answers stay unchanged until they are forgotten. */
class ConcurrentRetentionTest {
    private static final int POINT_COUNT = 2_000;
    private static final int ROUNDS = 60;
    private static final Window WHOLE = Window.slidingNs(10L * POINT_COUNT);

    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.KNOWLEDGE));
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private volatile long lastKnown;
    private volatile boolean isOver;

    @AfterEach
    void close() {
        executor.shutdownNow();
        engine.close();
    }

    @Test
    void shouldNotChangeWhatWasKnownUntilItIsForgotten() throws Exception {
        final long seed = TestSeed.of("concurrent retention");
        final Random random = new Random(seed);
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        restate(events, 1);
        final AtomicLong forgotten = new AtomicLong();
        final Future<Integer> first = executor.submit(() -> watch(events, new Random(seed + 1), forgotten));
        final Future<Integer> second = executor.submit(() -> watch(events, new Random(seed + 2), forgotten));
        long versions = 0;
        for (int round = 2; round < ROUNDS; round++) {
            restate(events, round);
            versions += engine.series().retain("events", Retention.versions((long) random.nextInt(3) * POINT_COUNT));
        }
        // From now on states before the last round are forgotten, and the state of the last round is not.
        versions += engine.series().retain("events", Retention.versions(0));
        isOver = true;
        final int reads = first.get() + second.get();
        assertTrue(versions > 0);
        assertTrue(reads >= 2, () -> "reads=" + reads + " seed=" + seed);
        assertTrue(forgotten.get() > 0, () -> "seed=" + seed);
    }

    /** Sets all events to the value of a round in one batch, known at the number of the round. */
    private void restate(final FlowSeries events, final int round) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < POINT_COUNT; i++) {
            KnownPoint.offer(batch, events, 4L * i, round, round, i);
        }
        engine.awaitApplied(batch.commit());
        lastKnown = round;
    }

    /**
     * Reads as known at one of the last rounds: each event has its value, or is forgotten. Returns the number of reads.
     */
    private int watch(final FlowSeries events, final Random random, final AtomicLong forgotten) {
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.newReading(Metric.MEDIAN);
        int reads = 0;
        while (!isOver || reads == 0 || forgotten.get() == 0) {
            final long last = lastKnown;
            final long known = last - random.nextInt((int) Math.min(5, last));
            reader.read(events, WHOLE, 8L * POINT_COUNT, known, reading);
            final Status status = reading.status(Metric.SUM);
            if (status.hasValue()) {
                assertEquals((double) known * POINT_COUNT, reading.value(Metric.SUM));
                assertEquals(POINT_COUNT, reading.count());
                assertEquals(known, reading.value(Metric.MEDIAN));
                reads++;
            } else if (status == Status.FORGOTTEN) {
                forgotten.incrementAndGet();
            } else {
                assertEquals(Status.CONTENDED, status);
            }
        }
        return reads;
    }
}
