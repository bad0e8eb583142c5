package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.fixture.AllocationMeasurement;
import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Sending updates, and polling them from a queue, allocates no byte. */
class UpdateAllocationTest extends AllocationMeasurement {
    private static final Subscription ALL = Subscription.of("all", "*")
            .withMetrics(
                    WatchedMetric.LEVEL,
                    WatchedMetric.of(REGISTERED, Metric.MEAN),
                    WatchedMetric.of(Window.slidingNs(333), Metric.SUM),
                    WatchedMetric.of(Window.slidingNs(333), Metric.MEDIAN),
                    WatchedMetric.of(Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC), Metric.COUNT));

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int POINTS = 6_000;

    /** Adds up all fields, so that the compiler omits none. */
    private static final class Sum implements UpdateHandler {
        private long count;
        private double sum;

        @Override
        public void onUpdate(final Update update) {
            count++;
            sum += update.newValue() + update.oldScaledValue() + update.cause().code();
        }
    }

    /** Each point has a duty cycle of its own, and most points fire or clear. */
    @Test
    void shouldAllocateNothingOnFollowingWatchesOverManySeries() {
        final Group group = Group.of(GroupMember.of(steps[0]), GroupMember.of(steps[1]));
        final WatchedPanel average = WatchedPanel.of(group, GroupMetric.SIMPLE);
        final Window window = Window.slidingNs(20);
        final UpdateQueue queue = engine.updates()
                .subscribe(
                        WatchSet.of(
                                "watches",
                                Watch.above(average, 50),
                                Watch.above(WatchedPanel.of(Window.slidingNs(20), group, GroupMetric.SIMPLE), 50),
                                Watch.above(
                                        WatchedPanel.of(window, FlowRatio.of(flows[0], flows[1]), RatioMetric.PERCENT),
                                        100),
                                Watch.above(
                                        WatchedPanel.of(window, Pair.asOf(steps[0], steps[1]), PairMetric.CORRELATION),
                                        0.5)),
                        QueueOptions.DEFAULT.withCapacity(1 << 8));
        final Sum sum = new Sum();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && bytes > 0; round++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                publisher.offer(steps[i % 3], ++time, 1 + 20_000_000L * (i % 7));
                publisher.offer(flows[i % 2], time, i % 50);
                engine.step();
                queue.poll(sum, 100);
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
        assertTrue(sum.count > 1_000, () -> "count=" + sum.count);
    }

    @Test
    void shouldAllocateNothingOnApplyingPointsOfFollowedSeriesAndTakingTheirUpdates() {
        final UpdateQueue queue = engine.updates().subscribe(ALL, QueueOptions.DEFAULT.withCapacity(1 << 8));
        final Sum sum = new Sum();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 10 && bytes > 0; round++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < POINTS; i++) {
                publisher.offer(steps[i % SERIES], ++time, i % 200);
                publisher.offer(flows[i % SERIES], time, i % 200);
                engine.step();
                queue.poll(sum, i % 20);
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
        assertTrue(sum.count > POINTS, () -> "count=" + sum.count);
    }
}
