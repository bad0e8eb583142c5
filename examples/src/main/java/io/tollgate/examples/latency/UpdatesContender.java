package io.tollgate.examples.latency;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;

/**
 * The engine with a subscription to a metric of every series that changes at each point. A point is readable when its
 * update has been received from a queue. Points must have rising times, by which updates are matched to points.
 */
final class UpdatesContender implements Contender, UpdateHandler {
    /** More than the points that can be outstanding. */
    private static final int CAPACITY = 2 * OpenLoop.MOST_OUTSTANDING;

    private static final int POLL_LIMIT = 64;

    private final EngineContender engine;
    private final UpdateQueue updates;
    private final long[] times = new long[OpenLoop.MOST_OUTSTANDING];
    private long sentCount;
    private long lastTimeNs = Instants.NONE;

    UpdatesContender(final Workload workload) {
        engine = new EngineContender(workload, false);
        final Subscription count = Subscription.of("latency", "*")
                .withMetrics(WatchedMetric.of(Window.since(PointStream.START_NS), Metric.COUNT));
        updates = engine.engine().updates().subscribe(count, QueueOptions.DEFAULT.withCapacity(CAPACITY));
    }

    @Override
    public long send(final PointBatch points, final int index) {
        final long ticket = engine.send(points, index);
        if (ticket <= 0) {
            return ticket;
        }
        times[(int) (++sentCount & OpenLoop.MOST_OUTSTANDING - 1)] = points.timesNs[index];
        return sentCount;
    }

    @Override
    public boolean isApplied(final long ticket) {
        final long timeNs = times[(int) (ticket & OpenLoop.MOST_OUTSTANDING - 1)];
        return lastTimeNs >= timeNs || updates.poll(this, POLL_LIMIT) > 0 && lastTimeNs >= timeNs;
    }

    @Override
    public void onUpdate(final Update update) {
        lastTimeNs = update.validTimeNs();
    }

    @Override
    public double read(final PointBatch points, final int index, final int window) {
        return engine.read(points, index, window);
    }

    @Override
    public void close() {
        updates.close();
        engine.close();
    }
}
