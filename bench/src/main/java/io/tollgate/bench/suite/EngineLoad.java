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

/** An engine under a workload, all windows full. */
@State(Scope.Thread)
public abstract class EngineLoad {
    /** Metrics read from registered windows. */
    static final Metric[] METRICS = {Metric.SUM, Metric.MEAN, Metric.SD, Metric.MIN, Metric.MAX};

    private static final int ALL_WINDOWS = 3;

    /** The kind of all series. */
    @Param({"FLOW", "STEP"})
    public SeriesKind kind;

    /** Durability of the operation log. */
    @Param("NONE")
    public Durability durability;

    /** Registered windows of each series, the shortest ones. */
    @Param("3")
    public int windowCount = ALL_WINDOWS;

    WorkloadEngine engine;
    MetricReader reader;

    /** Reading of all registered windows, or null if there are none. */
    WindowReading reading;

    Workload load;

    private PointStream stream;
    private MeasuredStretch measured;
    private final PointBatch batch = new PointBatch(PointBenchmark.BATCH);

    /** For the benchmarks of this package. */
    protected EngineLoad() {}

    /**
     * Returns the name of the workload that fills the engine and is then measured.
     *
     * @return a name as in {@link Workload#named(String)}.
     */
    protected abstract String workload();

    /** Opens the engine and fills all windows. */
    @Setup(Level.Trial)
    public void open() {
        final Workload all = Workload.named(workload());
        load = all.withWindows(windowCount);
        stream = new PointStream(all);
        engine = new WorkloadEngine(load, kind, durability);
        engine.fill(stream, batch, all.fillLength());
        measured = new MeasuredStretch(all, stream, engine);
        reader = engine.engine().newReader();
        reading = windowCount == 0 ? null : reader.windows(engine.windows(), METRICS);
    }

    /**
     * Checks that this iteration has a valid result.
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

    /** Draws and returns the next batch. */
    PointBatch draw() {
        stream.next(batch);
        return batch;
    }

    /** Draws the next points into a batch of the caller's. */
    void draw(final PointBatch other) {
        stream.next(other);
    }

    /** Offers the drawn batch. */
    long offer() {
        return engine.offer(batch);
    }

    /**
     * Returns the clock of the engine: the latest valid time, or the latest knowledge time if points are known in
     * advance.
     */
    long nowNs() {
        return engine.engine().now();
    }
}
