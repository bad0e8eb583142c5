package io.tollgate.bench.suite;

import io.tollgate.examples.heap.RollingWindows;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Full windows on the heap under a workload. The next batch is drawn before each invocation. */
@State(Scope.Thread)
public abstract class HeapLoad {
    RollingWindows windows;
    Workload load;

    private final Function<Workload, RollingWindows> factory;
    private final PointBatch batch = new PointBatch(PointBenchmark.BATCH);
    private final WindowMetrics metrics = new WindowMetrics();
    private PointStream stream;
    private int windowCount;

    /**
     * Creates the load.
     *
     * @param factory creates empty windows once the workload is known.
     */
    protected HeapLoad(final Function<Workload, RollingWindows> factory) {
        this.factory = factory;
    }

    /**
     * Returns the name of the workload that fills the windows and is then measured.
     *
     * @return a name as in {@link Workload#named(String)}.
     */
    protected abstract String workload();

    /** Fills all windows. */
    @Setup(Level.Trial)
    public void fill() {
        load = Workload.named(workload());
        stream = new PointStream(load);
        windows = factory.apply(load);
        windowCount = load.windows().size();
        for (long i = 0; i < load.fillLength(); i += batch.length()) {
            draw();
            addAll();
        }
    }

    /** Draws the next batch. */
    @Setup(Level.Invocation)
    public void draw() {
        stream.next(batch);
    }

    /** Adds the drawn batch. */
    RollingWindows addAll() {
        windows.addAll(batch);
        return windows;
    }

    /** Adds the drawn batch, and reads all windows of the series after each point. */
    double addAndReadAll() {
        double blend = 0;
        for (int i = 0; i < batch.length(); i++) {
            windows.add(batch.series[i], batch.timesNs[i], batch.values[i]);
            for (int w = 0; w < windowCount; w++) {
                windows.read(batch.series[i], w, metrics);
                blend += metrics.blend();
            }
        }
        return blend;
    }
}
