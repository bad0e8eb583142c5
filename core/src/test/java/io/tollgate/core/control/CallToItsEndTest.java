package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interrupts of a caller end none of its calls. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallToItsEndTest {
    private static final int ROUNDS = 400;
    /** The default limit of an engine. */
    private static final int SUBSCRIPTIONS = 64;

    /** Interrupts the creating thread again and again until closed. */
    private static final class Interrupter implements AutoCloseable {
        private final AtomicBoolean isEnding = new AtomicBoolean();
        private final Thread thread;

        Interrupter(final Thread interrupted) {
            thread = new Thread(() -> {
                for (int pause = 1; !isEnding.get(); pause = pause % 997 + 1) {
                    interrupted.interrupt();
                    for (int i = 0; i < 20 * pause; i++) {
                        Thread.onSpinWait();
                    }
                }
            });
        }

        void start() {
            thread.start();
        }

        @Override
        public void close() {
            isEnding.set(true);
            while (thread.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }

    @Test
    void shouldCloseASeriesWithItsSuccessor() {
        try (Engine engine = launch()) {
            final List<StepSeries> series = new ArrayList<>();
            final List<StepSeries> successors = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                series.add(define(engine, "rate." + i));
                successors.add(define(engine, "next." + i));
            }
            try (Interrupter interrupter = new Interrupter(Thread.currentThread())) {
                interrupter.start();
                for (int i = 0; i < ROUNDS; i++) {
                    final LifeEnd end = LifeEnd.at(50).followedBy(successors.get(i));
                    final StepSeries closed = series.get(i);
                    engine.series().close(closed, end);
                }
            }
            for (int i = 0; i < ROUNDS; i++) {
                final LifeReading life = engine.newReader().life().read(series.get(i));
                assertEquals(50, life.endNs(), "series=" + i);
                assertEquals(successors.get(i).number(), life.successor(), "series=" + i);
            }
        }
    }

    @Test
    void shouldEndASubscription() {
        try (Engine engine = launch()) {
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                engine.updates()
                        .subscribe(
                                Subscription.of("levels." + i, "*").withMetrics(WatchedMetric.LEVEL),
                                QueueOptions.DEFAULT)
                        .close();
            }
            try (Interrupter interrupter = new Interrupter(Thread.currentThread())) {
                interrupter.start();
                for (int i = 0; i < SUBSCRIPTIONS; i++) {
                    assertTrue(engine.updates().unsubscribe("levels." + i));
                }
            }
            assertEquals(List.of(), engine.updates().list());
        }
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
    }

    private static Engine launch() {
        final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL));
        engine.advanceTo(100);
        return engine;
    }
}
