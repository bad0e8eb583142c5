package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.oracle.ClockModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A BLOCK queue loses no update, however small it is, even if the engine cannot wait for space. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockingQueueTest {
    private static final WatchedMetric COUNT = WatchedMetric.of(Window.slidingNs(5), Metric.COUNT);

    private final UpdateRecorder recorder = new UpdateRecorder();

    private static Engine launch(final ClockMode mode, final ClockModel clock) {
        return TollgateEngine.launch(TestContext.stepped(mode).clock(clock));
    }

    private static UpdateQueue subscribe(final Engine engine, final int capacity, final WatchedMetric... metrics) {
        return engine.updates()
                .subscribe(
                        Subscription.of("all", "*").withMetrics(metrics),
                        new QueueOptions(capacity, OverflowPolicy.BLOCK));
    }

    private static FlowSeries flow(final Engine engine, final String key) {
        return engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
    }

    /** Steps and polls until the engine is idle. */
    private void work(final Engine engine, final UpdateQueue queue) {
        int work;
        do {
            work = engine.step() + queue.poll(recorder, 1_000);
        } while (work > 0);
    }

    private void assertNothingLost(final UpdateQueue queue) {
        assertEquals(List.of(), recorder.gaps());
        assertEquals(0, queue.lostCount());
    }

    /** Each point enters a window and leaves it before the next one. A point has two updates and the time one. */
    @ParameterizedTest
    @CsvSource({
        "EVENT, 2", "EVENT, 16", "EVENT, 64", "EVENT, 4096",
        "KNOWLEDGE, 2", "KNOWLEDGE, 16", "KNOWLEDGE, 64", "KNOWLEDGE, 4096"
    })
    void shouldLoseNoTimedUpdateBeforeThePointThatMovesTheClock(final ClockMode mode, final int capacity) {
        try (Engine engine = launch(mode, new ClockModel(mode, 0))) {
            final FlowSeries flow = flow(engine, "flow");
            final UpdateQueue queue = subscribe(engine, capacity, COUNT);
            for (int i = 0; i < 500; i++) {
                final long time = 1_000 + 10L * i;
                assertTrue(KnownPoint.offer(engine.publisher(), flow, time, 1, time, i) > 0);
            }
            work(engine, queue);
            assertEquals(999, recorder.recorded().size());
            assertNothingLost(queue);
        }
    }

    /** The caller moves the clock without a limit, and no thread polls. */
    @Test
    void shouldReportAGapAfterTheMostThatIsKept() {
        final Limits few = Limits.DEFAULT.withMaxUpdatesKept(3);
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(few))) {
            engine.advanceTo(10);
            final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            final UpdateQueue queue = subscribe(engine, 4, WatchedMetric.LEVEL);
            for (int i = 1; i <= 9; i++) {
                engine.awaitApplied(engine.publisher().offer(level, 10L * i + 10, i));
            }
            engine.advanceTo(100);
            assertEquals(7, queue.poll(recorder, 100));
            assertEquals(List.of(new UpdateRecorder.Gap(8, 9)), recorder.gaps());
            assertEquals(2, queue.lostCount());
            engine.awaitApplied(engine.publisher().offer(level, 100, 10));
            assertEquals(1, queue.poll(recorder, 100));
            assertEquals(10, recorder.recorded().get(7).number());
            assertEquals(2, queue.lostCount());
        }
    }

    /** A pending point takes effect without a watch on the series whose point moves the clock. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16, 64})
    void shouldLoseNoTimedUpdateOfPointsWithoutAWatch(final int capacity) {
        try (Engine engine = launch(ClockMode.EVENT, new ClockModel(ClockMode.EVENT, 0))) {
            final FlowSeries flow = flow(engine, "flow");
            final UpdateQueue queue = subscribe(engine, capacity, COUNT);
            engine.updates().unsubscribe("all");
            final UpdateQueue other = engine.updates()
                    .subscribe(
                            Subscription.of("one", "flow").withMetrics(COUNT),
                            new QueueOptions(capacity, OverflowPolicy.BLOCK));
            final FlowSeries clock = flow(engine, "clock");
            for (int i = 1; i <= 100; i++) {
                assertTrue(engine.publisher().offer(clock, 10L * i, 1) > 0);
                for (int j = 1; j <= 3; j++) {
                    assertTrue(engine.publisher().offer(flow, 10L * i - j, 1) > 0);
                }
            }
            work(engine, other);
            assertEquals(597, recorder.recorded().size());
            assertNothingLost(other);
            assertEquals(0, queue.poll(recorder, 1_000), "ended before the first point");
            assertNothingLost(queue);
        }
    }

    /** One jump of the clock passes many instants with one update each. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16, 64})
    void shouldLetTimeActNoFurtherThanThereIsSpace(final int capacity) {
        final ClockModel clock = new ClockModel(ClockMode.SYSTEM, 100);
        try (Engine engine = launch(ClockMode.SYSTEM, clock)) {
            final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            for (int i = 1; i <= 200; i++) {
                engine.awaitApplied(engine.publisher().offer(level, 100 + 2 * i, i));
            }
            final UpdateQueue queue = subscribe(engine, capacity, WatchedMetric.LEVEL);
            clock.moveTo(1_000);
            work(engine, queue);
            assertEquals(200, recorder.recorded().size());
            assertNothingLost(queue);
        }
    }

    /** The engine begins no batch before there is space for all its updates. */
    @ParameterizedTest
    @EnumSource(ClockMode.class)
    void shouldLoseNothingOfABatchThatTheQueueHasSpaceFor(final ClockMode mode) {
        final UpdateRecorder own = new UpdateRecorder();
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(mode).clock(new ClockModel(mode, 10_000)))) {
            if (mode == ClockMode.MANUAL) {
                engine.advanceTo(10_000);
            }
            final FlowSeries[] flows = new FlowSeries[4];
            for (int i = 0; i < flows.length; i++) {
                flows[i] = flow(engine, "flow." + i);
            }
            final UpdateQueue queue = subscribe(engine, 16, WatchedMetric.of(Window.last(9), Metric.SUM));
            for (int i = 1; i <= 100; i++) {
                while (!offerBatch(engine, flows, i)) {
                    assertTrue(engine.step() + queue.poll(own, 3) > 0);
                }
                for (int j = 1; j <= i % 7; j++) {
                    final long at = 20 * i + j;
                    assertTrue(KnownPoint.offer(engine.publisher(), flows[j % 4], at, j, at, at) > 0);
                }
                engine.step();
                queue.poll(own, 1 + i % 3);
            }
            int work;
            do {
                work = engine.step() + queue.poll(own, 3);
            } while (work > 0);
            assertEquals(List.of(), own.gaps(), mode.toString());
            assertTrue(
                    own.recorded().size() > 500,
                    () -> "recorded=" + own.recorded().size());
        }
    }

    private static boolean offerBatch(final Engine engine, final FlowSeries[] flows, final long number) {
        final Batch batch = engine.publisher().newBatch();
        if (batch.begin() != 0) {
            return false;
        }
        for (final FlowSeries flow : flows) {
            assertTrue(KnownPoint.offer(batch, flow, 20 * number, number, 20 * number, number) >= 0);
        }
        assertTrue(batch.commit() > 0);
        return true;
    }

    /** Points that retract updates of a watch follow each other. No point has more updates than the queue holds. */
    @Test
    void shouldLoseNoRetraction() {
        try (Engine engine = launch(ClockMode.MANUAL, new ClockModel(ClockMode.MANUAL, 0))) {
            engine.advanceTo(0);
            final FlowSeries flow = flow(engine, "flow");
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("watch", "*")
                                    .withWatches(Watch.above(WatchedMetric.of(Window.since(0), Metric.SUM), 50)),
                            new QueueOptions(32, OverflowPolicy.BLOCK));
            engine.advanceTo(1_000);
            for (int i = 0; i < 6; i++) {
                assertTrue(engine.publisher().offer(flow, 100 * i + 100, 60) > 0);
                assertTrue(engine.publisher().offer(flow, 100 * i + 150, -60) > 0);
            }
            for (int i = 0; i < 20; i++) {
                assertTrue(KnownPoint.offer(engine.publisher(), flow, 50, 1_000, Instants.NONE, 7) > 0);
                assertTrue(
                        engine.publisher().point(flow).validAt(50).reference(7).withdraw() > 0);
            }
            work(engine, queue);
            assertTrue(
                    recorder.recorded().size() > 400,
                    () -> "recorded=" + recorder.recorded().size());
            assertNothingLost(queue);
        }
    }

    /** One call passes many instants, and a batch has more updates than the queue has space. */
    @Test
    void shouldKeepTheUpdatesOfOneOperationBeyondTheCapacity() {
        try (Engine engine = launch(ClockMode.MANUAL, new ClockModel(ClockMode.MANUAL, 0))) {
            engine.advanceTo(0);
            final FlowSeries flow = flow(engine, "flow");
            final UpdateQueue queue = subscribe(engine, 2, COUNT);
            for (int i = 1; i <= 100; i++) {
                engine.awaitApplied(engine.publisher().offer(flow, 10 * i, 1));
            }
            engine.advanceTo(1_000);
            final long ticket = engine.publisher().offer(flow, 995, 1);
            final IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> engine.awaitApplied(ticket));
            assertTrue(refused.getMessage().startsWith("updateQueue=full"), refused::getMessage);
            assertFalse(engine.isApplied(ticket));
            work(engine, queue);
            assertTrue(engine.isApplied(ticket));
            // The last point has not left the window, and the late point lies before the window.
            assertEquals(199, recorder.recorded().size());
            assertNothingLost(queue);
        }
    }

    /** A close does not wait for a poll. Its updates can be polled afterwards. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHandOverAfterACloseTheUpdatesBeyondTheCapacity(final boolean isStepped) {
        final UpdateQueue queue;
        try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.EVENT)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final FlowSeries flow = flow(engine, "flow");
            queue = subscribe(engine, 4, COUNT);
            for (int i = 1; i <= 500; i++) {
                assertTrue(engine.publisher().offer(flow, 10L * i, 1) > 0);
            }
        }
        assertTrue(queue.poll(recorder, 1) > 0);
        while (queue.poll(recorder, 100) > 0) {
            assertNothingLost(queue);
        }
        assertEquals(999, recorder.recorded().size());
        for (int i = 0; i < 999; i++) {
            assertEquals(i + 1, recorder.recorded().get(i).number());
        }
    }
}
