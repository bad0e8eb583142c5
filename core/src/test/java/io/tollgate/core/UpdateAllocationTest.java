package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.Metric;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Subscription;
import io.tollgate.api.Update;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Telling updates, and taking them from a queue, makes no garbage. */
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

    /** Adds up, so that nothing is left out. */
    private static final class Sum implements UpdateHandler {
        private long count;
        private double sum;

        @Override
        public void onUpdate(final Update update) {
            count++;
            sum += update.newValue() + update.oldScaledValue() + update.cause().code();
        }
    }

    @Test
    void shouldAllocateNothingOnApplyingPointsOfFollowedSeriesAndTakingTheirUpdates() {
        final UpdateQueue queue = engine.subscribe(ALL, QueueOptions.DEFAULT.withCapacity(1 << 8));
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
