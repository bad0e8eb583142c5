package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates between threads: the engine's, a polling one, and the listener thread. */
class UpdateThreadsTest {
    private static final Subscription LEVELS = Subscription.of("levels", "*").withMetrics(WatchedMetric.LEVEL);
    private static final int POINTS = 20_000;

    private final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());

    private Engine launch() {
        return TollgateEngine.launch(TestContext.of(ClockMode.EVENT)
                .errorHandler(errors::add)
                .limits(Limits.DEFAULT.withRingLength(1 << 14)));
    }

    /** Checks that each update is complete and after the previous one, and counts them. Sometimes waits. */
    private static final class Checker implements UpdateHandler {
        private final int pause;
        private long expectedNumber = 1;
        private long reportedCount;
        private long lostCount;
        private int spun;

        Checker(final int pause) {
            this.pause = pause;
        }

        @Override
        public void onUpdate(final Update update) {
            assertEquals(expectedNumber, update.number());
            // The i-th point has the time i and the value i, so all fields of the i-th update are i.
            assertEquals(update.number(), update.newScaledValue());
            assertEquals(update.number(), update.validTimeNs());
            assertEquals(update.number(), update.atNs());
            assertEquals(update.number(), update.revision());
            expectedNumber++;
            reportedCount++;
            for (int i = 0; update.number() % 64 == 0 && i < pause; i++) {
                spun += i;
            }
        }

        @Override
        public void onGap(final long firstNumber, final long lastNumber) {
            assertEquals(expectedNumber, firstNumber);
            assertTrue(lastNumber >= firstNumber);
            expectedNumber = lastNumber + 1;
            lostCount += lastNumber - firstNumber + 1;
        }
    }

    private static void offerAll(final Engine engine, final StepSeries series) {
        final Publisher publisher = engine.publisher();
        long ticket = 0;
        for (int i = 1; i <= POINTS; i++) {
            do {
                ticket = publisher.offer(series, i, i);
            } while (ticket == Publisher.BACK_PRESSURED);
        }
        engine.awaitApplied(ticket);
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK, 16, 20000",
        "BLOCK, 1024, 0",
        "DROP_OLDEST, 16, 20000",
        "DROP_OLDEST, 2, 0",
        "DROP_OLDEST, 4096, 0"
    })
    void shouldSendAllUpdatesToAPollerOrNameTheLostOnes(
            final OverflowPolicy whenFull, final int capacity, final int pause) throws InterruptedException {
        final Checker checker = new Checker(pause);
        try (Engine engine = launch()) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a", Unit.PERCENT, 0));
            final UpdateQueue queue = engine.updates().subscribe(LEVELS, new QueueOptions(capacity, whenFull));
            final List<Throwable> failures = new ArrayList<>();
            final Thread poller = new Thread(() -> {
                try {
                    while (checker.expectedNumber <= POINTS) {
                        queue.poll(checker, 10);
                    }
                } catch (final Throwable e) {
                    failures.add(e);
                    queue.close();
                }
            });
            poller.start();
            offerAll(engine, series);
            poller.join();
            assertEquals(List.of(), failures);
            assertEquals(POINTS, checker.reportedCount + checker.lostCount);
            assertEquals(checker.lostCount, queue.lostCount());
            assertEquals(whenFull == OverflowPolicy.BLOCK ? 0 : checker.lostCount, checker.lostCount);
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldHandAllToAListenerThatIsSlowBeforeTheEngineIsClosed() {
        final Checker checker = new Checker(10_000);
        try (Engine engine = launch()) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a", Unit.PERCENT, 0));
            engine.updates().subscribe(LEVELS, new QueueOptions(8, OverflowPolicy.BLOCK), checker);
            final Publisher publisher = engine.publisher();
            for (int i = 1; i <= 200; i++) {
                assertTrue(publisher.offer(series, i, i) > 0);
            }
        }
        assertEquals(200, checker.reportedCount);
        assertEquals(0, checker.lostCount);
        assertEquals(List.of(), errors);
    }

    /** The listener thread cannot be started once. The failed call leaves no registration. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldStartTheThreadOfTheListenersAgainIfItCouldNotBeStarted(final boolean isWatch)
            throws InterruptedException {
        final AtomicBoolean isRefused = new AtomicBoolean();
        final CountDownLatch recorded = new CountDownLatch(100);
        final EngineContext context = TestContext.of(ClockMode.EVENT)
                .errorHandler(errors::add)
                .threadFactory(work -> new Thread(work) {
                    @Override
                    public void start() {
                        if (isRefused.getAndSet(false)) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        super.start();
                    }
                });
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a", Unit.PERCENT, 0));
            final QueueOptions small = new QueueOptions(2, OverflowPolicy.BLOCK);
            final WatchedPanel panel = WatchedPanel.of(Group.of(GroupMember.of(series)), GroupMetric.SIMPLE);
            final WatchSet watches = WatchSet.of("odd", Watch.above(panel, 0.5));
            isRefused.set(true);
            assertThrows(
                    OutOfMemoryError.class,
                    () -> listen(engine, isWatch, watches, small, update -> errors.add(new AssertionError(update))));
            listen(engine, isWatch, watches, small, update -> recorded.countDown());
            long ticket = 0;
            for (int i = 1; i <= 100; i++) {
                ticket = engine.publisher().offer(series, i, i % 2);
            }
            engine.awaitApplied(ticket);
            recorded.await();
        }
        assertEquals(List.of(), errors);
    }

    private static void listen(
            final Engine engine,
            final boolean isWatch,
            final WatchSet watches,
            final QueueOptions options,
            final UpdateHandler listener) {
        if (isWatch) {
            engine.updates().subscribe(watches, options, listener);
        } else {
            engine.updates().subscribe(LEVELS, options, listener);
        }
    }

    @Test
    void shouldRefuseAListenerThatWaitsForTheEngine() throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(1);
        final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        try (Engine engine = launch()) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a", Unit.PERCENT, 0));
            engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT, update -> {
                try {
                    engine.series().find("a");
                } catch (final IllegalStateException e) {
                    refusals.add(e.getMessage());
                } finally {
                    done.countDown();
                }
            });
            engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            done.await();
        }
        assertTrue(refusals.get(0).contains("a handler must not wait for the engine"), () -> refusals.get(0));
    }

    @Test
    void shouldLetAListenerReadTheSeriesOfItsUpdate() {
        final List<Double> read = Collections.synchronizedList(new ArrayList<>());
        try (Engine engine = launch()) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a", Unit.PERCENT, 0));
            final var reader = new TestReader(engine.newReader());
            final var reading = reader.newLevelReading();
            engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT, update -> {
                assertTrue(engine.now() >= update.atNs());
                reader.readLevel(series, update.atNs(), reading);
                read.add(reading.value());
            });
            for (int i = 1; i <= 3; i++) {
                engine.awaitApplied(engine.publisher().offer(series, i, i));
            }
        }
        assertEquals(List.of(1.0, 2.0, 3.0), read);
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldHandUpdatesToListenersWhileItsCallerStepsIt() {
        final UpdateRecorder recorder = new UpdateRecorder();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT))) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("a", Unit.PERCENT, 0));
            final Registration listening =
                    engine.updates().subscribe(LEVELS, new QueueOptions(2, OverflowPolicy.BLOCK), recorder);
            long ticket = 0;
            for (int i = 1; i <= 100; i++) {
                ticket = engine.publisher().offer(series, i, i);
            }
            engine.awaitApplied(ticket);
            engine.step();
            assertEquals(100, recorder.recorded().size());
            listening.close();
            engine.awaitApplied(engine.publisher().offer(series, 101, 7));
            engine.step();
        }
        assertEquals(100, recorder.recorded().size());
        assertEquals(List.of(), recorder.gaps());
    }
}
