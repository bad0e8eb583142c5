package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers and the data of an engine after a full disk or an interrupt. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineFailureTest {
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 2);
    private static final SeriesDefinition EVENTS = SeriesDefinition.flow("events", Unit.COUNT, 0);
    private static final int MORE_POINTS_THAN_A_SEGMENT_HOLDS = 3_000;

    /** The maintenance agent reports a full disk about once a second, or once in a thousand steps. */
    private static final int MAX_ERRORS_REPORTED = 20;

    @TempDir
    private Path directory;

    private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStopForGoodOnceTheDiskHasFailed(final boolean isStepped) throws InterruptedException {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        final long[] tickets = new long[MORE_POINTS_THAN_A_SEGMENT_HOLDS];
        final long acknowledged;
        try (Engine engine = TollgateEngine.launch(
                context(disk).threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            disk.failForces(true);
            final StepSeries level = engine.defineStep(LEVEL);
            final int offered = offerUntilClosed(engine, level, tickets);
            final long last = tickets[offered - 1];
            requireDiskFailed(assertThrows(IllegalStateException.class, () -> engine.awaitApplied(last)));
            joinEngineThread(isStepped);
            disk.failForces(false);

            acknowledged = countApplied(engine, tickets, offered);
            assertTrue(acknowledged > 0 && acknowledged < offered, "acknowledged=" + acknowledged);
            for (final Executable call : List.<Executable>of(
                    () -> engine.awaitApplied(last),
                    () -> engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 2)),
                    () -> engine.advanceTo(5),
                    () -> engine.series().find("level"))) {
                requireDiskFailed(assertThrows(IllegalStateException.class, call));
            }
            if (isStepped) {
                requireDiskFailed(assertThrows(IllegalStateException.class, engine::step));
            }
            assertEquals(Publisher.CLOSED, engine.publisher().offer(level, 1, 1));
            assertEquals(Publisher.CLOSED, engine.publisher().offerUnknown(level, 1));
            engine.awaitApplied(tickets[0]);
            assertEquals(acknowledged, countApplied(engine, tickets, offered));
            assertEquals(acknowledged, PointCount.of(engine, level));
            assertEquals(acknowledged, engine.admin().statistics().appliedCount());
        }
        assertFalse(new DirectoryFiles(directory).isClosed());
        assertTrue(!errors.isEmpty() && errors.size() <= MAX_ERRORS_REPORTED, "errors=" + errors.size());
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            assertEquals(acknowledged, PointCount.of(engine, "level"));
        }
    }

    @Test
    void shouldLeaveNoTraceOfADefinitionThatTheLogRefuses() throws IOException {
        final FullDisk disk = new FullDisk(1);
        final List<StepSeries> defined = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            requireDiskFull(defineUntilRefused(engine, defined));
            final SeriesDefinition refused = numbered(defined.size());
            assertEquals(Optional.empty(), engine.series().find(refused.key()));
            assertEquals(defined.size(), engine.admin().statistics().seriesCount());
            requireDiskFull(assertThrows(RuntimeException.class, () -> engine.defineStep(refused)));

            disk.makeSpace();
            final SeriesDefinition next = numbered(defined.size() + 1);
            for (final SeriesDefinition definition : List.of(next, refused)) {
                final StepSeries series = defineOnceThereIsSpace(engine, definition);
                assertEquals(defined.size(), series.number());
                defined.add(series);
            }
            final StepSeries last = defined.get(defined.size() - 1);
            engine.awaitApplied(engine.publisher().offer(last, 7, 7));
            assertEquals(1, PointCount.of(engine, last));
        }
        new DirectoryFiles(directory).markNotClosed();
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            assertEquals(defined.size(), engine.admin().statistics().seriesCount());
            for (final Series series : defined) {
                assertEquals(Optional.of(series), engine.series().find(series.key()));
                assertEquals(Optional.of(series), engine.series().find(series.number()));
            }
            assertEquals(1, PointCount.of(engine, defined.get(defined.size() - 1)));
        }
    }

    @Test
    void shouldFailADefinitionThatMeetsAnErrorInsteadOfHanging() throws InterruptedException {
        final FullDisk disk = new FullDisk(2);
        disk.throwErrors();
        final List<StepSeries> defined = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context(disk))) {
            final Throwable failure = defineUntilRefused(engine, defined);
            assertInstanceOf(IllegalStateException.class, failure);
            assertInstanceOf(InternalError.class, rootOf(failure));
            joinEngineThread(false);
            assertEquals(Publisher.CLOSED, engine.publisher().offer(defined.get(0), 1, 1));
            assertInstanceOf(
                    InternalError.class,
                    rootOf(assertThrows(IllegalStateException.class, () -> engine.defineStep(LEVEL))));
        }
        disk.makeSpace();
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            assertEquals(defined.size(), engine.admin().statistics().seriesCount());
        }
    }

    @Test
    void shouldHandAnErrorToTheThreadThatWorksTheEngineItself() {
        final FullDisk disk = new FullDisk(1);
        disk.throwErrors();
        final long seriesCount;
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            assertInstanceOf(InternalError.class, rootOf(defineUntilRefused(engine, new ArrayList<>())));
            seriesCount = engine.admin().statistics().seriesCount();
        }
        disk.makeSpace();
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            assertEquals(seriesCount, engine.admin().statistics().seriesCount());
        }
    }

    /** The thread waits in an idle strategy of the program, which may throw. */
    @Test
    void shouldFailIfItsThreadEndsUnaskedAndKeepAcknowledgedPoints() throws InterruptedException {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        final AtomicBoolean isBroken = new AtomicBoolean();
        final long acknowledged;
        try (Engine engine = TollgateEngine.launch(context(disk).idleStrategySupplier(() -> breaking(isBroken)))) {
            final StepSeries level = engine.defineStep(LEVEL);
            for (int i = 0; i < 100; i++) {
                engine.awaitApplied(engine.publisher().offer(level, i, i));
            }
            isBroken.set(true);
            joinEngineThread(false);
            assertEquals(Publisher.CLOSED, engine.publisher().offer(level, 100, 1));
            final IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> engine.defineStep(LEVEL));
            assertEquals("idle=broken", refusal.getCause().getMessage(), refusal::toString);
            acknowledged = PointCount.of(engine, level);
            assertEquals(100, acknowledged);
        }
        assertFalse(new DirectoryFiles(directory).isClosed());
        try (Engine engine = TollgateEngine.launch(context(disk).threadingMode(ThreadingMode.STEPPED))) {
            assertEquals(acknowledged, PointCount.of(engine, "level"));
        }
    }

    private static IdleStrategy breaking(final AtomicBoolean isBroken) {
        return new IdleStrategy() {
            @Override
            public void idle(final int workCount) {
                idle();
            }

            @Override
            public void idle() {
                if (isBroken.get()) {
                    throw new IllegalArgumentException("idle=broken");
                }
                Thread.onSpinWait();
            }

            @Override
            public void reset() {
                // No state to reset.
            }
        };
    }

    @Test
    void shouldContinueWaitingOnAThreadThatIsInterrupted() throws InterruptedException {
        final AtomicBoolean isLeft = new AtomicBoolean();
        final CountDownLatch isBusy = new CountDownLatch(1);
        final CountDownLatch mayProceed = new CountDownLatch(1);
        try (Engine engine = TollgateEngine.launch(inMemory().refusalHandler(refusal -> {
            isBusy.countDown();
            awaitLatch(mayProceed);
        }))) {
            final StepSeries level = engine.defineStep(LEVEL);
            KnownPoint.offer(engine.publisher(), level, 1, 1, 100);
            KnownPoint.offer(engine.publisher(), level, 2, 1, 50);
            isBusy.await();
            final long ticket = KnownPoint.offer(engine.publisher(), level, 3, 1, 150);
            Thread.currentThread().interrupt();
            assertFalse(engine.awaitApplied(ticket, Duration.ofMillis(2)));
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            final Thread waiting = new Thread(() -> {
                Thread.currentThread().interrupt();
                engine.awaitApplied(ticket);
                engine.defineFlow(EVENTS);
                isLeft.set(Thread.interrupted());
            });
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            mayProceed.countDown();
            waiting.join();
            assertTrue(isLeft.get(), "the interrupt was swallowed");
            engine.awaitApplied(ticket);
            assertEquals(2, PointCount.of(engine, level));
        } finally {
            mayProceed.countDown();
        }
    }

    @Test
    void shouldDefineOnAnInterruptedThreadThatWorksTheEngineItself() {
        try (Engine engine = TollgateEngine.launch(inMemory().threadingMode(ThreadingMode.STEPPED))) {
            Thread.currentThread().interrupt();
            final StepSeries level = engine.defineStep(LEVEL);
            assertTrue(Thread.interrupted(), "the thread is still interrupted");
            assertEquals(Optional.of(level), engine.series().find("level"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseToWaitForATicketThatWasNeverGivenOut(final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(
                inMemory().threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final StepSeries level = engine.defineStep(LEVEL);
            final long ticket = engine.publisher().offer(level, 1, 1);
            for (final long other : new long[] {0, ticket + 1, Long.MAX_VALUE}) {
                final IllegalArgumentException refusal =
                        assertThrows(IllegalArgumentException.class, () -> engine.awaitApplied(other));
                assertTrue(refusal.getMessage().startsWith("ticket=" + other), refusal.getMessage());
            }
            engine.awaitApplied(ticket);
            assertEquals(1, PointCount.of(engine, level));
        }
    }

    @Test
    void shouldApplyAPointAfterThePaddingOfTheRingInOneStep() {
        try (Engine engine = TollgateEngine.launch(
                inMemory().threadingMode(ThreadingMode.STEPPED).limits(Limits.DEFAULT.withRingLength(4_096)))) {
            final FlowSeries events = engine.defineFlow(EVENTS);
            for (int i = 1; i <= 300; i++) {
                final long ticket = engine.publisher().offer(events, i, 1);
                assertTrue(engine.step() > 0, "point=" + i);
                assertTrue(engine.isApplied(ticket), "point=" + i);
                assertEquals(i, PointCount.of(engine, events));
            }
        }
    }

    /** Offers at least as many points as fill the first segment, or until the engine returns CLOSED. */
    private static int offerUntilClosed(final Engine engine, final StepSeries series, final long[] tickets) {
        int offered = 0;
        while (offered < tickets.length) {
            tickets[offered] = engine.publisher().offer(series, offered, offered);
            if (tickets[offered] == Publisher.CLOSED) {
                break;
            }
            assertTrue(tickets[offered] > 0, Publisher.describe(tickets[offered]));
            offered++;
        }
        return offered;
    }

    private static long countApplied(final Engine engine, final long[] tickets, final int offered) {
        long count = 0;
        for (int i = 0; i < offered; i++) {
            count += engine.isApplied(tickets[i]) ? 1 : 0;
        }
        return count;
    }

    private static Throwable defineUntilRefused(final Engine engine, final List<StepSeries> defined) {
        return assertThrows(Throwable.class, () -> {
            while (defined.size() < MORE_POINTS_THAN_A_SEGMENT_HOLDS) {
                defined.add(engine.defineStep(numbered(defined.size())));
            }
        });
    }

    private static SeriesDefinition numbered(final int number) {
        return SeriesDefinition.step("level." + "x".repeat(100) + "." + number, Unit.PERCENT, 2)
                .withWindows(Window.slidingNs(90), Window.slidingNs(1_000 + number));
    }

    /** The engine retries the disk some time after there is space. */
    private static StepSeries defineOnceThereIsSpace(final Engine engine, final SeriesDefinition definition) {
        while (true) {
            try {
                return engine.defineStep(definition);
            } catch (final IllegalStateException e) {
                requireDiskFull(e);
            }
        }
    }

    private static void requireDiskFull(final Throwable failure) {
        assertTrue(failure.getMessage().contains(" disk=full, expected room"), failure::toString);
    }

    private static void requireDiskFailed(final Throwable failure) {
        assertEquals("Input/output error", rootOf(failure).getMessage(), failure::toString);
    }

    private static Throwable rootOf(final Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Waits for the end of the failed engine's thread. After that no operation can be taken. */
    private void joinEngineThread(final boolean isStepped) throws InterruptedException {
        if (!isStepped) {
            engineThread().join(5_000);
            assertFalse(engineThread().isAlive(), "the engine's thread still runs");
        }
    }

    private Thread engineThread() {
        return threads.stream()
                .filter(thread -> thread.getName().equals("tollgate-engine"))
                .findAny()
                .orElseThrow();
    }

    private static void awaitLatch(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EngineContext inMemory() {
        return TestContext.of(ClockMode.MANUAL).errorHandler(errors::add).threadFactory(this::newThread);
    }

    private EngineContext context(final FullDisk disk) {
        return InjectedFiles.inject(inMemory().directory(directory), disk).logSegmentLength(1 << 16);
    }

    private Thread newThread(final Runnable runnable) {
        final Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }
}
