package io.tollgate.bench.peers;

import com.sun.management.ThreadMXBean;
import io.tollgate.bench.machine.ForkedRun;
import io.tollgate.examples.heap.ExactWindows;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Stretch;
import io.tollgate.examples.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Runs one peer on one workload in this JVM. Prints {@code ns bytes sdError verdict} after {@value ForkedRun#RESULT}.
 * The second point of each series is an outlier of 10^9. It has left every window at the end, when some series are
 * compared with the oracle.
 */
final class PeerRun {
    private static final int BATCH = 10_000;
    /** Number of series compared with the oracle, at most. */
    static final int MOST_TRACKED = 5;

    private static final long OUTLIER = 1_000_000_000_000_000L;

    private final Workload workload;
    private final Peer peer;
    private final int trackedCount;
    private final PointStream stream;
    private final ExactWindows oracle;
    private final PointBatch batch = new PointBatch(BATCH);
    private long elapsedNs;
    private long allocatedBytes;

    PeerRun(final Workload workload, final Peer peer) {
        this.workload = workload;
        this.peer = peer;
        stream = new PointStream(workload, 1, OUTLIER);
        trackedCount = Math.min(MOST_TRACKED, workload.seriesCount());
        oracle = new ExactWindows(workload, trackedCount);
    }

    /**
     * Runs a peer.
     *
     * @param arguments the peer, the workload, and the number of points measured after those that fill the windows.
     * @throws Exception if the peer fails.
     */
    public static void main(final String... arguments) throws Exception {
        final Workload workload = Workload.named(arguments[1]);
        try (Peer peer = Peers.open(arguments[0], workload)) {
            System.out.println(ForkedRun.RESULT + new PeerRun(workload, peer).run(Long.parseLong(arguments[2])));
        }
    }

    /** Returns the measured points of a peer that is not a batch: whole batches after those that fill the windows. */
    static Stretch stretch(final Workload workload, final long pointCount) {
        final long fillLength = (workload.fillLength() + BATCH - 1) / BATCH * BATCH;
        return new Stretch(workload, fillLength, fillLength + Math.max(BATCH, pointCount / BATCH * BATCH));
    }

    String run(final long pointCount) throws Exception {
        final Stretch measured = stretch(workload, pointCount);
        add(measured.from());
        if (!peer.isBatch()) {
            elapsedNs = 0;
            allocatedBytes = 0;
        }
        add(measured.length());
        final long beginNs = System.nanoTime();
        peer.finish();
        elapsedNs += System.nanoTime() - beginNs;
        final double points = peer.isBatch() ? measured.to() : measured.length();
        final Verdict verdict = judge();
        return String.format(
                Locale.ROOT,
                "%.0f %.1f %s %s",
                elapsedNs / points,
                allocatedBytes / points,
                verdict.sdError(),
                verdict);
    }

    /** Adds points. The time to draw them and to feed the oracle is not counted. */
    private void add(final long length) throws Exception {
        for (long i = 0; i < length; i += BATCH) {
            stream.next(batch);
            oracle.addAll(batch);
            final long allocatedBefore = allocatedHere();
            final long beginNs = System.nanoTime();
            peer.add(batch);
            elapsedNs += System.nanoTime() - beginNs;
            allocatedBytes += allocatedHere() - allocatedBefore;
        }
    }

    private static long allocatedHere() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private Verdict judge() throws Exception {
        final WindowMetrics expected = new WindowMetrics();
        final WindowMetrics actual = new WindowMetrics();
        final Verdict verdict = new Verdict(peer.hasSd(), peer.hasExtremes());
        for (int series = 0; series < trackedCount; series++) {
            for (int w = 0; w < workload.windows().size(); w++) {
                oracle.read(series, w, expected);
                peer.read(series, w, oracle.lastTimeNs(series), actual);
                verdict.add(expected, actual);
            }
        }
        return verdict;
    }
}
