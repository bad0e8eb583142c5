package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that gives up, or is refused, leaves no command that blocks the engine. */
class InterruptedCallTest {
    private static final Subscription ALL = Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL);
    private static final QueueOptions BLOCK = new QueueOptions(16, OverflowPolicy.BLOCK);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveNoQueueWithoutASubscriber(final boolean isListened) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL))) {
                final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
                Thread.currentThread().interrupt();
                if (isListened) {
                    engine.updates().subscribe(ALL, BLOCK, update -> {});
                } else {
                    engine.updates().subscribe(ALL, BLOCK).close();
                }
                assertTrue(Thread.interrupted(), "the interrupt was swallowed");
                long ticket = 0;
                for (int i = 1; i <= 10_000; i++) {
                    ticket = engine.publisher().offer(level, i, i);
                    while (ticket < 0) {
                        Thread.onSpinWait();
                        ticket = engine.publisher().offer(level, i, i);
                    }
                }
                engine.awaitApplied(ticket);
                assertEquals(10_000, engine.admin().statistics().appliedCount());
            }
        });
    }

    /** The engine may have ended before it executes the command. */
    @Test
    void shouldCloseWhileSomebodyRegisters() {
        assertTimeoutPreemptively(Duration.ofSeconds(120), () -> {
            for (int round = 0; round < 40; round++) {
                final Engine engine = TollgateEngine.launch(TestContext.plain());
                final WindowRegistration registration =
                        WindowRegistration.of("*").withWindows(Window.slidingNs(10));
                final Thread registering = new Thread(() -> assertThrows(IllegalStateException.class, () -> {
                    while (true) {
                        engine.series().register(registration);
                    }
                }));
                registering.start();
                engine.series().register(registration);
                engine.close();
                registering.join();
            }
        });
    }

    /** The handler would wait for a lock whose owner waits for the thread of the handler. */
    @Test
    void shouldRefuseACallOfAHandlerWhileAnotherThreadIsInIt() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            final AtomicReference<Runnable> handling = new AtomicReference<>(() -> {});
            final AtomicReference<Throwable> refusal = new AtomicReference<>();
            try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL)
                    .refusalHandler(refused -> handling.get().run()))) {
                final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
                final Thread closing = new Thread(() -> engine.series().close(level, LifeEnd.at(50)));
                handling.set(() -> {
                    closing.start();
                    while (closing.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    refusal.set(assertThrows(
                            IllegalStateException.class, () -> engine.series().close(level, LifeEnd.at(60))));
                });
                engine.awaitApplied(engine.publisher().withdraw(level, 3));
                closing.join();
                assertTrue(refusal.get().getMessage().contains("handler"), refusal.get()::getMessage);
            }
        });
    }

    /** Applied points become durable without room in a queue. */
    @Test
    void shouldAwaitWhatIsDurableBesideAFullQueue() {
        try (Engine engine = TollgateEngine.launch(
                TestContext.stepped(ClockMode.MANUAL, directory).durability(Durability.parse("INTERVAL:500")))) {
            final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            engine.updates().subscribe(ALL, new QueueOptions(2, OverflowPolicy.BLOCK));
            engine.awaitApplied(engine.publisher().offer(level, 1, 1));
            final long ticket = engine.publisher().offer(level, 2, 2);
            engine.awaitApplied(ticket);
            assertFalse(engine.isDurable(ticket));
            engine.awaitDurable(ticket);
            assertTrue(engine.isDurable(ticket));
        }
    }
}
