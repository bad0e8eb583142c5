package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.writer.EngineAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk fails while the engine's thread waits, inside a batch, for space in a queue. No thread waits for ever, and
 * no update of the batch is lost.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldUpAgentTest {
    /** More than the queue can hold updates. */
    private static final int SERIES = 20;

    @TempDir
    private Path directory;

    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

    /** True after the agent was blocked once. A failed disk ends that wait soon. */
    private volatile boolean isHeldUp;

    /** If only a waiting caller causes a force, the disk fails only at that force. */
    @Test
    void shouldReportToAThreadThatWaitsForTheDisk() {
        failWhileBlocked(Durability.NONE, (engine, first, batch) -> engine.awaitDurable(first));
    }

    @Test
    void shouldReportToAThreadThatWaitsForTheBlockedBatch() {
        failWhileBlocked(Durability.interval(1), (engine, first, batch) -> engine.awaitDurable(batch));
    }

    @Test
    void shouldReportToACaller() {
        failWhileBlocked(
                Durability.interval(1),
                (engine, first, batch) -> engine.defineStep(SeriesDefinition.step("another", Unit.PERCENT, 2)));
    }

    /** A wait for the engine, with the tickets of a point and of the batch after it. */
    @FunctionalInterface
    private interface Waiting {
        void in(Engine engine, long first, long batch);
    }

    private void failWhileBlocked(final Durability durability, final Waiting waiting) {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        final EngineContext context = InjectedFiles.inject(
                        TestContext.of(ClockMode.MANUAL).directory(directory), disk)
                .durability(durability)
                .threadFactory(this::newThread)
                .errorHandler(error -> {});
        final UpdateQueue queue;
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.advanceTo(10);
            final List<StepSeries> series = new ArrayList<>();
            for (int i = 0; i < SERIES; i++) {
                series.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.PERCENT, 2)));
            }
            final Subscription levels = Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL);
            queue = engine.updates().subscribe(levels, new QueueOptions(2, OverflowPolicy.BLOCK));
            // No operation waits for the force alone yet.
            disk.onForce(file -> awaitHeldUp());
            disk.failForces(true);
            final long first = engine.publisher().offer(series.get(0), 1, 1);
            engine.awaitApplied(first);
            // The engine begins a batch only if the queue is empty or has space for all its updates.
            assertEquals(1, queue.poll(update -> {}, 2));
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (final StepSeries level : series) {
                batch.offer(level, 2, 2);
            }
            final long held = batch.commit();
            awaitHeldUp();
            Throwable recorded = assertThrows(IllegalStateException.class, () -> waiting.in(engine, first, held));
            while (recorded.getCause() != null) {
                recorded = recorded.getCause();
            }
            assertEquals("Input/output error", recorded.getMessage());
        }
        // The queue holds all updates of the batch and no gap, although its capacity is two.
        assertEquals(SERIES, queue.poll(update -> {}, Integer.MAX_VALUE));
        assertEquals(0, queue.lostCount());
    }

    private Thread newThread(final Runnable work) {
        final Thread thread = new Thread(work);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    private void awaitHeldUp() {
        while (!isHeldUp && threads.stream().noneMatch(HeldUpAgentTest::isWaitingForSpace)) {
            Thread.onSpinWait();
        }
        isHeldUp = true;
    }

    private static boolean isWaitingForSpace(final Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(EngineAgent.class.getName())
                        && frame.getMethodName().equals("awaitSpace"));
    }
}
