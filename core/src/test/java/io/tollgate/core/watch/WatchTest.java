package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Watches fire, clear and retract, on a manual clock. */
class WatchTest {
    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final Publisher publisher = engine.publisher();
    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.rate", Unit.PERCENT, 0));
    private final FlowSeries refused = engine.defineFlow(SeriesDefinition.flow("licences.refused", Unit.COUNT, 0));
    private UpdateQueue queue;

    private void watch(final Watch watch) {
        queue = engine.updates().subscribe(Subscription.of("watch", "*").withWatches(watch), QueueOptions.DEFAULT);
    }

    private void offer(final long time, final long value) {
        engine.awaitApplied(publisher.offer(rate, time, value));
    }

    private List<String> events() {
        return new UpdateRecorder()
                .drain(queue).recorded().stream()
                        .map(update -> update.type() + " at=" + update.atNs() + " by " + update.cause() + " of "
                                + update.newValue())
                        .toList();
    }

    @Test
    void shouldFireAboveTheThresholdAndClearAtTheOtherOne() {
        watch(Watch.above(WatchedMetric.LEVEL, 100).withClear(50));
        engine.advanceTo(10);
        offer(10, 100);
        offer(20, 104);
        offer(30, 145);
        offer(40, 60);
        offer(50, 50);
        offer(60, 101);
        engine.advanceTo(100);
        assertEquals(
                List.of(
                        "FIRED at=20 by TIME of 104.0",
                        "CLEARED at=50 by TIME of 50.0",
                        "FIRED at=60 by TIME of 101.0"),
                events());
    }

    @Test
    void shouldFireOnlyWhenItLastedForTheTime() {
        watch(Watch.above(WatchedMetric.LEVEL, 100).withFor(Duration.ofNanos(15)));
        engine.advanceTo(10);
        offer(10, 104);
        engine.advanceTo(24);
        assertEquals(List.of(), events());
        engine.advanceTo(30);
        assertEquals(List.of("FIRED at=25 by TIME of 104.0"), events());
    }

    @Test
    void shouldNotFireIfItDidNotLast() {
        watch(Watch.above(WatchedMetric.LEVEL, 100).withFor(Duration.ofNanos(15)));
        engine.advanceTo(100);
        offer(10, 104);
        offer(24, 30);
        offer(40, 104);
        offer(54, 105);
        assertEquals(
                List.of("FIRED at=25 by POINT of 104.0", "FIRE_RETRACTED at=25 by POINT of 30.0"),
                events().subList(0, 2));
    }

    /**
     * An unknown value neither fires nor clears. A fired watch stays fired, and a waiting one begins its wait again.
     */
    @Test
    void shouldWaitAgainAndStayFiredIfTheLevelIsUnknown() {
        watch(Watch.above(WatchedMetric.LEVEL, 100).withFor(Duration.ofNanos(15)));
        engine.advanceTo(100);
        offer(10, 104);
        engine.awaitApplied(engine.publisher().offerUnknown(rate, 20));
        offer(22, 104);
        assertEquals(
                List.of(
                        "FIRED at=25 by POINT of 104.0",
                        "FIRE_RETRACTED at=25 by POINT of NaN",
                        "FIRED at=37 by POINT of 104.0"),
                events());
        engine.awaitApplied(engine.publisher().offerUnknown(rate, 40));
        assertEquals(List.of(), events());
        offer(50, 30);
        assertEquals(List.of("CLEARED at=50 by POINT of 30.0"), events());
    }

    @Test
    void shouldRetractAnEventThatALatePointUndoes() {
        engine.advanceTo(1);
        watch(Watch.above(WatchedMetric.LEVEL, 100));
        engine.advanceTo(100);
        offer(20, 104);
        offer(50, 30);
        assertEquals(List.of("FIRED at=20 by POINT of 104.0", "CLEARED at=50 by POINT of 30.0"), events());
        offer(20, 90);
        assertEquals(
                List.of("FIRE_RETRACTED at=20 by REVISION of 90.0", "CLEAR_RETRACTED at=50 by REVISION of 30.0"),
                events());
        offer(40, 145);
        assertEquals(List.of("FIRED at=40 by POINT of 145.0", "CLEARED at=50 by POINT of 30.0"), events());
        engine.awaitApplied(publisher.withdraw(rate, 50));
        assertEquals(List.of("CLEAR_RETRACTED at=50 by WITHDRAWAL of 145.0"), events());
    }

    @Test
    void shouldNotRepeatEventsThatALatePointLeavesUnchanged() {
        watch(Watch.above(WatchedMetric.LEVEL, 100));
        engine.advanceTo(100);
        offer(20, 104);
        assertEquals(List.of("FIRED at=20 by POINT of 104.0"), events());
        offer(10, 5);
        offer(30, 105);
        offer(20, 104);
        assertEquals(List.of(), events());
    }

    @Test
    void shouldFireOnPendingPointsWhenTheyTakeEffect() {
        watch(Watch.below(WatchedMetric.LEVEL, 50));
        engine.advanceTo(10);
        offer(5, 145);
        offer(60, 30);
        assertEquals(List.of(), events());
        engine.advanceTo(60);
        assertEquals(List.of("FIRED at=60 by TIME of 30.0"), events());
    }

    @Test
    void shouldClearWhenTimeAloneBringsAWindowDown() {
        watch(Watch.above(WatchedMetric.of(Window.slidingNs(10), Metric.SUM), 5));
        engine.advanceTo(100);
        engine.awaitApplied(publisher.offer(refused, 95, 4));
        engine.awaitApplied(publisher.offer(refused, 97, 4));
        engine.advanceTo(200);
        assertEquals(List.of("FIRED at=97 by POINT of 8.0", "CLEARED at=105 by TIME of 4.0"), events());
    }

    @Test
    void shouldStayAsItIsIfTheMetricHasNoValue() {
        watch(Watch.above(WatchedMetric.LEVEL, 100));
        engine.advanceTo(100);
        offer(20, 104);
        engine.awaitApplied(publisher.offerUnknown(rate, 30));
        offer(40, 105);
        offer(50, 10);
        assertEquals(List.of("FIRED at=20 by POINT of 104.0", "CLEARED at=50 by POINT of 10.0"), events());
    }

    @Test
    void shouldTakeBackNoMoreThanTheLastEvents() {
        watch(Watch.above(WatchedMetric.LEVEL, 100));
        engine.advanceTo(10_000);
        for (int i = 0; i < 2 * Watch.MAX_EVENTS; i++) {
            offer(10 * i, i % 2 == 0 ? 145 : 30);
        }
        assertEquals(2 * Watch.MAX_EVENTS, events().size());
        offer(15, 200);
        assertEquals(List.of(), events());
    }

    @Test
    void shouldRefuseAThresholdBeyondWhichItWouldClear() {
        final Watch watch = Watch.above(WatchedMetric.LEVEL, 100);
        assertThrows(IllegalArgumentException.class, () -> watch.withClear(101));
        assertThrows(IllegalArgumentException.class, () -> Watch.below(WatchedMetric.LEVEL, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> watch.withFor(Duration.ofNanos(-1)));
    }
}
