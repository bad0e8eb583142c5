package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.UpdateRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watch whose queue is full waits and reports later. Points, refusals, calls and the close continue. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WatchWithoutSpaceTest {
    @TempDir
    private Path directory;

    private final FullDisk disk = new FullDisk(3);

    private static EngineContext context(final boolean isStepped) {
        return TestContext.of(ClockMode.EVENT)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                .errorHandler(error -> {});
    }

    private EngineContext contextOnFullDisk(final boolean isStepped) {
        return InjectedFiles.inject(
                context(isStepped)
                        .directory(directory)
                        .logSegmentLength(1 << 16)
                        .durability(Durability.NONE),
                disk);
    }

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    private static WatchedPanel average(final StepSeries... series) {
        return WatchedPanel.of(Group.of(Stream.of(series).map(GroupMember::of).toList()), GroupMetric.SIMPLE);
    }

    private static void offer(final Engine engine, final StepSeries series, final long at, final long value) {
        long ticket = engine.publisher().offer(series, at, value);
        while (ticket < 0) {
            Thread.onSpinWait();
            ticket = engine.publisher().offer(series, at, value);
        }
        engine.awaitApplied(ticket);
    }

    private static void work(final Engine engine) {
        for (int i = 0; i < 200; i++) {
            engine.step();
        }
    }

    /** A slow consumer loses no update and blocks no other one. */
    @Test
    void shouldContinueIfABlockQueueIsFull() {
        try (Engine engine = TollgateEngine.launch(context(true))) {
            final StepSeries series = define(engine, "level");
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of("watch", Watch.above(average(series), 10)),
                            QueueOptions.DEFAULT.withCapacity(2).withWhenFull(OverflowPolicy.BLOCK));
            for (int i = 0; i < 5; i++) {
                offer(engine, series, i, i % 2 * 50);
            }
            assertEquals(5, engine.admin().statistics().appliedCount());
            final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
            work(engine);
            recorder.drain(queue);
            assertEquals(List.of(), recorder.gaps());
            assertEquals(
                    List.of(UpdateType.FIRED, UpdateType.CLEARED, UpdateType.FIRED, UpdateType.CLEARED),
                    recorder.recorded().stream()
                            .map(UpdateRecorder.Recorded::type)
                            .toList());
        }
    }

    /** A full disk refuses points as usual. The state of the watch is logged and reported once there is space. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefusePointsAndCloseOnAFullDisk(final boolean isStepped) {
        final UpdateQueue queue;
        final List<Long> expected = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(contextOnFullDisk(isStepped))) {
            final StepSeries series = define(engine, "level");
            final StepSeries other = define(engine, "other");
            queue = engine.updates()
                    .subscribe(
                            WatchSet.of("watch", Watch.above(average(series, other), 10)),
                            QueueOptions.DEFAULT.withCapacity(1 << 14));
            offer(engine, other, 0, 0);
            long at = 0;
            while (refusedCount(engine) < 100) {
                offer(engine, series, at, at % 2 * 50);
                at++;
            }
            final long accepted = engine.admin().statistics().appliedCount() - 1;
            assertEquals(at, accepted + refusedCount(engine));
            disk.makeSpace();
            while (engine.admin().statistics().appliedCount() - 1 == accepted) {
                offer(engine, series, at, accepted % 2 * 50);
                at++;
            }
            // Each accepted level fires or clears, except for the first one.
            LongStream.range(1, accepted).forEach(expected::add);
            expected.add(at - 1);
        }
        final UpdateRecorder recorder = new UpdateRecorder().drain(queue);
        assertEquals(List.of(), recorder.gaps());
        assertEquals(
                expected,
                recorder.recorded().stream().map(UpdateRecorder.Recorded::atNs).toList());
        assertTrue(new DirectoryFiles(directory).isClosed());
    }

    private static long refusedCount(final Engine engine) {
        return engine.admin().statistics().refusedCounts().getOrDefault(RefusalReason.DISK_FULL, 0L);
    }

    /** The time of a refused point never comes, so a watch that waits for it must not fire. */
    @Test
    void shouldNotFollowTimeToAPointThatTheDiskHasNoSpaceFor() {
        try (Engine engine = TollgateEngine.launch(contextOnFullDisk(true))) {
            final StepSeries series = define(engine, "level");
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            WatchSet.of(
                                    "watch", Watch.above(average(series), 10).withFor(Duration.ofNanos(100))),
                            QueueOptions.DEFAULT);
            offer(engine, series, 1, 50);
            while (refusedCount(engine) == 0) {
                offer(engine, series, 1, 50);
            }
            offer(engine, series, 1_000, 50);
            assertEquals(1, engine.now());
            disk.makeSpace();
            final long applied = engine.admin().statistics().appliedCount();
            while (engine.admin().statistics().appliedCount() == applied) {
                offer(engine, series, 1, 50);
            }
            work(engine);
            assertEquals(1, engine.now());
            assertEquals(List.of(), new UpdateRecorder().drain(queue).changes());
        }
    }
}
