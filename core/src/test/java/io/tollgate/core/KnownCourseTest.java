package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Answer;
import io.tollgate.api.Bucket;
import io.tollgate.api.Composition;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Layer;
import io.tollgate.api.Metric;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.ReadOptions;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Stack;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedPanelReadings;
import io.tollgate.api.WatchedReadings;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instants at which courses change that do not follow from the points that count now. */
final class KnownCourseTest {
    @TempDir
    private Path directory;

    private static UpdateQueue watch(final Engine engine, final Watch watch) {
        final UpdateQueue queue = engine.watch(PanelWatches.of("course", watch), QueueOptions.DEFAULT);
        PanelWatchFixture.work(engine);
        return queue;
    }

    private static List<String> told(final Engine engine, final UpdateQueue queue) {
        PanelWatchFixture.work(engine);
        return new UpdateRecorder()
                .drain(queue).told().stream()
                        .map(told -> told.type() + " " + told.atNs())
                        .toList();
    }

    private Engine launch() {
        return PanelWatchFixture.launch(directory.resolve("course"), 1);
    }

    /** Made again, a watch finds what it has told already. */
    private void assertNothingIsToldTwice(final Watch watch) {
        try (Engine engine = launch()) {
            assertEquals(List.of(), told(engine, watch(engine, watch)));
        }
    }

    private static void offer(final Engine engine, final FlowSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
    }

    private static void offer(final Engine engine, final StepSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
    }

    private static void withdraw(final Engine engine, final FlowSeries series, final long at) {
        engine.awaitApplied(engine.publisher().withdraw(series, at, Publisher.NONE, Publisher.NONE));
        PanelWatchFixture.work(engine);
    }

    /** The period from 10 to 20 is cut from 41 on; that it is withdrawn at 45 undoes nothing of what was known then. */
    @Test
    void shouldLookWhereAPeriodWasCutThatIsWithdrawn() {
        final Watch watch;
        try (Engine engine = launch()) {
            final FlowSeries trade = engine.defineFlow(SeriesDefinition.flow("trade", new Unit("USD"), 0)
                    .withPeriod(ReportingPeriod.of(Duration.ofNanos(10))));
            engine.advanceTo(5);
            offer(engine, trade, 20, 5);
            offer(engine, trade, 30, 1);
            final WatchedValue sum = WatchedReadings.window(trade, Window.slidingNs(30), Metric.SUM)
                    .asKnown();
            watch = Watch.below(sum, 3);
            final UpdateQueue queue = watch(engine, watch);
            engine.advanceTo(45);
            assertEquals(List.of("FIRED 41"), told(engine, queue));
            withdraw(engine, trade, 20);
            assertEquals(List.of(), told(engine, queue));
        }
        assertNothingIsToldTwice(watch);
    }

    /** Both lie in one bucket up to 18, in two at 20; that all of one side is withdrawn at 25 undoes nothing. */
    @Test
    void shouldLookAtBucketsOfAPairThatIsWithdrawn() {
        final Watch watch;
        try (Engine engine = launch()) {
            final FlowSeries x = engine.defineFlow(SeriesDefinition.flow("x", Unit.COUNT, 0));
            final FlowSeries y = engine.defineFlow(SeriesDefinition.flow("y", Unit.COUNT, 0));
            engine.advanceTo(5);
            offer(engine, x, -40, 1);
            offer(engine, y, -40, 1);
            offer(engine, x, 9, 4);
            offer(engine, y, 17, 4);
            final WatchedValue covariance = WatchedReadings.pair(
                            Pair.byBucket(x, y, Bucket.of(Duration.ofNanos(10))),
                            Window.slidingNs(40),
                            ReadOptions.DEFAULT,
                            Answer.of(
                                    "covariance",
                                    reading -> reading.status(PairMetric.COVARIANCE),
                                    reading -> reading.value(PairMetric.COVARIANCE)))
                    .asKnown();
            watch = Watch.below(covariance, -1).withClear(100);
            final UpdateQueue queue = watch(engine, watch);
            engine.advanceTo(25);
            assertEquals(List.of("FIRED 20"), told(engine, queue));
            withdraw(engine, x, -40);
            withdraw(engine, x, 9);
            assertEquals(List.of(), told(engine, queue));
        }
        assertNothingIsToldTwice(watch);
    }

    /** From 50 on another composition holds, whose rate was raised at 45: for goods that were 10 afloat, from 55 on. */
    @Test
    void shouldLookAtGoodsAfloatWhereAnotherCompositionHeldWhenTheyWereLoaded() {
        final Watch watch;
        try (Engine engine = launch()) {
            final StepSeries which = engine.defineStep(SeriesDefinition.step("which", Unit.COUNT, 0));
            final StepSeries before = engine.defineStep(SeriesDefinition.step("before", Unit.PERCENT, 0));
            final StepSeries after = engine.defineStep(SeriesDefinition.step("after", Unit.PERCENT, 0));
            engine.advanceTo(5);
            offer(engine, which, 0, 0);
            offer(engine, which, 50, 1);
            offer(engine, before, 0, 1);
            offer(engine, after, 0, 1);
            offer(engine, after, 45, 20);
            final Stack stack = Stack.of(
                    which,
                    Composition.of(Layer.add("before", before)),
                    Composition.of(Layer.add("after", after).withInTransit(new Layer.InTransit(1_000, 1_000))));
            final WatchedValue rate = WatchedPanelReadings.stack(
                    stack,
                    Optional.of(Duration.ofNanos(10)),
                    Answer.of("rate", reading -> reading.status(), reading -> reading.rate()));
            watch = Watch.above(rate, 10);
            final UpdateQueue queue = watch(engine, watch);
            engine.advanceTo(57);
            assertEquals(List.of("FIRED 55"), told(engine, queue));
            engine.advanceTo(100);
            assertEquals(List.of(), told(engine, queue));
        }
        assertNothingIsToldTwice(watch);
    }
}
