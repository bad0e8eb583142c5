package io.tollgate.bench.suite;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An engine under a workload. All of its windows are full before anything is measured. */
@State(Scope.Thread)
public abstract class FilledEngine {
    /** The metrics that are read of registered windows, beside the count. */
    static final Metric[] METRICS = {Metric.SUM, Metric.MEAN, Metric.SD, Metric.MIN, Metric.MAX};

    /** The kind of all series. */
    @Param({"FLOW", "STEP"})
    public SeriesKind kind;

    WorkloadEngine engine;
    MetricReader reader;

    /** The answers of all registered windows; null without one. */
    WindowReading reading;

    Workload load;

    private PointStream stream;
    private MeasuredStretch measured;
    private final PointBatch batch = new PointBatch(PointBenchmark.BATCH);

    /** For the benchmarks of this package. */
    protected FilledEngine() {}

    /**
     * The workload that fills the engine, and that is then measured.
     *
     * @return a name as in {@link Workload#named(String)}.
     */
    protected abstract String workload();

    /**
     * The durability of the engine.
     *
     * @return NONE if they are.
     */
    protected abstract Durability durability();

    /**
     * How many windows each series has.
     *
     * @return the number of its shortest windows that are registered.
     */
    protected abstract int windowCount();

    /** Opens the engine and fills all windows. */
    @Setup(Level.Trial)
    public void open() {
        final Workload all = Workload.named(workload());
        load = all.withWindows(windowCount());
        stream = new PointStream(all);
        engine = new WorkloadEngine(load, kind, durability());
        engine.fill(stream, batch, all.fillLength());
        measured = new MeasuredStretch(all, stream, engine);
        reader = engine.engine().newReader();
        reading = windowCount() == 0 ? null : reader.windows(engine.windows(), METRICS);
    }

    /**
     * Looks whether this iteration has a figure.
     *
     * @throws IllegalStateException if it has none.
     */
    @TearDown(Level.Iteration)
    public void endIteration() {
        measured.endIteration();
    }

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void close() {
        measured.endTrial();
    }

    /** Draws the next batch, and returns it. */
    PointBatch draw() {
        stream.next(batch);
        return batch;
    }

    /** Draws the next points into a batch of the caller's. */
    void draw(final PointBatch other) {
        stream.next(other);
    }

    /** Offers the batch that was drawn. */
    long offer() {
        return engine.offer(batch);
    }

    /** Reads count and all metrics of all windows of a series in one call: a number without meaning. */
    double readAll(final int series, final long atNs) {
        if (windowCount() == 0) {
            return 0;
        }
        reading.read(engine.series(series), atNs);
        return blendAll();
    }

    /** The same by the number of the series, which is its index in the workload. */
    double readAllByNumber(final int series, final long atNs) {
        reading.read((long) series, atNs);
        return blendAll();
    }

    private double blendAll() {
        double blend = 0;
        for (int w = 0; w < windowCount(); w++) {
            blend += reading.count(w)
                    + reading.value(w, Metric.SUM)
                    + reading.value(w, Metric.MEAN)
                    + reading.value(w, Metric.SD)
                    + reading.value(w, Metric.MIN)
                    + reading.value(w, Metric.MAX);
        }
        return blend;
    }

    /** The clock of the engine: the latest valid time; where points are known ahead, the latest knowledge time. */
    long nowNs() {
        return engine.engine().now();
    }
}
