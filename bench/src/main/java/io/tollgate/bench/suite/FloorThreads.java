package io.tollgate.bench.suite;

import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The floor, divided by series among threads that share no data. It shows the speedup of two threads over one on this
 * machine. The caller is one of the threads; the others spin until it releases them.
 */
@State(Scope.Thread)
public class FloorThreads {
    /** The workload. */
    @Param({"W1", "W2", "W3"})
    public String workload;

    /** Number of engines, and therefore of threads. */
    @Param({"1", "2"})
    public int engineCount;

    private final PointBatch drawn = new PointBatch(EnginesBenchmark.POINTS);
    private final AtomicInteger finished = new AtomicInteger();
    private PointStream stream;
    private Part[] parts;
    private volatile long round;
    private volatile boolean isEnding;

    /** Called by JMH. */
    public FloorThreads() {}

    /** The series of one thread, and their next points. */
    private static final class Part {
        private final HeapFloor floor;
        private final PointBatch points = new PointBatch(EnginesBenchmark.POINTS);
        private int length;

        private Part(final Workload load) {
            floor = new HeapFloor(load);
        }

        private void take(final PointBatch from, final int index, final int series) {
            points.series[length] = series;
            points.timesNs[length] = from.timesNs[index];
            points.values[length] = from.values[index];
            length++;
        }

        private void addAll() {
            for (int i = 0; i < length; i++) {
                floor.add(points.series[i], points.timesNs[i], points.values[i]);
            }
        }
    }

    /** Starts the threads and fills all windows. */
    @Setup(Level.Trial)
    public void open() {
        final Workload load = Workload.named(workload);
        stream = new PointStream(load);
        final int most = (load.seriesCount() / engineCount / load.groupCount() + 1) * load.groupCount();
        final Workload share = Workload.named(workload.replaceFirst(":.*", "") + ':' + most);
        parts = new Part[engineCount];
        for (int i = 0; i < engineCount; i++) {
            parts[i] = new Part(share);
            if (i > 0) {
                final Part part = parts[i];
                final Thread thread = new Thread(() -> work(part), "floor-" + i);
                thread.setDaemon(true);
                thread.start();
            }
        }
        for (long i = 0; i < load.fillLength(); i += EnginesBenchmark.POINTS) {
            draw();
            addAll();
        }
    }

    /** Draws the next points and distributes them to the threads. */
    @Setup(Level.Invocation)
    public void draw() {
        stream.next(drawn);
        for (final Part part : parts) {
            part.length = 0;
        }
        for (int i = 0; i < EnginesBenchmark.POINTS; i++) {
            final int series = drawn.series[i];
            parts[series % engineCount].take(drawn, i, series / engineCount);
        }
    }

    /** Releases all threads and waits until they have added their points. */
    int addAll() {
        finished.set(0);
        round = round + 1;
        parts[0].addAll();
        while (finished.get() < engineCount - 1) {
            Thread.onSpinWait();
        }
        return finished.get();
    }

    private void work(final Part part) {
        long done = 0;
        while (!isEnding) {
            if (round == done) {
                Thread.onSpinWait();
            } else {
                done++;
                part.addAll();
                finished.incrementAndGet();
            }
        }
    }

    /** Reads a window of a series of the workload. */
    void read(final int series, final int window, final WindowMetrics metrics) {
        parts[series % engineCount].floor.read(series / engineCount, window, metrics);
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
        isEnding = true;
    }
}
