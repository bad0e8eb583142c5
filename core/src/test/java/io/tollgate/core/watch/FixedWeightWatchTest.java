package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.UpdateRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Weights of a base period count at all times, so a later revision of them also changes the timeline before the base.
 */
final class FixedWeightWatchTest extends PanelWatchFixture {
    private static final long BASE_NS = 150;

    /** Two rates, one of which rises at 110, and their weights. */
    private static final class Rates {
        private final Engine engine;
        private final StepSeries low;
        private final StepSeries high;
        private final StepSeries lowWeight;
        private final StepSeries highWeight;

        private Rates(final Engine engine) {
            this.engine = engine;
            low = engine.defineStep(SeriesDefinition.step("rate.low", Unit.PERCENT, 0));
            high = engine.defineStep(SeriesDefinition.step("rate.high", Unit.PERCENT, 0));
            lowWeight = engine.defineStep(SeriesDefinition.step("weight.low", new Unit("USD"), 0));
            highWeight = engine.defineStep(SeriesDefinition.step("weight.high", new Unit("USD"), 0));
        }

        private void offer(final StepSeries series, final long atNs, final long value) {
            engine.awaitApplied(engine.publisher().offer(series, atNs, value));
            work(engine);
        }

        private Group group() {
            return Group.of(
                            GroupMember.of(low, lowWeight).withCode("8541"),
                            GroupMember.of(high, highWeight).withCode("8542"))
                    .withWeightsFixedAt(BASE_NS);
        }

        /** Watches the average of the group, of a node, and over a window. */
        private UpdateQueue watch() {
            final Group group = group();
            return engine.updates()
                    .subscribe(
                            WatchSet.of(
                                    NAME,
                                    Watch.above(WatchedPanel.of(group, GroupMetric.WEIGHTED), 15),
                                    Watch.above(
                                            WatchedPanel.of(Hierarchy.byPrefix(group, 2), "85", GroupMetric.WEIGHTED),
                                            15),
                                    Watch.above(
                                            WatchedPanel.of(Window.slidingNs(10), group, GroupMetric.WEIGHTED), 15)),
                            QueueOptions.DEFAULT);
        }
    }

    private static List<String> recorded(final UpdateQueue queue) {
        return new UpdateRecorder()
                .drain(queue).recorded().stream()
                        .map(update -> update.watchIndex() + " " + update.type() + " " + update.atNs() + " "
                                + update.newValue())
                        .toList();
    }

    @Test
    void shouldGoBackToItsBeginningForAWeightThatCountsAtAllTimes() {
        try (Engine engine = launch(directory.resolve("base"))) {
            final Rates rates = new Rates(engine);
            rates.offer(rates.low, 0, 10);
            rates.offer(rates.high, 0, 30);
            rates.offer(rates.high, 110, 50);
            engine.advanceTo(100);
            final UpdateQueue queue = rates.watch();
            engine.advanceTo(120);
            rates.offer(rates.lowWeight, 130, 1);
            assertEquals(List.of(), recorded(queue));
            rates.offer(rates.highWeight, 130, 1);
            assertEquals(List.of("0 FIRED 101 20.0", "1 FIRED 101 20.0", "2 FIRED 101 20.0"), recorded(queue));
            rates.offer(rates.highWeight, BASE_NS, 0);
            assertEquals(
                    List.of("0 FIRE_RETRACTED 101 10.0", "1 FIRE_RETRACTED 101 10.0", "2 FIRE_RETRACTED 101 10.0"),
                    recorded(queue));
        }
        try (Engine engine = launch(directory.resolve("base"))) {
            final UpdateQueue again = new Rates(engine).watch();
            work(engine);
            assertEquals(List.of(), recorded(again));
        }
    }

    /** After the base a weight has no effect, so a change there starts no new evaluation. */
    @Test
    void shouldReportNothingOfAWeightAfterTheBase() {
        try (Engine engine = launch(directory.resolve("behind"))) {
            final Rates rates = new Rates(engine);
            rates.offer(rates.low, 0, 10);
            rates.offer(rates.high, 0, 30);
            rates.offer(rates.lowWeight, 0, 1);
            rates.offer(rates.highWeight, 0, 0);
            engine.advanceTo(100);
            final UpdateQueue queue = rates.watch();
            engine.advanceTo(200);
            rates.offer(rates.highWeight, BASE_NS + 1, 1);
            assertEquals(List.of(), recorded(queue));
        }
    }
}
