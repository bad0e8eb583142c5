package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Threads read as known at an instant while the series is revised and points are withdrawn. The answers stay the same.
 */
class ConcurrentPastReadTest {
    private static final int POINT_COUNT = 8_000;
    private static final Window WHOLE = Window.slidingNs(10L * POINT_COUNT);

    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.KNOWLEDGE));
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private volatile boolean isOver;

    @AfterEach
    void close() {
        executor.shutdownNow();
        engine.close();
    }

    @Test
    void shouldNotChangeWhatWasKnown() throws Exception {
        final long seed = TestSeed.of("concurrent past reads");
        final Random random = new Random(seed);
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        long ticket = 0;
        for (int i = 0; i < POINT_COUNT; i++) {
            ticket = Twin.offer(engine, events, 4L * i, i % 10, i, i);
        }
        engine.awaitApplied(ticket);
        final Future<Integer> half = executor.submit(() -> watch(events, POINT_COUNT / 2 - 1));
        final Future<Integer> all = executor.submit(() -> watch(events, POINT_COUNT - 1));
        for (int i = 0; i < 6 * POINT_COUNT; i++) {
            final int event = random.nextInt(POINT_COUNT);
            final long knowledge = POINT_COUNT + i;
            switch (random.nextInt(3)) {
                case 0 -> Twin.withdraw(engine, events, 4L * event, knowledge, event);
                case 1 -> Twin.offer(engine, events, 4L * event + 1, 1_000, knowledge, event);
                default -> Twin.offer(engine, events, 4L * event, 77, knowledge, event);
            }
        }
        isOver = true;
        final int reads = half.get() + all.get();
        assertTrue(reads >= 2, () -> "reads=" + reads + " seed=" + seed);
    }

    /** Reads while the series changes. A tenth of the first points has each value from 0 to 9. */
    private int watch(final FlowSeries events, final long known) {
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.newReading(Metric.MEDIAN);
        int reads = 0;
        while (!isOver || reads == 0) {
            reader.read(events, WHOLE, 8L * POINT_COUNT, known, reading);
            if (reading.status(Metric.SUM) != Status.CONTENDED) {
                assertEquals(known + 1, reading.count());
                assertEquals(4.5 * (known + 1), reading.value(Metric.SUM));
                assertEquals(9, reading.value(Metric.MAX));
                assertEquals(4.5, reading.value(Metric.MEDIAN));
                reads++;
            }
        }
        return reads;
    }
}
