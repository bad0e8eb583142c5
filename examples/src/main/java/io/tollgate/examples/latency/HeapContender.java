package io.tollgate.examples.latency;

import io.tollgate.examples.heap.RollingWindows;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;

/** Windows on the heap, updated by the sending thread, so a sent point is readable at once. */
final class HeapContender implements Contender {
    private final RollingWindows windows;
    private final WindowMetrics metrics = new WindowMetrics();
    private long ticket;

    HeapContender(final RollingWindows windows) {
        this.windows = windows;
    }

    @Override
    public long send(final PointBatch points, final int index) {
        windows.add(points.series[index], points.timesNs[index], points.values[index]);
        return ++ticket;
    }

    @Override
    public boolean isApplied(final long sent) {
        return ticket >= sent;
    }

    @Override
    public double read(final PointBatch points, final int index, final int window) {
        windows.read(points.series[index], window, metrics);
        return metrics.blend();
    }

    @Override
    public void close() {
        // The garbage collector frees the windows.
    }
}
