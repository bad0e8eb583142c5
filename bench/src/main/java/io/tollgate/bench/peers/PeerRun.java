package io.tollgate.bench.peers;

import com.sun.management.ThreadMXBean;
import io.tollgate.bench.ForkedRun;
import io.tollgate.examples.heap.ExactWindows;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * One peer on one workload, in this JVM; prints a line of {@code ns bytes sdError answer} behind
 * {@value ForkedRun#RESULT}. An outlier of 10^9 comes early in each series and has left every window at the end, when
 * some series are compared with the oracle.
 */
final class PeerRun {
    private static final int BATCH = 10_000;
    private static final int TRACKED = 5;
    private static final long OUTLIER = 1_000_000_000_000_000L;
    private static final double TOLERANCE = 1e-9;

    private final Workload workload;
    private final Peer peer;
    private final PointStream stream;
    private final ExactWindows oracle;
    private final PointBatch batch = new PointBatch(BATCH);
    private long elapsedNs;
    private long allocatedBytes;

    private PeerRun(final Workload workload, final Peer peer) {
        this.workload = workload;
        this.peer = peer;
        stream = new PointStream(workload, 1, OUTLIER);
        oracle = new ExactWindows(workload, TRACKED);
    }

    /**
     * Runs a peer.
     *
     * @param arguments the peer, the workload, and how many points are measured behind those that fill the windows.
     * @throws Exception if it cannot.
     */
    public static void main(final String... arguments) throws Exception {
        final Workload workload = Workload.named(arguments[1]);
        try (Peer peer = Peers.open(arguments[0], workload)) {
            System.out.println(ForkedRun.RESULT + new PeerRun(workload, peer).run(Long.parseLong(arguments[2])));
        }
    }

    private String run(final long pointCount) throws Exception {
        final long fillLength = workload.fillLength() / BATCH * BATCH + BATCH;
        final long measuredLength = Math.max(BATCH, pointCount / BATCH * BATCH);
        add(fillLength);
        if (!peer.isBatch()) {
            elapsedNs = 0;
            allocatedBytes = 0;
        }
        add(measuredLength);
        final long beginNs = System.nanoTime();
        peer.finish();
        elapsedNs += System.nanoTime() - beginNs;
        final double points = peer.isBatch() ? fillLength + measuredLength : measuredLength;
        return String.format(Locale.ROOT, "%.0f %.1f %s", elapsedNs / points, allocatedBytes / points, judge());
    }

    /** Adds points; drawing them, and feeding the oracle, does not count. */
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

    /** The largest relative error of sd, NaN where there is none, and what is wrong otherwise. */
    private String judge() throws Exception {
        final WindowMetrics expected = new WindowMetrics();
        final WindowMetrics actual = new WindowMetrics();
        double sdError = Double.NaN;
        String wrong = "";
        for (int series = 0; series < TRACKED; series++) {
            for (int w = 0; w < workload.windows().size(); w++) {
                oracle.read(series, w, expected);
                peer.read(series, w, actual);
                if (!Double.isNaN(expected.sd) && !Double.isNaN(actual.sd)) {
                    final double error = Math.abs(actual.sd - expected.sd) / expected.sd;
                    sdError = Double.isNaN(sdError) ? error : Math.max(sdError, error);
                }
                wrong = wrong.isEmpty() ? wrong(expected, actual) : wrong;
            }
        }
        return String.format(Locale.ROOT, "%.0e %s", sdError, wrong.isEmpty() ? "right" : "wrong-" + wrong);
    }

    private static String wrong(final WindowMetrics expected, final WindowMetrics actual) {
        if (expected.count != actual.count) {
            return "count";
        }
        if (isWrong(expected.sum, actual.sum) || isWrong(expected.mean, actual.mean)) {
            return "sum";
        }
        return isWrong(expected.min, actual.min) || isWrong(expected.max, actual.max) ? "min-max" : "";
    }

    /** A metric that a peer does not have is not wrong. */
    private static boolean isWrong(final double expected, final double actual) {
        return !Double.isNaN(actual) && Math.abs(actual - expected) > TOLERANCE * Math.abs(expected);
    }
}
