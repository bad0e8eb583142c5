package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.watch.EngineUpdates;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A watch or group that has ended, or could not begin, removes its follower. */
class LeftFollowerTest {
    private static final int ROUNDS = 10;
    private static final Group ALL = Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 0)));

    @AutoClose
    private final TollgateEngine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final GroupStates groups = engine.resources().applier().groups();

    /** A new follower receives the existing series and later ones. */
    @Test
    void shouldGiveTheFollowerOfAnEndedWatchToTheNextOne() {
        final StepSeries first = define(0);
        for (int i = 1; i <= ROUNDS; i++) {
            engine.advanceTo(10L * i);
            watch("kept").close();
            watch("ended").close();
            assertTrue(engine.updates().unsubscribe("ended"));
            final UpdateQueue updates = watch("next");
            final StepSeries later = define(i);
            for (final StepSeries series : List.of(first, later)) {
                for (final long value : new long[] {100, 0}) {
                    final long at = engine.now() + 1;
                    offer(series, at, value);
                    engine.advanceTo(at);
                    work();
                    assertEquals(1, updates.poll(update -> {}, 100), () -> "updates of " + series + " at " + at);
                }
            }
            assertTrue(engine.updates().unsubscribe("kept"));
            assertTrue(engine.updates().unsubscribe("next"));
            updates.close();
        }
        assertEquals(2, groups.followerCount());
    }

    /** Another thread subscribes under the name of the watches, after the name was found free and before they begin. */
    @Test
    void shouldRefuseWatchesWhoseNameIsTakenMeanwhile() {
        final EngineUpdates updates = engine.resources().updates();
        final Subscription taking = Subscription.of("taken", "nothing").withMetrics(WatchedMetric.LEVEL);
        final List<StepSeries> rates =
                IntStream.range(0, 4).mapToObj(this::define).toList();
        engine.advanceTo(10);
        engine.updates()
                .subscribe(
                        Subscription.of("told", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT, update -> {
                            if (updates.find("taken").isEmpty()) {
                                updates.subscribe(taking);
                            }
                        });
        // The listener runs in the step that finds the name free.
        rates.forEach(rate -> engine.publisher().offer(rate, 1, 7));
        final String refusal =
                assertThrows(IllegalStateException.class, () -> watch("taken")).getMessage();
        assertTrue(refusal.contains("is another one"), refusal);
        assertTrue(updates.panels().text("taken").isEmpty());
        assertEquals(Optional.of(taking), updates.find("taken"));
        // The next watch takes the free places.
        watch("next");
        assertEquals(1, groups.followerCount());
    }

    private StepSeries define(final int number) {
        return engine.defineStep(SeriesDefinition.step("rate." + number, Unit.PERCENT, 0));
    }

    private UpdateQueue watch(final String name) {
        return engine.updates()
                .subscribe(
                        WatchSet.of(name, Watch.above(WatchedPanel.of(ALL, GroupMetric.SIMPLE), 1)),
                        QueueOptions.DEFAULT);
    }

    private void work() {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    private void offer(final StepSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
    }
}
