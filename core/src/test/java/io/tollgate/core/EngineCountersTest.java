package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.control.CheckpointService;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.writer.EngineCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters in shared memory, after the engine has freed that memory. */
class EngineCountersTest {
    @TempDir
    private Path temporary;

    @Test
    void shouldCountOfferedPointsAndTheFillOfOpenQueues() {
        final Path directory = temporary.resolve("counted");
        final EngineContext context = TestContext.stepped(ClockMode.MANUAL, directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow("events", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REJECT));
            engine.advanceTo(100);
            final Subscription counted = Subscription.of("counted", "*")
                    .withMetrics(WatchedMetric.of(Window.sliding(Duration.ofNanos(50)), Metric.COUNT));
            engine.updates().subscribe(counted, QueueOptions.DEFAULT.withCapacity(8));
            engine.updates().subscribe(counted, QueueOptions.DEFAULT.withCapacity(1 << 10));
            final Subscription closed = new Subscription(
                    "closed", "*", counted.metrics(), counted.watches(), counted.options(), counted.everyNs());
            engine.updates().subscribe(closed, QueueOptions.DEFAULT).close();
            for (int i = 0; i < 3; i++) {
                engine.awaitApplied(engine.publisher().offer(events, 60 + i, 1));
            }
            engine.awaitApplied(engine.publisher().offer(events, 60, 1));
        }
        final Map<String, Long> counters = counters(directory);
        assertEquals(4, counters.get("offered"));
        assertEquals(3, counters.get("applied"));
        assertEquals(1, counters.get("refused-duplicate"));
        assertEquals(0, counters.get("ring-used"));
        assertEquals(context.limits().ringLength(), counters.get("ring-capacity"));
        assertEquals(3, counters.get("queue-used:counted"));
        assertEquals(8, counters.get("queue-capacity:counted"), "the fullest of both queues");
        assertFalse(counters.containsKey("queue-used:closed"), counters::toString);
        assertEquals(2 + BlockDescriptor.SIZE_CLASS_COUNT, counters.get("store-maps"), "names, series, and blocks");
        assertTrue(counters.get("opened-at") > 0 && counters.get("opening-ns") > 0, counters::toString);
        assertEquals(counters.get("applied-sequence"), counters.get("durable-sequence"));
    }

    private static Map<String, Long> counters(final Path directory) {
        return DirectoryInspection.of(directory).counters().stream()
                .collect(Collectors.toMap(DirectoryInspection.Counter::label, DirectoryInspection.Counter::value));
    }

    /** An agent may be closed twice if its close threw. The second close must not write to unmapped memory. */
    @Test
    void shouldWriteNothingOnceItIsClosed() {
        final AtomicLong asked = new AtomicLong();
        final EngineContext context = TestContext.stepped().directory(temporary.resolve("data"));
        try (HeldEngine engine = new HeldEngine(context)) {
            final CheckpointService copies =
                    new CheckpointService(context.conclude(), engine.resources(), engine.worker(), new EngineState());
            final EngineCounters counters = EngineCounters.create(
                    new SystemFileAccess(),
                    temporary,
                    new EngineCounters.Sources(
                            engine.worker().counted(), copies, engine.ring(), asked::incrementAndGet, () -> 0));
            counters.update();
            final long before = asked.get();
            assertTrue(before > 0, "counted");
            counters.close();
            counters.update();
            counters.onError(new IllegalStateException("planted"));
            assertEquals(before, asked.get());
            counters.close();
        }
    }
}
