package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.log.OperationLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interrupts of the engine's threads and of its stepping thread end no part of the engine. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {
    private static final Subscription LEVELS = Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL);

    /** More points than a log segment holds. */
    private static final int MANY_POINTS = 2_000;

    @TempDir
    private Path directory;

    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reportedCount = new AtomicInteger();

    @AfterEach
    void dropInterrupt() {
        Thread.interrupted();
    }

    private EngineContext context() {
        return TestContext.of(ClockMode.EVENT).threadFactory(runnable -> {
            final Thread thread = new Thread(runnable);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
    }

    private static List<StepSeries> defineFour(final Engine engine) {
        final List<StepSeries> defined = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            defined.add(engine.defineStep(SeriesDefinition.step("level." + i, Unit.PERCENT, 0)));
        }
        return defined;
    }

    /** Each agent is idle when it runs with the interrupt set, and has work afterwards. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldContinueAfterStepsOnAThreadThatIsInterrupted(final boolean hasMaintenanceThread) {
        final EngineContext context = context()
                .directory(directory)
                .logSegmentLength(1 << 16)
                .durability(Durability.NONE)
                .checkpoints(CheckpointPolicy.ON_REQUEST.everyOperations(1));
        try (TollgateEngine engine = TollgateEngine.launch(
                hasMaintenanceThread
                        ? context.threadingMode(ThreadingMode.STEPPED_WITH_MAINTENANCE)
                        : context.threadingMode(ThreadingMode.STEPPED))) {
            engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT, update -> reportedCount.incrementAndGet());
            final List<StepSeries> series = defineFour(engine);
            while (engine.step() > 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 3; i++) {
                Thread.currentThread().interrupt();
                engine.step();
                assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            }
            final long madeCount =
                    engine.admin().statistics().checkpointCounts().made();

            long ticket = 0;
            for (int i = 0; i < MANY_POINTS; i++) {
                ticket = engine.publisher().offer(series.get(i % 4), i, i);
                engine.awaitApplied(ticket);
            }
            engine.awaitDurable(ticket);
            final OperationLog log = engine.resources().log().orElseThrow();
            while (log.needsSegment() || log.holdsLeftSegment()) {
                engine.step();
            }
            while (engine.admin().statistics().checkpointCounts().made() == madeCount) {
                engine.step();
            }
            assertEquals(MANY_POINTS, reportedCount.get());
        }
        assertEquals(MANY_POINTS, pointsAfterReopening());
    }

    private long pointsAfterReopening() {
        try (Engine engine =
                TollgateEngine.launch(context().directory(directory).threadingMode(ThreadingMode.STEPPED))) {
            long count = 0;
            for (int i = 0; i < 4; i++) {
                count += PointCount.of(engine, "level." + i);
            }
            return count;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseCleanlyOnAThreadThatIsInterrupted(final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(context()
                .directory(directory)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final List<StepSeries> series = defineFour(engine);
            for (int i = 0; i < 100; i++) {
                assertTrue(engine.publisher().offer(series.get(i % 4), i, i) > 0);
            }
            Thread.currentThread().interrupt();
        }
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        assertTrue(new DirectoryFiles(directory).isClosed());
        assertEquals(100, pointsAfterReopening());
    }

    /** Another task has left the thread of a pool interrupted. */
    @Test
    void shouldDoAllThatFilesAreReadOrMadeForOnAThreadThatIsInterrupted() {
        final Path data = directory.resolve("data");
        final EngineContext context = context().directory(data).threadingMode(ThreadingMode.STEPPED);
        try (TollgateEngine engine = whileInterrupted(() -> TollgateEngine.launch(context))) {
            final List<StepSeries> series = defineFour(engine);
            engine.awaitApplied(engine.publisher().offer(series.get(0), 1, 1));
            whileInterrupted(engine.admin()::checkpoint);
            whileInterrupted(() -> engine.admin().backup(directory.resolve("backup")));
            final IllegalStateException refused = whileInterrupted(() -> assertThrows(
                    IllegalStateException.class, () -> engine.admin().audit().readRefusals(refusal -> {})));
            assertTrue(refused.getMessage().contains(" is interrupted"), refused.getMessage());
            whileInterrupted(() -> DirectoryInspection.of(data));
            whileInterrupted(() -> DirectoryView.open(data)).close();
        }
        assertEquals(
                DirectoryCheck.State.SOUND,
                whileInterrupted(() -> DirectoryCheck.of(data)).state());
        whileInterrupted(() -> DirectoryBackup.make(context().directory(data), directory.resolve("another")));
        whileInterrupted(() -> InPlaceRecovery.recover(context().directory(data)));
        whileInterrupted(() -> DirectoryView.open(data)).close();
        whileInterrupted(() -> TollgateEngine.launch(context().directory(data))).close();
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
    }

    private static <T> T whileInterrupted(final Supplier<T> call) {
        Thread.currentThread().interrupt();
        try {
            return call.get();
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
    }

    /**
     * The interrupt comes before each call to the files. Code that reads the files back meets one left by the last
     * call.
     */
    @Test
    void shouldCloseCleanlyIfItIsInterruptedWhileItCloses() {
        final InterruptingFiles files = new InterruptingFiles();
        final EngineContext context = context().directory(directory);
        try (Engine engine = TollgateEngine.launch(
                context.threadingMode(ThreadingMode.STEPPED).fileAccess(files))) {
            engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
            final List<StepSeries> series = defineFour(engine);
            for (int i = 0; i < 100; i++) {
                assertTrue(engine.publisher().offer(series.get(i % 4), i, i) > 0);
            }
            files.isClosing = true;
        }
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        assertTrue(files.interrupted.contains("CREATE store/seal.new"), files.interrupted::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        assertEquals(100, pointsAfterReopening());
    }

    /** Interrupts its thread once before each call of the close. */
    private static final class InterruptingFiles extends HookedFiles {
        private final Set<String> interrupted = new HashSet<>();
        private boolean isClosing;

        @Override
        public void before(final Call call, final Path file) {
            if (isClosing && interrupted.add(call + " " + file.getParent().getFileName() + '/' + file.getFileName())) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * A listener restores the interrupt after an InterruptedException. On the caller's thread, the interrupt is for the
     * caller.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldContinueIfAListenerLeavesAnInterrupt(final boolean isStepped) {
        final AtomicInteger passedOnCount = new AtomicInteger();
        try (Engine engine = TollgateEngine.launch(
                context().threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            engine.updates().subscribe(LEVELS, new QueueOptions(16, OverflowPolicy.BLOCK), update -> {
                if (reportedCount.incrementAndGet() % 7 == 5) {
                    Thread.currentThread().interrupt();
                }
            });
            engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT, update -> {
                if (Thread.currentThread().isInterrupted()) {
                    passedOnCount.incrementAndGet();
                }
            });
            final List<StepSeries> series = defineFour(engine);
            long ticket = 0;
            for (int i = 0; i < MANY_POINTS; i++) {
                ticket = engine.publisher().offer(series.get(i % 4), i, i);
                assertTrue(ticket > 0, Publisher.describe(ticket));
            }
            engine.awaitApplied(ticket);
        }
        assertEquals(isStepped, Thread.interrupted());
        assertEquals(MANY_POINTS, reportedCount.get());
        assertEquals(0, passedOnCount.get());
    }

    @Test
    void shouldContinueIfItsOwnThreadsAreInterrupted() {
        try (Engine engine =
                TollgateEngine.launch(context().directory(directory).durability(Durability.NONE))) {
            engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT, update -> reportedCount.incrementAndGet());
            final List<StepSeries> series = defineFour(engine);
            for (int i = 0; i < MANY_POINTS; i++) {
                threads.forEach(Thread::interrupt);
                final long ticket = engine.publisher().offer(series.get(i % 4), i, i);
                engine.awaitApplied(ticket);
                if (i % 100 == 0) {
                    engine.awaitDurable(ticket);
                }
            }
            assertEquals(4, threads.size());
            assertTrue(threads.stream().allMatch(Thread::isAlive), threads::toString);
        }
        assertEquals(MANY_POINTS, reportedCount.get());
        assertEquals(MANY_POINTS, pointsAfterReopening());
    }

    /** An error handler that throws ends the listener thread. The engine must report that. */
    @Test
    void shouldFailIfTheThreadOfTheListenersEndsUnasked() {
        final EngineContext context = context().errorHandler(error -> {
            throw new IllegalArgumentException("handler=broken", error);
        });
        try (Engine engine = TollgateEngine.launch(context)) {
            engine.updates().subscribe(LEVELS, new QueueOptions(16, OverflowPolicy.BLOCK), update -> {
                throw new ArithmeticException("listener=broken");
            });
            final List<StepSeries> series = defineFour(engine);
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> {
                for (int i = 0; i < 1_000_000; i++) {
                    final long ticket = engine.publisher().offer(series.get(i % 4), i, i);
                    if (ticket == Publisher.CLOSED) {
                        engine.series().find("level.0");
                    } else {
                        engine.awaitApplied(ticket);
                    }
                }
            });
            assertTrue(refusal.getMessage().startsWith("engine=failed;"), refusal::getMessage);
            assertEquals("handler=broken", refusal.getCause().getMessage(), refusal::toString);
        }
        assertFalse(threads.isEmpty());
    }
}
