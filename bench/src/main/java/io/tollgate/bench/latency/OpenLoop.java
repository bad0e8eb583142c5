package io.tollgate.bench.latency;

import io.tollgate.bench.workload.PointBatch;
import org.HdrHistogram.Histogram;

/**
 * One thread that sends points at the instants of a schedule, late if it must but never fewer, and reads the metrics of
 * each as soon as they can be read: one of the windows in turn. A latency is counted from the instant of the schedule,
 * so that a stall counts for every point that should have been sent while it lasted.
 */
final class OpenLoop {
    /** Points on their way; a contender that is further behind is sent nothing until it has caught up. */
    private static final int MOST_OUTSTANDING = 1 << 14;

    private static final double NS_PER_SECOND = 1e9;

    private final Contender contender;
    private final int windowCount;
    private final long[] tickets = new long[MOST_OUTSTANDING];
    /** Takes what is read, so that no read is optimised away. */
    private double blend;

    OpenLoop(final Contender contender, final int windowCount) {
        this.contender = contender;
        this.windowCount = windowCount;
    }

    /** Sends as fast as it can, and reads all: points a second. */
    double saturate(final PointBatch points) {
        final long elapsedNs = send(points, 0, new Latencies());
        return points.length() * NS_PER_SECOND / elapsedNs;
    }

    /** Sends points at a rate, and records the latencies of all. */
    void run(final PointBatch points, final double pointsPerSecond, final Latencies latencies) {
        send(points, NS_PER_SECOND / pointsPerSecond, latencies);
    }

    private long send(final PointBatch points, final double intervalNs, final Latencies latencies) {
        final long startNs = System.nanoTime();
        int sent = 0;
        int read = 0;
        while (read < points.length()) {
            if (sent < points.length()
                    && sent - read < MOST_OUTSTANDING
                    && System.nanoTime() - startNs >= (long) (sent * intervalNs)) {
                final long ticket = contender.send(points, sent);
                if (ticket > 0) {
                    tickets[sent & MOST_OUTSTANDING - 1] = ticket;
                    sent++;
                }
            }
            if (read < sent && contender.appliedTicket() >= tickets[read & MOST_OUTSTANDING - 1]) {
                final long beginNs = System.nanoTime();
                blend += contender.read(points, read, read % windowCount);
                final long endNs = System.nanoTime();
                latencies.record(endNs - startNs - (long) (read * intervalNs), endNs - beginNs);
                read++;
            }
        }
        return System.nanoTime() - startNs;
    }

    /** The latencies of one run. */
    static final class Latencies {
        private static final long LONGEST_NS = 3_600_000_000_000L;
        private static final int DIGITS = 3;

        private final Histogram seen = new Histogram(LONGEST_NS, DIGITS);
        private final Histogram read = new Histogram(LONGEST_NS, DIGITS);

        private void record(final long seenNs, final long readNs) {
            seen.recordValue(Math.min(seenNs, LONGEST_NS));
            read.recordValue(Math.min(readNs, LONGEST_NS));
        }

        /** From the intended send to metrics read. */
        Histogram seen() {
            return seen;
        }

        /** The read alone. */
        Histogram read() {
            return read;
        }
    }
}
