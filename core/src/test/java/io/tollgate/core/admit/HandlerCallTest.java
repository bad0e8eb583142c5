package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that a handler may make to its engine, and those refused because the handler would wait for itself. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandlerCallTest {
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 2);
    private static final SeriesDefinition OTHER = SeriesDefinition.step("other", Unit.PERCENT, 2);

    private enum Called {
        REFUSAL_HANDLER {
            @Override
            EngineContext context(final HandlerCallTest test) {
                return TestContext.of(ClockMode.MANUAL).refusalHandler(test::onRefusal);
            }
        },
        ERROR_HANDLER {
            @Override
            EngineContext context(final HandlerCallTest test) {
                return TestContext.of(ClockMode.MANUAL)
                        .refusalHandler(refusal -> {
                            throw new IllegalArgumentException("refusalHandler=broken");
                        })
                        .errorHandler(error -> test.enter());
            }
        },
        /** The engine waits for the listener to make space for the next update. */
        LISTENER {
            @Override
            void attach(final HandlerCallTest test) {
                test.engine
                        .updates()
                        .subscribe(
                                Subscription.of("levels", "level").withMetrics(WatchedMetric.LEVEL),
                                new QueueOptions(2, OverflowPolicy.BLOCK),
                                update -> test.enter());
            }
        };

        EngineContext context(final HandlerCallTest test) {
            return TestContext.of(ClockMode.MANUAL);
        }

        void attach(final HandlerCallTest test) {}
    }

    @TempDir
    private Path directory;

    /** Results of the calls inside a handler: a value or an exception. */
    private final BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();

    private final CountDownLatch isInside = new CountDownLatch(1);
    private final CountDownLatch mayCall = new CountDownLatch(1);
    private final CountDownLatch mayApply = new CountDownLatch(1);
    private volatile Engine engine;
    private volatile long waitingTicket;
    private volatile Consumer<Engine> call = called -> {};

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetARefusalHandlerFindCountAndRead(final boolean isStepped) throws InterruptedException {
        call = called -> {
            outcomes.add(called.series().find("level").orElseThrow());
            outcomes.add(called.series().find(0).orElseThrow());
            outcomes.add(called.series().find("other"));
            outcomes.add(called.admin().statistics().refusedCounts());
            outcomes.add(PointCount.of(called, "level"));
        };
        try (Engine launched = launch(TestContext.of(ClockMode.MANUAL)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                .refusalHandler(this::onRefusal))) {
            final StepSeries level = launched.defineStep(LEVEL);
            KnownPoint.apply(launched, level, 1, 1, 100);
            mayCall.countDown();
            KnownPoint.apply(launched, level, 2, 1, 50);
            assertEquals(level, outcome());
            assertEquals(level, outcome());
            assertEquals(Optional.empty(), outcome());
            assertEquals(Map.of(RefusalReason.KNOWLEDGE_DECREASES, 1L), outcome());
            assertEquals(1L, outcome());
        }
    }

    @Test
    void shouldLetARefusalHandlerFindCountAndReadWhileTheEngineCloses() throws InterruptedException {
        call = called -> {
            outcomes.add(called.series().find("level").orElseThrow());
            outcomes.add(called.series().find(0).orElseThrow());
            outcomes.add(called.admin().statistics().seriesCount());
            outcomes.add(PointCount.of(called, "level"));
        };
        final Engine launched = launch(TestContext.of(ClockMode.MANUAL).refusalHandler(this::onRefusal));
        final StepSeries level = launched.defineStep(LEVEL);
        KnownPoint.apply(launched, level, 1, 1, 100);
        KnownPoint.offer(launched.publisher(), level, 2, 1, 50);
        isInside.await();
        final Thread closing = new Thread(launched::close);
        closing.setDaemon(true);
        closing.start();
        while (KnownPoint.offer(launched.publisher(), level, 3, 1, 10) != Publisher.CLOSED) {
            Thread.onSpinWait();
        }
        mayCall.countDown();
        assertEquals(level, outcome());
        assertEquals(level, outcome());
        assertEquals(1L, outcome());
        assertEquals(1L, outcome());
        closing.join();
        assertThrows(IllegalStateException.class, launched.admin()::statistics);
    }

    @ParameterizedTest
    @MethodSource("callsThatWait")
    void shouldRefuseCallsThatWaitForTheEngineInAHandler(
            final Called handler, final boolean isStepped, final String name) throws InterruptedException {
        call = called -> waitIn(called, name);
        try (Engine launched = launch(
                handler.context(this).threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final StepSeries level = offerWithARefusal(launched);
            mayCall.countDown();
            launched.awaitApplied(waitingTicket);
            requireRefusal(name, outcome());
            assertEquals(2, PointCount.of(launched, level));
            assertEquals(OTHER.key(), launched.defineStep(OTHER).key());
        }
    }

    /** Offers three points; the second one is refused. */
    private StepSeries offerWithARefusal(final Engine launched) {
        final StepSeries level = launched.defineStep(LEVEL);
        KnownPoint.offer(launched.publisher(), level, 1, 1, 100);
        KnownPoint.offer(launched.publisher(), level, 2, 1, 50);
        waitingTicket = KnownPoint.offer(launched.publisher(), level, 3, 1, 150);
        return level;
    }

    /** A registration waits for the thread of the handler and blocks other registrations meanwhile. */
    @ParameterizedTest
    @EnumSource(Called.class)
    void shouldRefuseToRegisterInAHandlerWhileAnotherThreadDoes(final Called called) throws InterruptedException {
        try (Engine launched = launch(called.context(this))) {
            final StepSeries level = launched.defineStep(LEVEL);
            final StepSeries other = launched.defineStep(OTHER);
            call = own -> {
                own.series().register(Group.of(GroupMember.of(other)));
                outcomes.add("call=register returned");
            };
            called.attach(this);
            launched.advanceTo(8);
            for (int i = 1; i <= 8; i++) {
                KnownPoint.offer(launched.publisher(), level, i, i, 100);
            }
            KnownPoint.offer(launched.publisher(), level, 8, 1, 50);
            isInside.await();
            final Thread registering = new Thread(() -> launched.series().register(Group.of(GroupMember.of(level))));
            registering.setDaemon(true);
            registering.start();
            while (registering.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            mayCall.countDown();
            requireRefusal("register", outcome());
            registering.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"define", "advanceTo", "awaitApplied", "close"})
    void shouldRefuseByNameInARefusalHandlerOfASteppedEngineThatCloses(final String name) throws InterruptedException {
        call = called -> waitIn(called, name);
        final Engine launched =
                launch(TestContext.stepped(ClockMode.MANUAL, directory).refusalHandler(this::onRefusal));
        offerWithARefusal(launched);
        mayCall.countDown();
        launched.close();
        requireRefusal(name, outcome());
        try (Engine reopened = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            assertEquals(0, reopened.admin().statistics().appliedCount(), "the close was a clean one");
            assertEquals(2, PointCount.of(reopened, "level"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseToCloseInTheErrorHandlerOfTheFailure(final boolean isStepped) throws InterruptedException {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        call = called -> waitIn(called, "close");
        mayCall.countDown();
        try (Engine launched =
                launch(InjectedFiles.inject(TestContext.of(ClockMode.MANUAL).directory(directory), disk)
                        .logSegmentLength(1 << 16)
                        .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                        .errorHandler(error -> enterAtNamedCall("tollgate-engine", isStepped)))) {
            disk.failForces(true);
            final StepSeries level = launched.defineStep(LEVEL);
            assertThrows(IllegalStateException.class, () -> {
                for (int i = 0; i < 3_000; i++) {
                    final long ticket = launched.publisher().offer(level, i, i);
                    if (ticket == Publisher.CLOSED) {
                        throw new IllegalStateException("failed before the offer");
                    }
                    launched.awaitApplied(ticket);
                }
            });
            requireRefusal("close", outcome());
        }
        try (Engine reopened = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            assertTrue(PointCount.of(reopened, "level") > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"define", "advanceTo", "awaitApplied", "close"})
    void shouldRefuseCallsThatWaitForTheEngineOnTheMaintenanceThread(final String name) throws InterruptedException {
        call = called -> waitIn(called, name);
        try (Engine launched =
                launch(InjectedFiles.inject(TestContext.of(ClockMode.MANUAL).directory(directory), new FullDisk(1))
                        .refusalHandler(refusal -> awaitQuietly(mayApply))
                        .errorHandler(error -> enterAtNamedCall("tollgate-maintenance", false)))) {
            final StepSeries level = offerWithARefusal(launched);
            mayCall.countDown();
            final Object outcome = outcome();
            mayApply.countDown();
            requireRefusal(name, outcome);
            launched.awaitApplied(waitingTicket);
            assertEquals(2, PointCount.of(launched, level));
        } finally {
            mayApply.countDown();
        }
    }

    static Stream<Arguments> callsThatWait() {
        return Stream.of(Called.REFUSAL_HANDLER, Called.ERROR_HANDLER)
                .flatMap(handler -> Stream.of(true, false)
                        .flatMap(isStepped -> Stream.of("define", "advanceTo", "awaitApplied", "step", "close")
                                .map(name -> Arguments.of(handler, isStepped, name))));
    }

    private void waitIn(final Engine called, final String name) {
        final Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("define", () -> called.defineStep(OTHER));
        calls.put("advanceTo", () -> called.advanceTo(500));
        calls.put("awaitApplied", () -> called.awaitApplied(waitingTicket));
        calls.put("step", called::step);
        calls.put("close", called::close);
        calls.get(name).run();
        outcomes.add("call=" + name + " returned");
    }

    private void onRefusal(final Refusal refusal) {
        enter();
    }

    private void enterAtNamedCall(final String threadName, final boolean isStepped) {
        if (isStepped || Thread.currentThread().getName().equals(threadName)) {
            enter();
        }
    }

    /** Makes the call once the test permits it, and keeps the result. */
    private void enter() {
        isInside.countDown();
        awaitQuietly(mayCall);
        try {
            call.accept(engine);
        } catch (final RuntimeException e) {
            outcomes.add(e);
        }
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Object outcome() throws InterruptedException {
        final Object outcome = outcomes.poll(5, TimeUnit.SECONDS);
        assertNotNull(outcome, "the handler made no call that ended");
        return outcome;
    }

    private static void requireRefusal(final String name, final Object outcome) {
        assertEquals(IllegalStateException.class, outcome.getClass(), () -> "call=" + name + " outcome=" + outcome);
        final String message = ((Exception) outcome).getMessage();
        assertTrue(message.contains(name) || name.equals("step") && message.contains("stepped=false"), message);
    }

    private Engine launch(final EngineContext context) {
        engine = TollgateEngine.launch(context);
        return engine;
    }
}
