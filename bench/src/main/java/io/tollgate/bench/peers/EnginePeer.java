package io.tollgate.bench.peers;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;

/**
 * The engine, offered to and stepped by one thread, its operations logged. A series that keeps no states of windows has
 * these worked out by who reads them: so it reads them all, if wanted, at the instant of each point before the next one
 * is offered.
 */
final class EnginePeer implements Peer {
    private final boolean isReading;
    private final int windowCount;
    private final WorkloadEngine engine;
    private final MetricReader reader;
    private final WindowReading reading;
    private final WindowMetrics metrics = new WindowMetrics();
    /** Takes what is read, so that no read is optimised away. */
    private double blend;

    EnginePeer(final Workload workload, final boolean isReading) {
        this.isReading = isReading;
        windowCount = workload.windows().size();
        engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.NONE);
        reader = engine.engine().newReader();
        reading = reader.newReading();
    }

    @Override
    public void add(final PointBatch batch) {
        if (isReading) {
            for (int i = 0; i < batch.length(); i++) {
                addAndRead(batch, i);
            }
        } else {
            engine.offer(batch);
            engine.apply();
        }
    }

    private void addAndRead(final PointBatch batch, final int index) {
        final long ticket = engine.offer(batch, index);
        while (!engine.engine().isApplied(ticket)) {
            engine.engine().step();
        }
        for (int w = 0; w < windowCount; w++) {
            read(batch.series[index], w, batch.timesNs[index], metrics);
            blend += metrics.blend();
        }
    }

    /** What was read last: the longest window of the series of the last point. */
    WindowMetrics lastRead() {
        return metrics;
    }

    @Override
    public void finish() {
        // Each point has been worked out when it came.
    }

    @Override
    public void read(final int series, final int window, final long atNs, final WindowMetrics filled) {
        reader.read(engine.series(series), engine.window(window), atNs, reading);
        filled.count = reading.count();
        filled.sum = reading.value(Metric.SUM);
        filled.mean = reading.value(Metric.MEAN);
        filled.sd = reading.value(Metric.SD);
        filled.min = reading.value(Metric.MIN);
        filled.max = reading.value(Metric.MAX);
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
