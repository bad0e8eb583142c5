package io.tollgate.examples.latency;

import org.HdrHistogram.Histogram;

/**
 * The latencies of every point sent in one run, in nanoseconds with three significant digits. Single-threaded.
 *
 * @see OpenLoop
 */
final class Latencies {
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram readable = new Histogram(LONGEST_NS, DIGITS);
    private final Histogram seen = new Histogram(LONGEST_NS, DIGITS);
    private final Histogram read = new Histogram(LONGEST_NS, DIGITS);

    void recordReadable(final long latencyNs) {
        readable.recordValue(Math.min(latencyNs, LONGEST_NS));
    }

    void recordRead(final long seenNs, final long readNs) {
        seen.recordValue(Math.min(seenNs, LONGEST_NS));
        read.recordValue(Math.min(readNs, LONGEST_NS));
    }

    /** Returns the time from the scheduled offer of a point until readers see it. */
    Histogram readable() {
        return readable;
    }

    /** Returns the time from the scheduled offer of a point until metrics with it are read. */
    Histogram seen() {
        return seen;
    }

    /** Returns the time of one read of all metrics of one window. */
    Histogram read() {
        return read;
    }
}
