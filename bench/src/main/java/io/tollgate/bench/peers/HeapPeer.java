package io.tollgate.bench.peers;

import io.tollgate.examples.heap.RollingWindows;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;

/** A peer with windows on the heap. */
final class HeapPeer implements Peer {
    private final RollingWindows windows;
    private final boolean hasExtremes;

    HeapPeer(final RollingWindows windows, final boolean hasExtremes) {
        this.windows = windows;
        this.hasExtremes = hasExtremes;
    }

    @Override
    public boolean hasExtremes() {
        return hasExtremes;
    }

    @Override
    public void add(final PointBatch batch) {
        windows.addAll(batch);
    }

    @Override
    public void finish() {
        // Each point was evaluated in add().
    }

    @Override
    public void read(final int series, final int window, final long atNs, final WindowMetrics metrics) {
        windows.read(series, window, metrics);
    }

    @Override
    public boolean isBatch() {
        return false;
    }

    @Override
    public void close() {
        // The garbage collector frees the windows.
    }
}
