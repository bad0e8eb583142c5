package io.tollgate.bench.peers;

import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.WindowReading;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;

/** The engine, offered to and stepped by one thread, its operations logged. */
final class EnginePeer implements Peer {
    private final WorkloadEngine engine;
    private final MetricReader reader;
    private final WindowReading reading;
    private final long[] lastTimesNs;

    EnginePeer(final Workload workload) {
        engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.NONE);
        reader = engine.engine().newReader();
        reading = reader.newReading();
        lastTimesNs = new long[Math.min(PeerRun.MOST_TRACKED, workload.seriesCount())];
    }

    @Override
    public void add(final PointBatch batch) {
        engine.offer(batch);
        engine.apply();
        for (int i = 0; i < batch.length(); i++) {
            if (batch.series[i] < lastTimesNs.length) {
                lastTimesNs[batch.series[i]] = Math.max(lastTimesNs[batch.series[i]], batch.timesNs[i]);
            }
        }
    }

    @Override
    public void finish() {
        // Each point has been worked out when it came.
    }

    @Override
    public void read(final int series, final int window, final WindowMetrics metrics) {
        reader.read(engine.series(series), engine.window(window), lastTimesNs[series], reading);
        metrics.count = reading.count();
        metrics.sum = reading.value(Metric.SUM);
        metrics.mean = reading.value(Metric.MEAN);
        metrics.sd = reading.value(Metric.SD);
        metrics.min = reading.value(Metric.MIN);
        metrics.max = reading.value(Metric.MAX);
    }

    @Override
    public boolean isBatch() {
        return false;
    }

    @Override
    public void close() {
        engine.close();
    }
}
