package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A window of a group covers no time of a level at the instant at which it begins, and lacks none where it ends. */
final class GroupWindowWatchTest extends PanelWatchFixture {
    @Test
    void shouldSeeANanosecondBehindThatALevelBeginsOrEnds() {
        try (Engine engine = launch(directory.resolve("window"))) {
            final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 0));
            engine.advanceTo(100);
            final Window.Sliding window = Window.slidingNs(10);
            final Group group = Group.of(GroupMember.of(level));
            final UpdateQueue queue = engine.watch(
                    PanelWatches.of(
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
                            .drain(queue).told().stream()
                                    .map(told -> told.watchIndex() + " " + told.type() + " " + told.atNs())
                                    .toList());
        }
    }
}
