package io.tollgate.bench.latency;

import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.WindowReading;
import io.tollgate.bench.engine.BenchEngine;
import io.tollgate.bench.engine.Durability;
import io.tollgate.bench.workload.PointBatch;
import io.tollgate.bench.workload.Workload;

/** The engine on a thread of its own, its operations logged. */
final class EngineContender implements Contender {
    private final BenchEngine engine;
    private final MetricReader reader;
    private final WindowReading reading;

    EngineContender(final Workload workload) {
        engine = new BenchEngine(workload, SeriesKind.FLOW, Durability.NONE, false);
        reader = engine.engine().newReader();
        reading = reader.newReading();
    }

    @Override
    public long send(final PointBatch points, final int index) {
        return engine.offer(points, index);
    }

    @Override
    public long appliedTicket() {
        return engine.engine().appliedTicket();
    }

    @Override
    public double read(final PointBatch points, final int index, final int window) {
        reader.read(engine.series(points.series[index]), engine.window(window), points.timesNs[index], reading);
        return reading.count()
                + reading.value(Metric.SUM)
                + reading.value(Metric.MEAN)
                + reading.value(Metric.SD)
                + reading.value(Metric.MIN)
                + reading.value(Metric.MAX);
    }

    @Override
    public void close() {
        engine.close();
    }
}
