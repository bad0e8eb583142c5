package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.PanelWatchFixture;
import io.tollgate.core.fixture.UpdateRecorder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A watch on a group reports that the life of a member has ended. */
final class LifeWatchTest {
    @TempDir
    private Path directory;

    private Engine launch() {
        return PanelWatchFixture.launch(directory.resolve("life"));
    }

    private static StepSeries define(final Engine engine, final String key) {
        final StepSeries series = engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
        engine.awaitApplied(engine.publisher().offer(series, 0, 20));
        return series;
    }

    /** Begins a watch that fires if fewer than two members are in force. */
    private static UpdateQueue follow(final Engine engine, final StepSeries rate, final StepSeries other) {
        final Group group = Group.of(GroupMember.of(rate), GroupMember.of(other));
        final UpdateQueue queue = engine.updates()
                .subscribe(
                        WatchSet.of("life", Watch.below(WatchedPanel.of(group, GroupMetric.IN_FORCE), 1.5)),
                        QueueOptions.DEFAULT);
        PanelWatchFixture.work(engine);
        return queue;
    }

    private static List<String> recorded(final Engine engine, final UpdateQueue queue) {
        PanelWatchFixture.work(engine);
        return new UpdateRecorder()
                .drain(queue).recorded().stream()
                        .map(update -> update.type() + " " + update.atNs() + " by " + update.cause())
                        .toList();
    }

    /**
     * The end is announced at 30, for 50, or for 20 in the past. The watch is created again and finds its earlier
     * event.
     */
    @ParameterizedTest
    @CsvSource({"50, TIME", "20, BATCH"})
    void shouldReportOnceThatALevelEnded(final long endNs, final String cause) {
        try (Engine engine = launch()) {
            final StepSeries rate = define(engine, "rate");
            final StepSeries other = define(engine, "other");
            engine.advanceTo(10);
            final UpdateQueue queue = follow(engine, rate, other);
            engine.advanceTo(30);
            engine.series().close(rate, LifeEnd.at(endNs).followedBy(other));
            engine.advanceTo(60);
            assertEquals(List.of("FIRED " + endNs + " by " + cause), recorded(engine, queue));
        }
        try (Engine engine = launch()) {
            final StepSeries rate = (StepSeries) engine.series().find("rate").orElseThrow();
            final StepSeries other = (StepSeries) engine.series().find("other").orElseThrow();
            final UpdateQueue queue = follow(engine, rate, other);
            engine.advanceTo(100);
            assertEquals(List.of(), recorded(engine, queue));
        }
    }
}
