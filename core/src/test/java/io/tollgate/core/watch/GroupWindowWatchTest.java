package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
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

/** A window of a group covers no time of a level at its first instant, and misses none at its end. */
final class GroupWindowWatchTest extends PanelWatchFixture {
    @Test
    void shouldSeeANanosecondAfterThatALevelBeginsOrEnds() {
        try (Engine engine = launch(directory.resolve("window"))) {
            final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 0));
            engine.advanceTo(100);
            final Window.Sliding window = Window.slidingNs(10);
            final Group group = Group.of(GroupMember.of(level));
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(
                                    NAME,
                                    Watch.above(WatchedPanel.of(window, group, GroupMetric.SIMPLE), 7),
                                    Watch.above(WatchedPanel.of(window, group, GroupMetric.IN_FORCE), 0.99)),
                            QueueOptions.DEFAULT);
            engine.publisher().offer(level, 110, 10);
            engine.awaitApplied(engine.publisher().offerUnknown(level, 140));
            engine.advanceTo(160);
            work(engine);
            assertEquals(
                    List.of("0 FIRED 111", "1 FIRED 120", "1 CLEARED 141"),
                    new UpdateRecorder()
                            .drain(queue).recorded().stream()
                                    .map(update -> update.watchIndex() + " " + update.type() + " " + update.atNs())
                                    .toList());
        }
    }
}
