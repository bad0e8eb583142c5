package io.tollgate.examples.latency;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;
import java.util.Map;

/**
 * The engine, with its operations logged. Either it has a thread of its own, or the thread of the load applies each
 * point at once.
 */
final class EngineContender implements Contender {
    private static final Metric[] METRICS = {Metric.SUM, Metric.MEAN, Metric.SD, Metric.MIN, Metric.MAX};

    private final boolean isStepped;
    private final WorkloadEngine engine;
    private final WindowReading[] readings;
    private long appliedCount;

    EngineContender(final Workload workload, final boolean isStepped) {
        this.isStepped = isStepped;
        engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.NONE, isStepped);
        final MetricReader reader = engine.engine().newReader();
        readings = engine.windows().stream()
                .map(window -> reader.window(window, METRICS))
                .toArray(WindowReading[]::new);
    }

    /** Returns the open engine. */
    Engine engine() {
        return engine.engine();
    }

    @Override
    public long send(final PointBatch points, final int index) {
        if (!isStepped) {
            return engine.offer(points, index);
        }
        engine.apply(points, index);
        return ++appliedCount;
    }

    @Override
    public boolean isApplied(final long ticket) {
        return isStepped ? ticket <= appliedCount : engine.engine().isApplied(ticket);
    }

    @Override
    public double read(final PointBatch points, final int index, final int window) {
        final WindowReading reading = readings[window].read(engine.series(points.series[index]), points.timesNs[index]);
        return reading.count()
                + reading.value(Metric.SUM)
                + reading.value(Metric.MEAN)
                + reading.value(Metric.SD)
                + reading.value(Metric.MIN)
                + reading.value(Metric.MAX);
    }

    @Override
    public void close() {
        final Map<RefusalReason, Long> refused =
                engine.engine().admin().statistics().refusedCounts();
        engine.close();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("refused=" + refused + ", expected the engine to take every point");
        }
    }
}
