package io.tollgate.examples.latency;

import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.Workload;

/**
 * The floor while another thread keeps a second processor busy, as an engine's own thread does. It shows the influence
 * of two busy threads on the machine.
 */
final class BusyContender implements Contender {
    static final String THREAD_NAME = "busy";

    private final HeapContender floor;
    private final Thread thread = new Thread(this::spin, THREAD_NAME);
    private volatile boolean isEnded;

    BusyContender(final Workload workload) {
        floor = new HeapContender(new HeapFloor(workload));
        thread.setDaemon(true);
        thread.start();
    }

    private void spin() {
        while (!isEnded) {
            Thread.onSpinWait();
        }
    }

    @Override
    public long send(final PointBatch points, final int index) {
        return floor.send(points, index);
    }

    @Override
    public boolean isApplied(final long ticket) {
        return floor.isApplied(ticket);
    }

    @Override
    public double read(final PointBatch points, final int index, final int window) {
        return floor.read(points, index, window);
    }

    @Override
    public void close() {
        isEnded = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
