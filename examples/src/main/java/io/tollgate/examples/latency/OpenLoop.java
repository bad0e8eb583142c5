package io.tollgate.examples.latency;

import io.tollgate.examples.workload.PointBatch;
import java.util.function.LongSupplier;

/**
 * Sends points on a schedule and reads the metrics of each as soon as they are readable, one window in turn. One thread
 * does both. Points may be sent late, but none is left out. A latency is counted from the scheduled instant, so a stall
 * counts for every point that was due during it (no coordinated omission).
 */
final class OpenLoop {
    /**
     * Limit of points sent but not yet read. At the limit the loop waits until the contender has caught up. A program
     * that reacts to each point is not further ahead of its engine.
     */
    static final int MOST_OUTSTANDING = 1 << 8;

    private static final double NS_PER_SECOND = 1e9;

    private final Contender contender;
    private final int windowCount;
    private final LongSupplier clockNs;
    private final long[] tickets = new long[MOST_OUTSTANDING];
    /** Consumes the results of reads, so that the JVM cannot eliminate them. */
    private double blend;

    /**
     * Creates a loop.
     *
     * @param contender   that receives the points.
     * @param windowCount windows of each series.
     * @param clockNs     monotonic clock.
     */
    OpenLoop(final Contender contender, final int windowCount, final LongSupplier clockNs) {
        this.contender = contender;
        this.windowCount = windowCount;
        this.clockNs = clockNs;
    }

    /** Sends as fast as possible and reads all points. Returns points a second. */
    double saturate(final PointBatch points) {
        final long elapsedNs = send(points, 0, new Latencies());
        return points.length() * NS_PER_SECOND / elapsedNs;
    }

    /** Sends points at a rate and records the latencies of all. Returns the achieved points a second. */
    double run(final PointBatch points, final double pointsPerSecond, final Latencies latencies) {
        final long elapsedNs = send(points, NS_PER_SECOND / pointsPerSecond, latencies);
        return points.length() * NS_PER_SECOND / elapsedNs;
    }

    private long send(final PointBatch points, final double intervalNs, final Latencies latencies) {
        final long startNs = clockNs.getAsLong();
        int sent = 0;
        int readable = 0;
        int read = 0;
        while (read < points.length()) {
            if (sent < points.length()
                    && sent - read < MOST_OUTSTANDING
                    && clockNs.getAsLong() - startNs >= dueNs(sent, intervalNs)) {
                final long ticket = contender.send(points, sent);
                if (ticket > 0) {
                    tickets[sent & MOST_OUTSTANDING - 1] = ticket;
                    sent++;
                }
            }
            while (readable < sent && isReadable(readable)) {
                latencies.recordReadable(clockNs.getAsLong() - startNs - dueNs(readable, intervalNs));
                readable++;
            }
            // A loop that reads one point for each that it sends would stay behind after a stall at full speed.
            while (read < readable) {
                final long beginNs = clockNs.getAsLong() - startNs;
                blend += contender.read(points, read, read % windowCount);
                final long endNs = clockNs.getAsLong() - startNs;
                latencies.recordRead(endNs - dueNs(read, intervalNs), endNs - beginNs);
                read++;
            }
        }
        return clockNs.getAsLong() - startNs;
    }

    private boolean isReadable(final int index) {
        return contender.isApplied(tickets[index & MOST_OUTSTANDING - 1]);
    }

    /** Returns the scheduled time of a point since the start. */
    private static long dueNs(final int index, final double intervalNs) {
        return (long) (index * intervalNs);
    }
}
