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
 * The engine with an operation log; one thread offers the points and steps it. A series without window states computes
 * windows when they are read. The reading variant therefore reads all windows at the instant of each point before the
 * next point is offered.
 */
final class EnginePeer implements Peer {
    private static final Metric[] METRICS = {Metric.SUM, Metric.MEAN, Metric.SD, Metric.MIN, Metric.MAX};

    private final boolean isReading;
    private final int windowCount;
    private final WorkloadEngine engine;
    private final WindowReading allWindows;
    private final WindowReading[] windows;
    private final WindowMetrics metrics = new WindowMetrics();
    /** Consumes the results of reads, so that the JVM cannot eliminate them. */
    private double blend;

    EnginePeer(final Workload workload, final boolean isReading) {
        this.isReading = isReading;
        windowCount = workload.windows().size();
        engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.NONE);
        final MetricReader reader = engine.engine().newReader();
        allWindows = reader.windows(engine.windows(), METRICS);
        windows = engine.windows().stream()
                .map(window -> reader.window(window, METRICS))
                .toArray(WindowReading[]::new);
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
        allWindows.read(engine.series(batch.series[index]), batch.timesNs[index]);
        for (int w = 0; w < windowCount; w++) {
            take(allWindows, w, metrics);
            blend += metrics.blend();
        }
    }

    /** Returns the last reading: the longest window of the series of the last point. */
    WindowMetrics lastRead() {
        return metrics;
    }

    @Override
    public void finish() {
        // Each point was evaluated in add().
    }

    @Override
    public void read(final int series, final int window, final long atNs, final WindowMetrics filled) {
        take(windows[window].read(engine.series(series), atNs), 0, filled);
    }

    private static void take(final WindowReading reading, final int window, final WindowMetrics filled) {
        filled.count = reading.count(window);
        filled.sum = reading.value(window, Metric.SUM);
        filled.mean = reading.value(window, Metric.MEAN);
        filled.sd = reading.value(window, Metric.SD);
        filled.min = reading.value(window, Metric.MIN);
        filled.max = reading.value(window, Metric.MAX);
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
